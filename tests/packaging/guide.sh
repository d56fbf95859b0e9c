#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs every command of the guide, page by page, in both languages. A receiver is a recording that the replay driver plays;
# what only root may do and what never ends by itself is looked at, but not run.
# shellcheck disable=SC1091,SC2154 # what support.sh sets
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/support.sh"
fm=$source_folder/captures/fm_band/fm_98M_2M048
mapfile -t known < <("$build_folder/apps/gacsong" --help --lang en | awk '/^  [a-z]/ { print $1 }')

# A folder with what an inspector has at hand, under the names of both languages.
make_desk() { # FOLDER
    mkdir -p "$1/home"
    ln -s "$source_folder/captures" "$1/captures"
    local name
    for name in licences.csv giay_phep.csv; do
        cp "$source_folder/captures/fm_band/licences.csv" "$1/$name"
    done
    for name in stations.csv tram_goc.csv; do
        printf 'technology,mcc,mnc,area,cell,channel,lat,lon,operator\ngsm,452,04,12001,30121,62,10.39,105.43,Viettel\n' >"$1/$name"
    done
    for name in operators.csv nha_mang.csv; do
        printf 'plmn,technology,low_hz,high_hz,valid_from,valid_to,reference,verified\n452-04,gsm,943500000,951900000,,,,no\n' >"$1/$name"
    done
    for name in known.csv da_biet.csv; do
        printf 'center_hz,bandwidth_hz,reason,until\n97700000,200000,test transmitter,2030-01-01\n' >"$1/$name"
    done
    for name in recording.cu8 ban_ghi.cu8; do
        cp "$source_folder/captures/empty/noise_446M_240k_cu8.sigmf-data" "$1/$name"
    done
    for name in cells tram; do
        cp "$work/cells.sigmf-data" "$1/$name.sigmf-data"
        cp "$work/cells.sigmf-meta" "$1/$name.sigmf-meta"
    done
    sed "s|soapy:driver=rtlsdr[^\"]*|$(receiver 98M)|; s|/var/lib/gacsong|$1|; s|center = \"[0-9]*M\"|center = \"98.05M\"|
        s|rate = .*|rate = \"2.048M\"|; /^gain/d; s|87M:108M|97.4M:98.7M|" \
        "$source_folder/packaging/missions.toml.example" >"$1/missions.toml"
}

receiver() { # FREQUENCY
    case $1 in
    947*) printf 'soapy:driver=replay,file=%s.sigmf-meta,speed=0' "$work/cells" ;;
    *) printf 'soapy:driver=replay,file=%s.sigmf-meta,speed=0,loop=1' "$fm" ;;
    esac
}

# The command as it is run here: the receiver is a recording, tuned as it was recorded, and nobody waits for minutes.
as_run() { # LINE
    local line=$1 frequency=98M
    [[ $line != *947.4M* ]] || frequency=947.4M
    line=${line//soapy:driver=rtlsdr/$(receiver $frequency)}
    line=${line//-f 98M -s 2.4M -T/-f 98.05M -s 2.048M -T}
    [[ $line != *soapy:* ]] || line=${line//-f 98M/-f 98.05M}
    line=${line//-f 87M:108M/-f 97.4M:98.7M -s 1.024M}
    line=$(sed -E 's/-T [0-9]+[smh]/-T 1s/' <<<"$line")
    [[ $line != 'gacsong gui '* ]] || line+=' --help'
    printf '%s\n' "$line"
}

commands_of() { awk '/^```/ { on = !on; next } on && NF { sub(/ +# .*/, ""); print }' "$1"; }

run_page() { # LANGUAGE PAGE
    local desk=$work/$1-$2 line run=0 status
    make_desk "$desk"
    while IFS= read -r line; do
        case $line in
        sudo\ * | ./dev\ * | journalctl\ *) continue ;;
        gacsong\ *) ;;
        *) fail "$1/$2: $line is no command that this test knows" ;;
        esac
        # What another office sent, and the key that this one made.
        [[ ! -s $desk/home/.config/gacsong/keys/office.pub ]] || cp "$desk/home/.config/gacsong/keys/office.pub" "$desk"
        status=0
        (cd "$desk" && env -i HOME="$desk/home" PATH="$build_folder/apps:/usr/bin:/bin" LC_ALL=C.UTF-8 \
            GACSONG_LANG="$1" SOAPY_SDR_PLUGIN_PATH="$build_folder/soapy" bash -c "$(as_run "$line")") \
            >"$work/out.txt" 2>&1 </dev/null || status=$?
        ((status == 0)) || fail "$1/$2: $line ended with $status: $(tail -n 5 "$work/out.txt")"
        run=$((run + 1))
    done < <(commands_of "$source_folder/docs/guide/$1/$2.md")
    printf '%s/%s: %s commands\n' "$1" "$2" "$run"
    total=$((total + run))
}

"$build_folder/tests/packaging/make_cells" "$work/cells"
total=0
for page in "$source_folder"/docs/guide/en/*.md; do
    name=$(basename "$page" .md)
    # The same commands in both languages; only names of files differ.
    for language in en vi; do
        commands_of "$source_folder/docs/guide/$language/$name.md" | awk '{ print $1, $2 }' >"$work/$language.txt"
    done
    diff "$work/en.txt" "$work/vi.txt" || fail "$name: the two languages show other commands"
    for language in en vi; do
        run_page "$language" "$name"
        # What the text names is a command.
        while read -r word; do
            [[ " ${known[*]} " == *" $word "* ]] || fail "$language/$name: gacsong $word"
        done < <(grep -o '`gacsong [a-z]*' "$source_folder/docs/guide/$language/$name.md" | awk 'NF == 2 { print $2 }')
    done
done
# Verdicts are called in the guide what the program calls them.
for language in en vi; do
    labels=0
    while IFS= read -r label; do
        grep -qF "| $label |" "$source_folder/docs/guide/$language/verdict.md" \
            "$source_folder/docs/guide/$language/fake-base-stations.md" || fail "$language: no guide explains \"$label\""
        labels=$((labels + 1))
    done < <(awk '/^\[/ { on = /^\[verdict\./ } on && /^label = / { gsub(/^label = "|"$/, ""); print }' \
        "$source_folder/plans/wording/$language.toml")
    ((labels >= 13)) || fail "only $labels verdicts in the words"
done
((total >= 50)) || fail "only $total commands"
echo "PASSED: $total commands"
