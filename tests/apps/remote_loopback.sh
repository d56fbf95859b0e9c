#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Scans a recording through SoapySDRServer, in a name space of the network that holds loopback only: the server wants
# a D-Bus and would otherwise announce itself everywhere (formats-and-radios.md §4.2).
# remote_loopback.sh FOLDER PROGRAM RECORDING
set -eu
cd "$1"
ip link set lo up
cat >bus.conf <<CONF
<busconfig><listen>unix:path=$PWD/bus</listen><policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
CONF
bus=$(dbus-daemon --config-file=bus.conf --fork --print-pid=1)
server=
trap 'kill $server "$bus" 2>/dev/null || true' EXIT
export DBUS_SYSTEM_BUS_ADDRESS="unix:path=$PWD/bus"
SoapySDRServer --bind="tcp://127.0.0.1:55132" >server.log 2>&1 &
server=$!
sleep 2
"$2" scan "soapy:driver=remote,remote=tcp://127.0.0.1:55132,remote:driver=replay,remote:file=$3,remote:loop=1" \
    -T 4 --no-store --json -q
