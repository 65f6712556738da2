# shellcheck shell=bash
# Sourced by what needs modules of other catalogues than those that stand in the repository.
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# A script may give cargo another folder for what it compiles itself.
built=${CARGO_TARGET_DIR:-$repository/target}/debug

# build_errgen: sets ERRGEN, the binary that all scripts of a run have in common, unless it is set.
build_errgen() {
    [[ ! ${ERRGEN:-} ]] || return 0
    # With an example, it is the binary that its tests build, too.
    cargo build --locked --quiet --manifest-path "$repository/Cargo.toml" --target-dir "${built%/debug}" \
        --bin errgen --example synthetic_catalog
    export ERRGEN=$built/errgen
}

# yields_module TARGET: whether it is a language, of which there is a sample, or else a document.
yields_module() {
    grep -qs '^sample:' "$repository"/{templates,tests/targets}/"$1"/target.yaml
}

# further_languages: those that only the tests have.
further_languages() {
    local target
    for target in "$repository"/tests/targets/*/; do
        target=$(basename "$target")
        [[ ! -d $repository/tests/sdk/$target ]] || echo "$target"
    done
}

# generate TARGETS CATALOG FOLDER: has errgen write what some targets yield for a catalogue to FOLDER/TARGET, and the vectors to
# FOLDER/conformance. Without targets: all that the catalogue names.
generate() {
    local targets=() templates=()
    build_errgen
    [[ ! $1 ]] || read -ra targets <<<"$1 conformance"
    # The standard targets are in errgen as well.
    if further_languages | grep -qxF "$(printf '%s\n' "${targets[@]}")"; then
        templates=(--templates "$repository/tests/targets")
    fi
    "$ERRGEN" generate "${targets[@]}" "${templates[@]}" --catalog "$2" --out "$3" --quiet
}

# generate_grown LANGUAGE FOLDER: the real catalogue as it may be some versions later.
generate_grown() {
    mkdir -p "$2"
    cat "$repository/catalog.yaml" "$repository/tests/sdk/grown.yaml" >"$2/catalog.yaml"
    generate "$1" "$2/catalog.yaml" "$2"
}

# generate_large LANGUAGE ERRORS FOLDER: as many errors, with texts like real ones.
generate_large() {
    mkdir -p "$3"
    cargo run --locked --quiet --manifest-path "$repository/Cargo.toml" --target-dir "${built%/debug}" \
        --example synthetic_catalog -- "$2" >"$3/catalog.yaml"
    generate "$1" "$3/catalog.yaml" "$3"
}
