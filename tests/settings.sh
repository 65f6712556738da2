# shellcheck shell=bash disable=SC2034 # its variables are for the scripts that source it
# Sourced by what runs checks: where their tools are, and whether a check may be skipped.
export ERRGEN_TOOLCHAINS=${ERRGEN_TOOLCHAINS:-${XDG_CACHE_HOME:-$HOME/.cache}/errgen/toolchains}

# A missing toolchain is a loud skip on a user's machine, and a failure in CI.
skips_allowed=true
if [[ ${CI:-} == @(true|1) || ${ERRGEN_REQUIRE_TOOLCHAINS:-} == 1 ]]; then
    skips_allowed=false
fi
