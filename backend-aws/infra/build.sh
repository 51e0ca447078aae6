#!/usr/bin/env bash
# Compiles the CDK application into build/ beside this file. With a folder as argument it is synthesized there too, from
# a stand-in zip and without a network: what the tests read.
set -euo pipefail
infra=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
cd "$infra"

[ -x node_modules/.bin/tsc ] || { echo "npm packages of $infra are missing: ./dev deps aws" >&2; exit 1; }
# Only when something changed: tsc takes seconds to find that nothing did.
if [ ! -f build/.compiled ] || [ -n "$(find src test tsconfig.json package-lock.json -newer build/.compiled -print -quit)" ]; then
    node_modules/.bin/tsc -p .
    touch build/.compiled
fi
[ $# -eq 1 ] || exit 0

output=$1
mkdir -p "$output"
# The template names the zip by its content only, so that any will do.
python3 -c 'import sys, zipfile; zipfile.ZipFile(sys.argv[1], "w").writestr("bootstrap", "")' "$output/stand-in.zip"
# No credentials, no network: proxies that lead nowhere.
env -u AWS_PROFILE -u AWS_ACCESS_KEY_ID -u AWS_SECRET_ACCESS_KEY -u AWS_SESSION_TOKEN \
    HTTP_PROXY=http://127.0.0.1:9 HTTPS_PROXY=http://127.0.0.1:9 AWS_EC2_METADATA_DISABLED=true \
    AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null CDK_DISABLE_CLI_TELEMETRY=true \
    TUNNEL_ALERT_MAIL="${TUNNEL_ALERT_MAIL:-owner@example.com}" LAMBDA_CODE_PATH="$output/stand-in.zip" \
    node_modules/.bin/cdk synth --strict --quiet --output "$output/cdk.out" >"$output/synth.log" 2>&1 ||
    { cat "$output/synth.log" >&2; exit 1; }
