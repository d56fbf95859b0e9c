#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion as it is installed, tried in both shells.
# shellcheck disable=SC1091,SC2154,SC2016 # what support.sh sets; other shells expand their own words
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/support.sh"

install_below /usr
share=$work/tree/usr/share
mkdir "$work/home" "$work/home/folder"
touch "$work/home/recording.sigmf-meta"
cd "$work/home"

# bash_offers WORDS... : what is offered for the last of them, one a line.
bash_offers() {
    env -i PATH=/usr/bin:/bin bash --norc -c '
        source "$1"; shift
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        _gacsong 2>/dev/null
        printf "%s\n" "${COMPREPLY[@]}"' - "$share/bash-completion/completions/gacsong" "$@"
}

# zsh_shows LINE...: what Tab shows in a terminal after each line.
zsh_shows() {
    env -i PATH=/usr/bin:/bin TERM=dumb LC_ALL=C.UTF-8 zsh -f -c '
        zmodload zsh/zpty
        zpty shell zsh -f -i
        zpty -w shell "PS1=; fpath=($1); autoload -U compinit; compinit -u -D; LISTMAX=1000"
        zpty -w shell "gacsong() { : }; gacsong-gui() { : }; print BEG\"\"IN"
        zpty -r -m shell line "*BEGIN*"
        shift
        for words in "$@"; do
            zpty -n -w shell "$words"$'\''\t\t'\''
            quiet=0 shown=
            for i in {1..200}; do
                sleep 0.05
                if zpty -r -t shell line; then shown+=$line quiet=0; else ((++quiet)); fi
                [[ $shown == *$words* ]] && ((quiet > 10)) && break
            done
            print -r -- "== $words" "$shown"
            zpty -n -w shell $'\''\C-u'\''
        done
        zpty -d shell' - "$share/zsh/vendor-completions /usr/share/zsh/functions/Completion/{,Base,Zsh,Unix}" "$@"
}

offers() { # WHAT EXPECTED... : all of them are among the lines on standard input
    local what=$1 given expected
    given=$(cat)
    shift
    for expected in "$@"; do
        grep -qF -e "$expected" <<<"$given" || fail "$what does not offer $expected but: $given"
    done
}

bash_offers gacsong '' | offers 'gacsong' scan sweep report evidence verify
bash_offers gacsong sc | offers 'gacsong sc' scan
bash_offers gacsong scan -- | offers 'gacsong scan --' --register --json --fail-on-findings
bash_offers gacsong scan --lang '' | offers 'gacsong scan --lang' vi en
bash_offers gacsong scan rec | offers 'gacsong scan rec' recording.sigmf-meta
bash_offers gacsong scan --clips '' | offers 'gacsong scan --clips' folder
bash_offers gacsong case '' | offers 'gacsong case' new add note close list show
bash_offers gacsong --lang vi li | offers 'gacsong --lang vi li' list
bash_offers gacsong-gui -- | offers 'gacsong-gui --' --register
[[ $(bash_offers gacsong scan --clips '') != *recording* ]] || fail 'a folder is wanted and a file is offered'
[[ $(bash_offers gacsong info --reg) != *--register* ]] || fail 'info does not take --register and it is offered'

need zsh
zsh_shows 'gacsong ' 'gacsong scan --fail' 'gacsong list ' 'gacsong info rec' >"$work/zsh.txt"
shown() { awk -v line="== $1" 'index($0, "== ") == 1 { on = index($0, line) == 1 && !done; done = done || on } on' "$work/zsh.txt"; }
shown 'gacsong ' | offers 'zsh: gacsong' scan sweep evidence
shown 'gacsong scan --fail' | offers 'zsh: gacsong scan --fail' --fail-on-findings
shown 'gacsong list ' | offers 'zsh: gacsong list' rules signatures plans
shown 'gacsong info rec' | offers 'zsh: gacsong info rec' recording.sigmf-meta
echo PASSED
