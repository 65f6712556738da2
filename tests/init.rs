//! What `errgen init` starts with.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;
use support::{errgen, repository, standard_targets, tree};
use tempfile::TempDir;

/// A folder of this name.
fn folder(name: &str) -> (TempDir, std::path::PathBuf) {
    let parent = tempfile::tempdir().expect("a temporary folder");
    let folder = parent.path().join(name);
    fs::create_dir(&folder).expect("a folder");
    (parent, folder)
}

/// The ids of the targets that a catalogue names.
fn targets(folder: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(folder.join("catalog.yaml")).expect("the catalogue");
    let catalog: Value = serde_yaml::from_str(&text).expect("YAML");
    let targets = catalog["targets"].as_object();
    targets.map_or_else(BTreeSet::new, |it| it.keys().cloned().collect())
}

/// The catalogue has no mistake, and everything that it names can be generated.
fn assert_usable(folder: &Path) {
    errgen(folder, ["lint", "--deny-warnings"]).clean();
    errgen(folder, ["generate"]).clean();
    errgen(folder, ["check"]).clean();
}

#[test]
fn an_empty_folder_gets_what_a_project_needs() {
    let (_parent, folder) = folder("Shop API");
    let run = errgen(&folder, ["init"]).clean();
    let written: BTreeSet<_> = tree(&folder).into_keys().collect();
    let expected = [
        ".errgen/catalog.schema.json",
        ".github/workflows/errors.yml",
        "catalog.yaml",
        "errgen.mk",
        "generated/.gitattributes",
    ];
    assert_eq!(written, expected.map(str::to_owned).into());
    for path in expected {
        assert!(
            run.stdout.contains(&format!("wrote {path}\n")),
            "{}",
            run.stdout
        );
    }
    assert!(run.stdout.contains("1. errgen generate "), "{}", run.stdout);
    let text = fs::read_to_string(folder.join("catalog.yaml")).expect("the catalogue");
    assert!(text.contains("\ncatalog: shop_api\n"), "{text}");
    let schema = fs::read_to_string(folder.join(".errgen/catalog.schema.json")).expect("a schema");
    assert_eq!(schema, errgen(&folder, ["schema"]).clean().stdout);
    assert_usable(&folder);
    let generated: BTreeSet<_> = fs::read_dir(folder.join("generated"))
        .expect("a folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .into_string()
                .expect("a name")
        })
        .filter(|name| name != ".gitattributes")
        .collect();
    assert_eq!(generated, standard_targets().into_iter().collect());
}

#[test]
fn a_project_of_a_language_is_known_by_its_files() {
    let mut known = 0;
    for target in standard_targets() {
        let manifest = repository().join(format!("templates/{target}/target.yaml"));
        let manifest: Value =
            serde_yaml::from_str(&fs::read_to_string(manifest).expect("a manifest")).expect("YAML");
        for file in manifest["project"]["files"]
            .as_array()
            .into_iter()
            .flatten()
        {
            let (_parent, folder) = folder("shop");
            let file = file.as_str().expect("a name");
            fs::write(folder.join(file), "").expect("a file");
            errgen(&folder, ["init"]).clean();
            assert_eq!(targets(&folder), [target.clone()].into(), "{file}");
            known += 1;
        }
    }
    assert!(known >= 5);
}

#[test]
fn every_target_can_be_named() {
    for target in standard_targets() {
        let (_parent, folder) = folder("shop");
        errgen(&folder, ["init", &target]).clean();
        assert_eq!(targets(&folder), [target].into());
        assert_usable(&folder);
    }
}

#[test]
fn any_folder_has_an_id() {
    for (name, id) in [
        ("shop", "shop"),
        ("9 lives", "api"),
        ("使用者", "api"),
        ("my.shop-API v2", "my_shop_api_v2"),
    ] {
        let (_parent, folder) = folder(name);
        errgen(&folder, ["init", "markdown"]).clean();
        let text = fs::read_to_string(folder.join("catalog.yaml")).expect("the catalogue");
        assert!(
            text.contains(&format!("\ncatalog: {id}\n")),
            "{name}: {text}"
        );
        assert_usable(&folder);
    }
}

#[test]
fn title_and_locales_are_data() {
    let (_parent, folder) = folder("shop");
    let title = "He said \"no\" } # {x} \\ \u{1f600}";
    errgen(
        &folder,
        [
            "init", "markdown", "--locale", "zh-TW", "--title", title, "--id", "store",
        ],
    )
    .clean();
    assert_usable(&folder);
    let text = fs::read_to_string(folder.join("catalog.yaml")).expect("the catalogue");
    let catalog: Value = serde_yaml::from_str(&text).expect("YAML");
    assert_eq!(catalog["title"]["zh-TW"], title);
    assert_eq!(catalog["catalog"], "store");
}

#[test]
fn what_makes_no_catalogue_is_refused_before_anything_is_written() {
    for arguments in [
        ["--id", "9x"],
        ["--locale", "no such tag"],
        ["--locale", "en, x: {"],
    ] {
        let (_parent, folder) = folder("shop");
        let run = errgen(&folder, ["init", "markdown"].into_iter().chain(arguments));
        assert_eq!(run.status, 1, "{arguments:?}: {}", run.stderr);
        assert!(tree(&folder).is_empty());
    }
    let (_parent, folder) = folder("shop");
    assert_eq!(errgen(&folder, ["init", "markdwn"]).status, 2);
    assert!(tree(&folder).is_empty());
}

#[test]
fn nothing_is_overwritten() {
    let (_parent, folder) = folder("shop");
    fs::write(folder.join("errgen.mk"), "mine\n").expect("a file");
    let run = errgen(&folder, ["init"]);
    assert_eq!(run.status, 2);
    assert_eq!(
        run.stderr,
        "errgen.mk: error[E608]: there is such a file already\n  \
         = help: move it away, or start in another folder; nothing was written\n"
    );
    assert_eq!(tree(&folder).len(), 1);
}
