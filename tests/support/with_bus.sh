#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# with_bus.sh MODE command…: runs the command with a home and a D-Bus session of its own, which go when it ends.
#   keyring  gnome-keyring with an unlocked default keyring (password: test)
#   fresh    gnome-keyring starts on demand; nobody has made a keyring yet
#   bare     a bus without any keychain service
#   mute     the bus address is a socket that the command itself makes (its path in MUTE_BUS) and never answers on
#   none     no session bus
# MODE is in the command's environment as TEST_BUS.
set -euo pipefail

if [ "$1" = --inside ]; then
    shift
    if [ "$TEST_BUS" = keyring ]; then
        printf test | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null
        # Wait for the name before the first call: a call would have the bus start a second daemon, a locked one.
        for _ in $(seq 100); do
            gdbus call --session -d org.freedesktop.DBus -o /org/freedesktop/DBus \
                -m org.freedesktop.DBus.NameHasOwner org.freedesktop.secrets 2>/dev/null | grep -q true && break
            sleep 0.05
        done
        for _ in $(seq 100); do
            gdbus call --session -d org.freedesktop.secrets -o /org/freedesktop/secrets \
                -m org.freedesktop.Secret.Service.ReadAlias default 2>/dev/null | grep -q /collection/ && break
            sleep 0.05
        done
    fi
    exec "$@"
fi

export TEST_BUS=$1
shift
home=$(mktemp -d "${TMPDIR:-/tmp}/novita-bus.XXXXXX")
trap 'rm -rf "$home"' EXIT
mkdir -m 700 "$home/data" "$home/run" "$home/config" "$home/cache"
unset DBUS_SESSION_BUS_ADDRESS GNOME_KEYRING_CONTROL DISPLAY WAYLAND_DISPLAY XDG_CURRENT_DESKTOP DESKTOP_SESSION KDE_FULL_SESSION
export HOME=$home XDG_DATA_HOME=$home/data XDG_CONFIG_HOME=$home/config XDG_CACHE_HOME=$home/cache XDG_RUNTIME_DIR=$home/run

case $TEST_BUS in
keyring | fresh)
    dbus-run-session -- "$0" --inside "$@"
    ;;
bare)
    cat >"$home/bus.conf" <<'CONF'
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
CONF
    dbus-run-session --config-file="$home/bus.conf" -- "$0" --inside "$@"
    ;;
mute)
    MUTE_BUS=$home/run/mute DBUS_SESSION_BUS_ADDRESS=unix:path=$home/run/mute "$@"
    ;;
none)
    DBUS_SESSION_BUS_ADDRESS=disabled: "$@"
    ;;
*)
    echo "with_bus.sh: unknown mode $TEST_BUS" >&2
    exit 2
    ;;
esac
