# shellcheck shell=bash
# Sourced by the checks of the languages, after tests/sdk/common.sh: the catalogue after each change, and the comparison of what
# a compiler says about a program with what is expected.
compatibility=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# choose_changes ARGUMENT NAME…: sets `changes` to the names of all changes or, if ARGUMENT is `sample`, to those that follow. They
# are sorted.
choose_changes() {
    local change LC_ALL=C
    is_sample=false
    if [[ ${1:-} == sample ]]; then
        is_sample=true
        changes=("${@:2}")
    else
        changes=()
        for change in "$compatibility"/*.patch; do
            changes+=("$(basename "$change" .patch)")
        done
    fi
    echo "changes: ${#changes[@]}"
}

# generate_module NAME FOLDER [OPTIONS]: the module of the catalogue after a change, or of the one `before` them all, with these options
# of the target.
generate_module() {
    mkdir -p "$2"
    cp "$compatibility/before.yaml" "$2/catalog.yaml"
    [[ $1 == before ]] || patch --quiet "$2/catalog.yaml" "$compatibility/$1.patch"
    echo "targets: { $language: { ${3:-} } }" >>"$2/catalog.yaml"
    "$ERRGEN" generate --catalog "$2/catalog.yaml" --out "$2" --quiet
}

# say_result NAME GOOD BAD <LINES: a block of a file with results. A change without lines is GOOD.
say_result() {
    local lines
    lines=$(sed 's/^[[:space:]]*//' | LC_ALL=C sort -u)
    if [[ $lines ]]; then
        printf '%s: %s\n%s\n' "$1" "$3" "$(sed 's/^/    /' <<<"$lines")"
    else
        echo "$1: $2"
    fi
}

# compare_results EXPECTED FOUND: of a sample, the blocks that it has. With ERRGEN_BLESS=1, what was found for all changes is expected.
compare_results() {
    if [[ ${ERRGEN_BLESS:-} == 1 ]] && ! $is_sample; then
        cp "$2" "$1"
    fi
    attempt diff --unified --label "$(basename "$1")" --label found <(blocks_of "$2" "$1") <(blocks_of "$2" "$2")
}

# blocks_of FOUND RESULTS: the blocks of the changes that were compiled, of a sample, or else all.
blocks_of() {
    if $is_sample; then
        awk 'NR == FNR { if (/^[^ ]/) chosen[$1]; next } /^[^ ]/ { is_chosen = $1 in chosen } is_chosen' "$1" "$2"
    else
        cat "$2"
    fi
}

# judge_programs NAME…: compares what became of the programs after these changes with `expected`. What was found is on standard input:
# `FILE LINE` for each line that is refused, where a program is `NAME/FILE`, with underscores or hyphens in the name, and a module is
# in a folder beside it.
judge_programs() {
    local file line name text
    while read -r file line; do
        name=${file%%/*}
        text="(the module itself)"
        [[ $file == */*/* ]] || text=$(sed -n "${line}p" "$file")
        printf '%s\t%s\n' "${name//_/-}" "$text"
    done >"$scratch/lines"
    if grep -E '^([a-z]+-)?before' "$scratch/lines" >&2; then
        echo "$language: the programs do not compile with the catalogue as it is before any change" >&2
        return 1
    fi
    for name in "$@"; do
        { grep "^$name"$'\t' "$scratch/lines" || true; } | cut -f 2- | say_result "$name" compiles breaks
    done >"$scratch/found"
    compare_results "$here/expected" "$scratch/found"
}
