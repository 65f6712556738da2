# shellcheck shell=bash disable=SC2034 # its variables are for the scripts that source it
# Sourced after common.sh by `check`, `clients` and the measurements: where the tools are. There are two compilers, as
# TypeDoc does not run on the newest.
bin=$toolchain/node_modules/.bin
tsc=$toolchain/node_modules/typescript-7/bin/tsc
