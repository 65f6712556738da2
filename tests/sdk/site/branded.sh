# shellcheck shell=bash
# Sourced by what needs the branded site of examples/site.

# generate_branded FOLDER: into FOLDER/site, as the others are.
generate_branded() {
    mkdir "$1"
    build_errgen
    "$ERRGEN" generate --quiet --catalog "$repository/examples/site/catalog.yaml" \
        --templates "$repository/examples/site/templates" --out "$1"
    mv "$1/brand" "$1/site"
}
