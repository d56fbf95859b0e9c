# SPDX-License-Identifier: GPL-3.0-or-later
# What the scripts of this folder share; each begins with `source`, SOURCE_FOLDER and BUILD_FOLDER as its words.
# shellcheck shell=bash disable=SC2034
set -euo pipefail
source_folder=$1
build_folder=$2
work=$(mktemp -d "${TMPDIR:-/tmp}/gacsong-packaging.XXXXXX")
trap 'rm -rf -- "$work"' EXIT

fail() {
    printf 'FAILED: %s\n' "$*"
    exit 1
}

skip() {
    printf 'SKIPPED: %s\n' "$*"
    exit 77
}

need() { # PROGRAM...
    local program
    for program in "$@"; do
        command -v "$program" >/dev/null || skip "$program is not installed"
    done
}

# Installs the build below $work/tree, prefix $1.
install_below() { # PREFIX
    DESTDIR=$work/tree cmake --install "$build_folder" --prefix "$1" --strip >"$work/install.log" 2>&1 ||
        fail "cmake --install: $(tail -n 5 "$work/install.log")"
}

# Runs a program with nothing of the tester's own settings.
alone() { # COMMAND...
    env -i HOME="$work/home" PATH=/usr/bin:/bin LC_ALL=C.UTF-8 QT_QPA_PLATFORM=offscreen "$@"
}

# The Debian packages of the build.
make_packages() { # FOLDER
    (cd "$build_folder" && cpack -G DEB -B "$1" -D CPACK_INSTALL_CMAKE_PROJECTS="$build_folder;gacsong;ALL;/") \
        >"$work/cpack.log" 2>&1 || fail "cpack: $(tail -n 10 "$work/cpack.log")"
}
