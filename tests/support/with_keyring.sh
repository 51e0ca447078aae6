#!/bin/sh
# with_keyring.sh [--locked] COMMAND [ARGUMENT...]: runs the command in a D-Bus session of its own, with an empty home
# and a real gnome-keyring that is unlocked. With --locked the keyring service is there, but has no keyring and nobody
# to ask for a passphrase.
set -eu
start='printf "\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null'
if [ "$1" = --locked ]; then
    start='gnome-keyring-daemon --start --components=secrets </dev/null >/dev/null'
    shift
fi
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -m 0700 "$home/run"
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME XDG_STATE_HOME
export HOME="$home" XDG_RUNTIME_DIR="$home/run"
dbus-run-session -- sh -c "$start"'; "$@"' sh "$@"
