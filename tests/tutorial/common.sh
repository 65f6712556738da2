# shellcheck shell=bash
# Sourced by the scripts here.
. "$(dirname "${BASH_SOURCE[0]}")/../sdk/common.sh"

page=$repository/docs/tutorial.md
# Those that the page starts with.
read -ra languages < <(sed -nE 's/^errgen init ([a-z ]+) --.*/\1/p' "$page")
