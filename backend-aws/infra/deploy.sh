#!/usr/bin/env bash
# ./dev deploy aws: deploys the stack of TUNNEL_ENVIRONMENT (dev) to the account of the AWS credentials at hand, and puts
# the secrets there that CloudFormation cannot draw. docs/aws.md is the guide; build/src/settings.js lists the variables.
set -euo pipefail
infra=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
root=$(readlink -f "$infra/../..")
environment=${TUNNEL_ENVIRONMENT:-dev}
stack=HttpTunnel-$environment
folder=/http-tunnel/$environment
cdk=${TUNNEL_CDK:-$infra/node_modules/.bin/cdk}
export CDK_DISABLE_CLI_TELEMETRY=true

die() {
    echo "deploy: $*" >&2
    exit 1
}

need_aws() {
    command -v aws >/dev/null || die "needs the AWS command line (Debian: awscli) for the secrets in Parameter Store"
}

# In JSON on stdin, so that no secret is in an argument, a file or the log.
put_secret() {
    printf '{"Name":"%s","Type":"SecureString","KeyId":"alias/http-tunnel-%s","Value":"%s"}' "$1" "$environment" \
        "$(openssl rand -hex 32)" |
        aws ssm put-parameter --cli-input-json file:///dev/stdin >/dev/null
    echo "Made the secret $1" >&2
}

# Never replaces one that is there: every token and every reply in flight would be void.
ensure_secret() {
    local answer
    if answer=$(aws ssm get-parameter --name "$1" --query Parameter.Name --output text 2>&1); then
        return
    fi
    case $answer in
    *ParameterNotFound*) put_secret "$1" ;;
    *) die "cannot look for the parameter $1: $answer" ;;
    esac
}

ensure_secrets() {
    ensure_secret "$folder/reply-key"
    [ -n "${TUNNEL_JWKS_URL:-}" ] || ensure_secret "$folder/jwt-secret"
}

find_relay() {
    local candidate
    for candidate in "$root"/build/{release,dev,cloud}/bin/tunnel-relay; do
        [ ! -x "$candidate" ] || { echo "$candidate"; return; }
    done
    command -v tunnel-relay || die "needs tunnel-relay to sign a token: ./dev build tunnel-relay"
}

make_token() {
    local relay keys
    [ $# -ge 1 ] || die "--token needs the owner's name, for example: ./dev deploy aws --token alice --expires 30d"
    need_aws
    relay=$(find_relay)
    keys=$(mktemp)
    # shellcheck disable=SC2064 # the name as it is now: the variable is gone by then
    trap "rm -f '$keys'" EXIT
    aws ssm get-parameter --name "$folder/jwt-secret" --with-decryption --query Parameter.Value --output text >"$keys"
    "$relay" token create --keys "$keys" --sub "$@"
}

template() {
    local output=$root/build/aws/template file=$root/build/aws/$stack.template.json
    TUNNEL_TEMPLATE_ONLY=true "$cdk" synth --strict --quiet --output "$output" >&2
    cp "$output/$stack.template.json" "$file"
    echo "$file"
}

cd "$infra"
"$infra/build.sh"
case ${1:-} in
--token)
    shift
    make_token "$@"
    ;;
--template) template ;;
--bootstrap) TUNNEL_TEMPLATE_ONLY=true exec "$cdk" bootstrap "${@:2}" ;;
--diff) exec "$cdk" diff "${@:2}" ;;
--destroy) exec "$cdk" destroy "$stack" "${@:2}" ;;
*)
    need_aws # before the minutes that a deployment takes
    "$cdk" deploy "$stack" --require-approval broadening "$@"
    ensure_secrets
    ;;
esac
