#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every manual page renders without a warning, in both languages, and there is one for every command.
# shellcheck disable=SC1091,SC2154 # what support.sh sets
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/support.sh"

need man groff
install_below /usr
man=$work/tree/usr/share/man

pages=0
for page in "$man"/man1/*.gz "$man"/vi/man1/*.gz; do
    said=$(LC_ALL=C.UTF-8 MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null)
    [[ -z $said ]] || fail "$page: $said"
    lexgrog "$page" >/dev/null || fail "$page has no line that tells what it is about"
    pages=$((pages + 1))
done
# The help lists the commands indented by two blanks below its heading.
mapfile -t commands < <("$work/tree/usr/bin/gacsong" --help --lang en |
    awk '/^Commands:/ { on = 1; next } /^$/ { on = 0 } on && /^  [a-z]/ { print $1 }')
((${#commands[@]} > 10)) || fail "only ${#commands[@]} commands in the help"
for command in "${commands[@]}"; do
    [[ -s $man/man1/gacsong-$command.1.gz && -s $man/vi/man1/gacsong-$command.1.gz ]] ||
        fail "no page gacsong-$command(1) in both languages"
done
((pages == 2 * (${#commands[@]} + 1))) || fail "$pages pages for ${#commands[@]} commands"
LC_ALL=C.UTF-8 MANWIDTH=100 man -E UTF-8 -l "$man/vi/man1/gacsong-scan.1.gz" | grep -q 'Danh sách giấy phép' ||
    fail 'the Vietnamese page does not speak Vietnamese'
echo PASSED
