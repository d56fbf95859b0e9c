#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The Debian packages: made by CPack from the build, without an error of lintian, with what belongs into each.
# GACSONG_DEBS=FOLDER checks packages that were made already.
# shellcheck disable=SC1091,SC2154 # what support.sh sets
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/support.sh"
need dpkg-deb dpkg-shlibdeps lintian
debs=${GACSONG_DEBS-}
if [[ -z $debs ]]; then
    debs=$work/debs
    make_packages "$debs"
fi

contents() { dpkg-deb --fsys-tarfile "$debs"/"$1"_*.deb | tar -t; }
has() { # PACKAGE FILE...
    local package=$1 list file
    list=$(contents "$package")
    shift
    for file in "$@"; do
        grep -qxF "./$file" <<<"$list" || fail "$package lacks $file"
    done
}
has gacsong usr/bin/gacsong usr/libexec/gacsong/gacsong-receiver usr/lib/systemd/system/gacsong.service \
    usr/lib/udev/rules.d/60-gacsong.rules etc/gacsong/gacsong.toml usr/share/man/man1/gacsong-scan.1.gz \
    usr/share/man/vi/man1/gacsong.1.gz usr/share/bash-completion/completions/gacsong
has gacsong-gui usr/bin/gacsong-gui usr/share/applications/gacsong.desktop usr/share/man/man1/gacsong-gui.1.gz \
    usr/share/mime/packages/gacsong.xml usr/share/icons/hicolor/256x256/apps/gacsong.png
has gacsong-data usr/share/gacsong/plans/wording/vi.toml usr/share/gacsong/plans/vn/bands.toml \
    usr/share/gacsong/captures/fm_band/fm_98M_2M048.sigmf-data usr/share/doc/gacsong/docs/guide/vi/first-replay.md
contents soapysdr-module-gacsong-replay | grep '/SoapySDR/modules0.8/gacsong-replay.so$' >/dev/null || fail 'no replay driver'

all=0
for deb in "$debs"/*.deb; do
    bytes=$(stat -c %s "$deb")
    ((bytes < 8000000)) || fail "$deb has $bytes bytes"
    all=$((all + 1))
done
((all == 4)) || fail "$all packages in $debs"
[[ $(dpkg-deb -f "$debs"/gacsong_*.deb Depends) == *libsoapysdr0.8* ]] || fail 'dependencies are not those of the program'
dpkg-deb -I "$debs"/gacsong_*.deb conffiles | grep -x /etc/gacsong/gacsong.toml >/dev/null || fail 'settings are no conffile'

lintian --allow-root --fail-on error "$debs"/*.deb >"$work/lintian.txt" 2>&1 || fail "lintian: $(cat "$work/lintian.txt")"
cat "$work/lintian.txt"
echo PASSED
