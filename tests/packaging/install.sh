#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# cmake --install under any prefix gives programs that work from there, and nothing that points back at the build.
# shellcheck disable=SC1091,SC2154 # what support.sh sets
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/support.sh"

install_below /opt/gac-song
# Programs run where DESTDIR put them: they may know no prefix.
there=$work/tree/opt/gac-song
mkdir "$work/home"

[[ $(alone "$there/bin/gacsong" --version) == gacsong\ * ]] || fail '--version'
alone "$there/bin/gacsong" scan "$there/share/gacsong/captures/uhf_mix/uhf_442M_192k.sigmf-meta" \
    --register "$there/share/gacsong/captures/uhf_mix/licences.csv" --json --no-store >"$work/scan.jsonl"
grep -q '"type":"emission"' "$work/scan.jsonl" || fail 'the demo recording shows no emission'
grep -q '"plan":"vn ' "$work/scan.jsonl" || fail 'no band plan was found'
alone "$there/bin/gacsong" list plans | grep -q vn || fail 'list plans does not name vn'

# A replay receiver from the installed module, held by the installed process.
alone SOAPY_SDR_PLUGIN_PATH="$there/$(cd "$there" && echo lib/*/SoapySDR/modules0.8)" \
    "$there/bin/gacsong" doctor >"$work/doctor.txt"
grep -q replay "$work/doctor.txt" || fail "the replay driver is not listed: $(cat "$work/doctor.txt")"

for file in share/applications/gacsong.desktop share/icons/hicolor/48x48/apps/gacsong.png \
    share/icons/hicolor/scalable/apps/gacsong.svg share/metainfo/org.gacsong.gacsong.metainfo.xml \
    share/mime/packages/gacsong.xml lib/systemd/system/gacsong.service lib/systemd/system/gacsong-missions.service \
    lib/sysusers.d/gacsong.conf share/doc/gacsong/docs/guide/vi/first-replay.md; do
    [[ -s $there/$file ]] || fail "$file was not installed"
done
grep -q '^ExecStart=/opt/gac-song/bin/gacsong scan ' "$there/lib/systemd/system/gacsong.service" ||
    fail 'gacsong.service does not start the installed program'
if grep -rlF -e "$source_folder/" -e "$build_folder/" "$work/tree"; then
    fail 'the files above name the folder that they were built in'
fi

# Moved elsewhere as a whole it still works.
mv "$there" "$work/moved"
[[ $(alone "$work/moved/bin/gacsong" --version) == gacsong\ * ]] || fail '--version after moving'

if command -v desktop-file-validate >/dev/null; then
    desktop-file-validate --no-hints "$work/moved/share/applications/gacsong.desktop" || fail 'desktop-file-validate'
fi
if command -v appstreamcli >/dev/null; then
    appstreamcli validate --no-net "$work/moved/share/metainfo/org.gacsong.gacsong.metainfo.xml" || fail 'appstreamcli'
fi
if command -v update-mime-database >/dev/null; then
    update-mime-database "$work/moved/share/mime" || fail 'update-mime-database'
    grep -q 'application/vnd.sigmf.meta+json:\*.sigmf-meta' "$work/moved/share/mime/globs" || fail 'the kinds of files'
fi
echo PASSED
