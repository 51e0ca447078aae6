#!/usr/bin/env bash
# Everything that can be known of the infrastructure without AWS: types, template assertions, cdk-nag, and that
# `cdk synth`
# needs no network. ctest aws/infra; argument: the folder for what is synthesized.
set -euo pipefail
infra=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")

"$infra/build.sh" "$1"
node --test-reporter=spec "$infra/build/test/all.js"
