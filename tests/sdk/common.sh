# shellcheck shell=bash disable=SC2034 # its variables are for the scripts that source it
# Sourced by every script of a language: where things are, how one says "cannot be checked here", how a
# toolchain is installed once, and where modules and snippets come from.
set -euo pipefail

# The folder of the script that sources this file; its name is the language.
here=$(cd "$(dirname "${BASH_SOURCE[1]}")" && pwd)
language=$(basename "$here")
. "$(dirname "${BASH_SOURCE[0]}")/generate.sh"

. "$(dirname "${BASH_SOURCE[0]}")/../settings.sh"
toolchain=$ERRGEN_TOOLCHAINS/$language

# What the scripts of a language share in a run: a compiler that goes on running, what has been compiled of other people's code, caches
# of type checkers. $ERRGEN_SHARED is a folder of the run, if there is one; else nothing is shared.
use_shared() {
    shared=${ERRGEN_SHARED:-$scratch}/shared/$language
    mkdir -p "$shared"
}

# skip REASON HOW: `tests/sdk/run` shows the last line of standard error, and judges whether a skip is allowed.
skip() {
    echo "$1; to install: $2" >&2
    exit 77
}

# need COMMAND HOW
need() {
    command -v "$1" >/dev/null || skip "there is no $1 on the PATH" "$2"
}

# asked_for: whether somebody has asked for this very toolchain, or for all of them as CI does. Who runs all tests has not.
asked_for() {
    [[ ${ERRGEN_UNASKED:-} != 1 ]]
}

# wait_for_turn FILE: until the script ends, no other one goes past this.
wait_for_turn() {
    mkdir -p "$ERRGEN_TOOLCHAINS"
    if command -v flock >/dev/null; then
        exec {turn}>"$1"
        flock "$turn"
    fi
}

# install_packages HINT PACKAGE…: from Debian, into the system itself, so only if that was asked for.
install_packages() {
    local hint=$1
    shift
    need apt-get "$hint"
    ((EUID == 0)) || skip "only root can install Debian's $*" "run this as root, or $hint"
    asked_for || skip "it would add Debian's $* to the system" "tests/sdk/run $language, or $hint"
    wait_for_turn "$ERRGEN_TOOLCHAINS/packages.lock"
    apt-get install --yes --no-install-recommends "$@" ||
        { apt-get update && apt-get install --yes --no-install-recommends "$@"; }
}

# From this size on, in megabytes, a toolchain is only installed if it was asked for.
large=1000

# begin_install INPUT…: exits when $toolchain was made from these very files, else empties it. `megabytes` is what it takes up.
# The stamp holds the inputs themselves, so that equal means equal, and it is written last,
# so that an installation that was cut off is never taken for a whole one.
begin_install() {
    inputs=("$@")
    wait_for_turn "$toolchain.lock" # two runs at once: the second finds the stamp
    if cat "${inputs[@]}" | cmp -s - "$toolchain/stamp"; then
        exit 0
    fi
    ((megabytes < large)) || asked_for || skip "its toolchain takes up $megabytes MB" "tests/sdk/run $language"
    rm -rf "$toolchain"
    mkdir -p "$toolchain"
}

end_install() {
    cat "${inputs[@]}" >"$toolchain/stamp"
}

# What the two package managers add to $toolchain, from the lock file and the pinned list in $here.
install_npm() {
    cp "$here/package.json" "$here/package-lock.json" "$toolchain"
    npm ci --ignore-scripts --prefix "$toolchain" --no-audit --no-fund --loglevel=error
}

install_venv() {
    python3 -m venv "$toolchain/venv"
    "$toolchain/venv/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: --require-hashes \
        --requirement "$here/requirements.txt"
}

# The folders that go when the script ends.
temporary=()

# copy_modules DIR…: copies each module to its own path below a scratch folder and goes there, so that
# nothing is ever written into a module and yet a tool's messages name the paths of the repository.
# Sets `modules`, the copies' paths, and `linted`, those of them that linters, formatters and tools of documentation look at.
copy_modules() {
    local from to
    scratch=$(mktemp -d)
    temporary+=("$scratch")
    trap 'rm -rf "${temporary[@]}"' EXIT
    modules=() linted=()
    for from in "$@"; do
        from=$(cd "$from" && pwd)
        to=${from#"$PWD"/}
        to=${to#/}
        mkdir -p "$scratch/$to"
        cp -R "$from/." "$scratch/$to"
        modules+=("$to")
        ! is_linted "$from" || linted+=("$to")
    done
    cd "$scratch"
}

# generate_published: a further module as a package, of a catalogue that tells registries what they ask for. Sets `published` to its
# folder.
generate_published() {
    published=$(mktemp -d)
    temporary+=("$published")
    trap 'rm -rf "${temporary[@]}"' EXIT
    cp "$repository/tests/sdk/publish.yaml" "$published/catalog.yaml"
    echo "targets: { conformance: {}, $language: { package: true } }" >>"$published/catalog.yaml"
    generate "$language" "$published/catalog.yaml" "$published"
    published+=/$language
}

# find_publishable FILE: sets `publishable` to the modules with this package file, if it tells registries what they ask for.
find_publishable() {
    local module
    publishable=()
    for module in "${linted[@]}"; do
        ! grep -qs license "$module/$1" || publishable+=("$module")
    done
}

# is_linted MODULE: a module of thousands of errors has to compile. Whatever else there is to say of it is said of a small one as well,
# in seconds instead of minutes; with ERRGEN_LINT_ALL=1 it is said of both.
is_linted() {
    [[ ${ERRGEN_LINT_ALL:-} == 1 ]] || (($(du -sk "$1" | cut -f 1) < 1024))
}

# attempt COMMAND…: runs a tool and goes on, so that one run shows what every tool has to say.
# A `check` ends with `exit "$failed"`.
failed=0
attempt() {
    local status=0
    "$@" || status=$?
    if ((status != 0)); then
        echo "$language: status $status from: ${*:1:4}" >&2
        failed=1
    fi
}

# quietly COMMAND…: shows what a tool says only where it fails.
quietly() {
    local status=0 said
    said=$("$@" 2>&1) || status=$?
    ((status == 0)) || echo "$said" >&2
    return "$status"
}

# compiler COMMAND…: runs a compiler. Each start is a line in the file $ERRGEN_STARTS, where that is set.
compiler() {
    [[ ! ${ERRGEN_STARTS:-} ]] || echo "${*:1:3}" >>"$ERRGEN_STARTS"
    "$@"
}

# texts_only: whether a `check` is to compile, as strictly as ever, and to read all texts back, but not to ask linters,
# formatters and tools of documentation: tests/hostile does, as their rules are not about texts that no people write.
texts_only() {
    [[ ${ERRGEN_TEXTS_ONLY:-} == 1 ]]
}

# shows FIELD…: says of a document which fields of the catalogue it shows, so that tests/hostile knows how many texts there are.
shows() {
    ! texts_only || echo "fields: $*"
}

# can_run TARGET SCRIPT: whether a target has such a script, and its tools are here. Where they are not, that is for the target's
# own check to judge.
can_run() {
    local status=0
    [[ -x $here/../$1/$2 ]] || { echo "$language: there is no tests/sdk/$1/$2" >&2; failed=1; return 1; }
    "$here/../$1/install" >&2 || status=$?
    ((status == 0 || status == 77)) || failed=1
    ((status == 0))
}

# head_of FILE, body_of FILE: a sample in two, as imports stand at the top of a program and what follows in a function.
head_of() {
    sed '/^$/,$d' "$1"
}
body_of() {
    sed '1,/^$/d' "$1"
}

# extract_snippets MARKDOWN TAG EXTENSION FOLDER: writes each code block ```TAG of a document to FOLDER/<number>.<EXTENSION>.
# It is a whole program; what it prints is the next block, where that is ```text, which goes to FOLDER/<number>.expected.
extract_snippets() {
    mkdir -p "$4"
    awk -v tag="$2" -v stem="$4/" -v extension=".$3" '
        /^```/ && out { close(out); out = ""; next }
        $0 == "```" tag { out = sprintf("%s%02d%s", stem, ++number, extension); printf "" >out; next_is_output = 1; next }
        $0 == "```text" && next_is_output { out = sprintf("%s%02d.expected", stem, number); printf "" >out; next_is_output = 0; next }
        /^```/ { out = "/dev/null"; next_is_output = 0; next }
        out { print >out }
        END { if (!number) { print "no blocks of " tag " in " FILENAME >"/dev/stderr"; exit 1 } }
    ' "$1"
}

# exchange_folder FOLDER: where the languages put what they write of a catalogue's errors, for one another; FOLDER has its modules.
# tests/exchange/README.md says what.
exchange_folder() {
    local folder=${1%/expected}
    echo "${ERRGEN_EXCHANGE:-$scratch/exchange}/$(basename "$folder")"
}
