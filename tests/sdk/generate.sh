# shellcheck shell=bash
# Sourced by what needs modules of other catalogues than those that stand in the repository.
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# yields_module TARGET: whether it is a language, which says how it writes types, or else a document.
yields_module() {
    grep -qs '^types:' "$repository"/{templates,tests/targets}/"$1"/target.yaml
}

# generate LANGUAGE CATALOG FOLDER: has errgen write the module of a catalogue to FOLDER/LANGUAGE, and the vectors to
# FOLDER/conformance, from the templates as they stand.
generate() {
    local errgen=(cargo run --quiet --manifest-path "$repository/Cargo.toml" --)
    [[ ! ${ERRGEN:-} ]] || errgen=("$ERRGEN")
    "${errgen[@]}" generate "$1" conformance --templates "$repository/templates" --catalog "$2" --out "$3" --quiet
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
    cargo run --quiet --manifest-path "$repository/Cargo.toml" --example synthetic_catalog -- "$2" >"$3/catalog.yaml"
    generate "$1" "$3/catalog.yaml" "$3"
}
