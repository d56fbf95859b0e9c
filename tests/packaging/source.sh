#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The source archive builds where there is no git, and what it builds scans the demo recording.
# shellcheck disable=SC1091,SC2154,SC2016 # what support.sh sets; another shell expands its own words
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/support.sh"
need git cmake ninja
git -C "$source_folder" rev-parse --git-dir >/dev/null 2>&1 || skip 'this is no clone: it was built from the archive already'
git -C "$source_folder" archive --prefix=gacsong/ HEAD | tar -xf - -C "$work"

# A git that is asked fails; compiled objects may come from the cache.
mkdir "$work/no-git"
printf '#!/bin/sh\necho "git was asked: $*" >&2\nexit 99\n' >"$work/no-git/git"
chmod +x "$work/no-git/git"
export PATH=$work/no-git:$PATH CCACHE_BASEDIR=$work/gacsong CCACHE_NOHASHDIR=1
cd "$work/gacsong"
cmake --preset release >"$work/build.log" 2>&1 || fail "cmake: $(tail -n 5 "$work/build.log")"
nice cmake --build --preset release --target gacsong gacsong-receiver >"$work/build.log" 2>&1 ||
    fail "build: $(tail -n 10 "$work/build.log")"
mkdir "$work/home"
alone build/release/apps/gacsong scan captures/uhf_mix/uhf_442M_192k.sigmf-meta --json --no-store -q >"$work/scan.jsonl"
grep -q '"type":"emission"' "$work/scan.jsonl" || fail 'the demo recording shows no emission'
echo PASSED
