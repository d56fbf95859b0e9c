#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A bare Debian 12 in a folder: install the packages, use them as an inspector would, upgrade them with a store in use,
# remove and purge them; nothing is lost before and nothing is left behind after. Needs root, debootstrap and a mirror.
# GACSONG_DEBS=FOLDER takes packages that were made already, GACSONG_MIRROR=URL another mirror,
# GACSONG_BASE_TREE=FILE.tar keeps the bare system with what the packages depend on for the next time.
# shellcheck disable=SC1091,SC2154,SC2016 # what support.sh sets
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/support.sh"
((EUID == 0)) || skip 'only root may make a bare system'
need debootstrap dpkg-deb unshare
debs=${GACSONG_DEBS-}
if [[ -z $debs ]]; then
    debs=$work/debs
    make_packages "$debs"
fi
mirror=${GACSONG_MIRROR:-$(sed -n 's/^URIs: *\(.*debian\) *$/\1/p; s/^deb \([^ ]*debian\/*\) .*/\1/p' \
    /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null | head -n 1 || true)}
mirror=${mirror:-http://deb.debian.org/debian}
root=$work/root

# Runs a command in the bare system; what it mounts is gone with it.
inside() { # COMMAND...
    unshare --mount --pid --fork --mount-proc="$root/proc" chroot "$root" /usr/bin/env -i HOME=/root LC_ALL=C.UTF-8 \
        PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive "$@"
}

as_inspector() { inside setpriv --reuid inspector --regid inspector --clear-groups env HOME=/home/inspector "$@"; }

step() { printf '== %s\n' "$*"; }

# Everything that a package could leave behind; what the package manager itself keeps does not count.
listing() {
    (cd "$root" && find . -xdev \( -path ./proc -o -path ./var/lib/dpkg -o -path ./var/lib/apt -o -path ./var/cache \
        -o -path ./var/log -o -path ./tmp -o -path ./home -o -path ./debs -o -path ./run \) -prune -o -print | sort)
}

make_base() {
    if [[ -n ${GACSONG_BASE_TREE-} && -s $GACSONG_BASE_TREE ]]; then
        mkdir "$root" && tar -xf "$GACSONG_BASE_TREE" -C "$root"
        return
    fi
    debootstrap --variant=minbase bookworm "$root" "$mirror" >"$work/debootstrap.log" 2>&1 ||
        skip "no bare system from $mirror: $(tail -n 2 "$work/debootstrap.log")"
    cp /etc/resolv.conf "$root/etc/resolv.conf"
    inside apt-get -q update >"$work/apt.log" 2>&1 || skip "apt in the bare system: $(tail -n 2 "$work/apt.log")"
    inside useradd --create-home inspector
}

# The packages of the landing before: the same with a lower version and other settings.
make_previous() {
    local deb name
    mkdir "$work/previous"
    for deb in "$debs"/*.deb; do
        name=$(dpkg-deb -f "$deb" Package)
        dpkg-deb -R "$deb" "$work/unpacked"
        sed -i "s/^Version: .*/Version: 0.0.1/; s/(= $version)/(= 0.0.1)/g" "$work/unpacked/DEBIAN/control"
        [[ $name != gacsong ]] || echo '# an older sentence' >>"$work/unpacked/etc/gacsong/gacsong.toml"
        dpkg-deb -b --root-owner-group "$work/unpacked" "$work/previous/$name.deb" >/dev/null
        rm -rf "$work/unpacked"
    done
}

version=$(dpkg-deb -f "$debs"/gacsong_*.deb Version)
names=(gacsong gacsong-gui gacsong-data soapysdr-module-gacsong-replay)
captures=/usr/share/gacsong/captures
scan=(gacsong scan "$captures/fm_band/fm_98M_2M048.sigmf-meta" --register "$captures/fm_band/licences.csv" -q)

step 'bare system'
make_base
mkdir "$root/debs" && cp "$debs"/*.deb "$root/debs"
make_previous
cp -r "$work/previous" "$root/debs/previous"

step 'what the packages depend on'
depends=$(for deb in "$debs"/*.deb; do dpkg-deb -f "$deb" Depends; done | tr ',' '\n' | sed 's/^ *//' |
    grep -vE '^(gacsong.*|)$' | sort -u | paste -sd,)
inside apt-get -q -y --no-install-recommends satisfy "$depends" 'xvfb, xauth, x11-utils' >"$work/apt.log" 2>&1 ||
    fail "dependencies: $(tail -n 5 "$work/apt.log")"
[[ -z ${GACSONG_BASE_TREE-} || -s ${GACSONG_BASE_TREE-} ]] || tar --exclude=./debs -cf "$GACSONG_BASE_TREE" -C "$root" .
listing >"$work/before.txt"
cp "$root/etc/passwd" "$root/etc/group" "$work"

step 'install'
inside sh -c 'dpkg -i /debs/*.deb' >"$work/dpkg.log" 2>&1 || fail "dpkg -i: $(tail -n 5 "$work/dpkg.log")"
[[ $(as_inspector gacsong --version) == gacsong\ * ]] || fail '--version'
inside getent passwd gacsong >/dev/null || fail 'the services have no user'
[[ ! -e $root/etc/systemd/system/multi-user.target.wants/gacsong.service ]] || fail 'the service is on'

step 'scan the demo recording'
as_inspector "${scan[@]}" --json >"$work/scan.jsonl"
grep -q '"type":"finding"' "$work/scan.jsonl" || fail 'the demo recording shows no finding'
as_inspector gacsong explain e2 --lang vi | grep -q 'MHz' || fail 'explain'
as_inspector env SOAPY_SDR_LOG_LEVEL=ERROR gacsong doctor | grep -q replay || fail 'the replay driver is not listed'

step 'window'
as_inspector sh -c "
    Xvfb :7 -screen 0 1280x800x24 -nolisten tcp >/dev/null 2>&1 &
    sleep 2
    DISPLAY=:7 gacsong-gui $captures/fm_band/fm_98M_2M048.sigmf-meta >/tmp/window.log 2>&1 &
    window=\$!
    for try in \$(seq 60); do
        sleep 0.5
        DISPLAY=:7 xwininfo -root -tree 2>/dev/null | grep -q 'Gác Sóng' && break
    done
    DISPLAY=:7 xwininfo -root -tree >/tmp/windows.txt 2>&1
    kill -TERM \$window && wait \$window
    true"
grep -q 'Gác Sóng' "$root/tmp/windows.txt" || fail "no window: $(cat "$root/tmp/window.log" "$root/tmp/windows.txt")"

step 'remove and purge'
inside dpkg --remove "${names[@]}" >"$work/dpkg.log" 2>&1 || fail "dpkg --remove: $(tail -n 5 "$work/dpkg.log")"
[[ -e $root/etc/gacsong/gacsong.toml ]] || fail 'settings are gone before the purge'
inside dpkg --purge "${names[@]}" >"$work/dpkg.log" 2>&1 || fail "dpkg --purge: $(tail -n 5 "$work/dpkg.log")"
listing >"$work/after.txt"
diff "$work/before.txt" "$work/after.txt" || fail 'the files above were left behind'
{ cmp "$root/etc/passwd" "$work/passwd" && cmp "$root/etc/group" "$work/group"; } || fail 'users were left behind'
[[ -s $root/home/inspector/.local/share/gacsong/store.sqlite ]] || fail 'the store of a user is gone'

step 'upgrade with a store in use'
inside sh -c 'dpkg -i /debs/previous/*.deb' >"$work/dpkg.log" 2>&1 || fail "previous: $(tail -n 5 "$work/dpkg.log")"
echo 'lang = "vi"' >>"$root/etc/gacsong/gacsong.toml"
cp "$root/etc/gacsong/gacsong.toml" "$work/edited.toml"
as_inspector "${scan[@]}" >/dev/null
runs_before=$(as_inspector gacsong verify sqlite:/home/inspector/.local/share/gacsong/store.sqlite --lang en)
# A scan that reads a pipe holds the store while the packages are exchanged.
mkfifo "$work/samples"
as_inspector gacsong scan - -t cu8 -s 240k -f 446M -q <"$work/samples" >"$work/held.txt" 2>&1 &
held=$!
exec 9>"$work/samples"
head -c 2400000 /dev/urandom >&9
inside sh -c 'dpkg --force-confold -i /debs/*.deb' >"$work/dpkg.log" 2>&1 || fail "upgrade: $(tail -n 5 "$work/dpkg.log")"
head -c 2400000 /dev/urandom >&9
exec 9>&-
wait "$held" || fail "the scan that was under way ended with $?: $(cat "$work/held.txt")"
[[ $(inside dpkg-query -W -f '${Version}' gacsong) == "$version" ]] || fail 'the version did not change'
cmp "$root/etc/gacsong/gacsong.toml" "$work/edited.toml" || fail 'edited settings were replaced'
for run in 1 2; do
    as_inspector gacsong explain e2 --run "$run" >/dev/null || fail "run $run is lost"
done
runs_after=$(as_inspector gacsong verify sqlite:/home/inspector/.local/share/gacsong/store.sqlite --lang en)
printf 'before: %s\nafter:  %s\n' "$runs_before" "$runs_after"
as_inspector "${scan[@]}" >/dev/null || fail 'no scan after the upgrade'

step 'a store of an older version'
store=$root/home/inspector/.local/share/gacsong/store.sqlite
if command -v python3 >/dev/null; then
    older=$(python3 - "$store" <<'PYTHON'
import sqlite3, sys
store = sqlite3.connect(sys.argv[1])
older = store.execute("PRAGMA user_version").fetchone()[0] - 1
store.execute(f"PRAGMA user_version={older}")
store.commit()
print(older)
PYTHON
    )
    chown -R --reference="$root/home/inspector" "$root/home/inspector/.local"
    as_inspector gacsong explain e2 --run 1 >/dev/null || fail 'the older store cannot be read'
    [[ -s $store.version-$older ]] || fail 'no copy of the older store lies beside it'
    as_inspector gacsong explain e2 --run 1 --store "sqlite:${store#"$root"}.version-$older" >/dev/null ||
        fail 'the copy is not whole'
else
    echo 'left out: python3 is not installed'
fi

inside dpkg --purge "${names[@]}" >"$work/dpkg.log" 2>&1 || fail "dpkg --purge: $(tail -n 5 "$work/dpkg.log")"
listing >"$work/after.txt"
diff "$work/before.txt" "$work/after.txt" || fail 'the files above were left behind after the upgrade'
echo PASSED
