#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# start.sh BIN_FOLDER [ROUNDS]: how long programs take until they have answered, and until the window is on the screen
# (Xvfb), minimum, median and maximum of the rounds in milliseconds. Wanted: an answer in 100 ms, the window in 1 s.
set -euo pipefail
bin=${1:?usage: start.sh BIN_FOLDER [ROUNDS]}
rounds=${2:-20}
capture=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)/captures/fm_band/fm_98M_2M048.sigmf-meta
work=$(mktemp -d "${TMPDIR:-/tmp}/gacsong-start.XXXXXX")
screen=
trap '[[ -z $screen ]] || kill "$screen"; rm -rf -- "$work"' EXIT
alone=(env -i HOME="$work" PATH=/usr/bin:/bin LC_ALL=C.UTF-8)

now_us() { printf '%s\n' "${EPOCHREALTIME/[.,]/}"; }

report() { # WHAT WANTED: times in µs, one a line, on standard input
    sort -n | awk -v what="$1" -v wanted="$2" '{ t[NR] = $1 / 1000 }
        END { printf "%-44s min %6.0f  median %6.0f  max %6.0f ms  (wanted %s)\n", what, t[1], t[int((NR + 1) / 2)], t[NR], wanted }'
}

answers() { # COMMAND...
    local round begun
    for ((round = 0; round < rounds; ++round)); do
        begun=$(now_us)
        "${alone[@]}" "$@" >/dev/null 2>&1 || true
        printf '%s\n' $(($(now_us) - begun))
    done
}

# Until the program's window can be seen; the look itself takes some milliseconds and is part of the figure.
seen() {
    local id
    id=$(xwininfo -root -children 2>/dev/null | awk '/\("gacsong-gui"/ { print $1; exit }')
    [[ -n $id ]] && xwininfo -id "$id" 2>/dev/null | grep -q IsViewable
}

windows() { # COMMAND...
    local round begun program
    for ((round = 0; round < rounds / 2; ++round)); do
        begun=$(now_us)
        "${alone[@]}" DISPLAY="$DISPLAY" QT_QPA_PLATFORM=xcb "$@" >"$work/window.log" 2>&1 &
        program=$!
        until seen; do
            kill -0 "$program" 2>/dev/null || { cat "$work/window.log" >&2; exit 1; }
            (($(now_us) - begun < 30000000)) || { echo 'no window in half a minute' >&2; exit 1; }
        done
        printf '%s\n' $(($(now_us) - begun))
        kill "$program"
        wait "$program" 2>/dev/null || true
    done
}

answers "$bin/gacsong" --help | report 'gacsong --help' '100 ms'
answers "$bin/gacsong" --version | report 'gacsong --version' '100 ms'
answers "$bin/gacsong" scan --help --lang vi | report 'gacsong scan --help' '100 ms'
if command -v Xvfb >/dev/null && command -v xwininfo >/dev/null; then
    export DISPLAY=:57
    Xvfb :57 -screen 0 1920x1080x24 -nolisten tcp >/dev/null 2>&1 &
    screen=$!
    until xwininfo -root >/dev/null 2>&1; do sleep 0.1; done
    windows "$bin/gacsong-gui" --no-store | report 'gacsong-gui, window on the screen' '1 s'
    windows "$bin/gacsong-gui" "$capture" --no-store | report 'gacsong-gui RECORDING, window on the screen' '1 s'
else
    echo 'Xvfb and xwininfo are needed for the window.'
fi
