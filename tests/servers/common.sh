# shellcheck shell=bash
# Sourced by the scripts here.
. "$(dirname "${BASH_SOURCE[0]}")/../sdk/common.sh"

examples=$repository/examples/servers

# frameworks: a folder each in examples/servers.
frameworks() {
    local run
    for run in "$examples"/*/run; do
        basename "$(dirname "$run")"
    done
}

# language_of FRAMEWORK: that of the module which its server generates.
language_of() {
    sed -nE 's|^(\S*/)?generate"? ([a-z]+) .*|\2|p' "$examples/$1/run"
}
