//! Targets: those of others, and what holds for each of errgen's own.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;
use support::{copy_into, errgen, folders_in, repository, standard_targets, tree};
use tempfile::TempDir;

/// Generates targets for a catalogue of the repository into a new folder.
fn generate(catalog: &str, templates: Option<&Path>, targets: &[&str]) -> TempDir {
    let output = tempfile::tempdir().expect("a temporary folder");
    let mut arguments = vec![
        "generate",
        "--catalog",
        catalog,
        "--out",
        path(output.path()),
    ];
    if let Some(folder) = templates {
        arguments.extend(["--templates", path(folder)]);
    }
    arguments.extend(targets);
    errgen(repository(), arguments).clean();
    output
}

fn path(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

#[test]
fn a_folder_of_templates_puts_one_in_the_place_of_a_standard_one() {
    let id = &standard_targets()[0];
    let templates = tempfile::tempdir().expect("a temporary folder");
    copy_into(
        &repository().join("tests/targets/rows"),
        &templates.path().join(id),
    );
    let output = generate(
        "tests/cases/minimal/catalog.yaml",
        Some(templates.path()),
        &[id],
    );
    let files: Vec<_> = tree(output.path()).into_keys().collect();
    assert_eq!(
        files,
        [format!("{id}/.errgen-files"), format!("{id}/rows.txt")]
    );
}

/// The branded site: its folder has words of its own and a page more, and everything else is as the site has it.
#[test]
fn a_target_that_extends_another_has_the_rest_of_it() {
    let example = repository().join("examples/site");
    let templates = example.join("templates");
    let catalog = "examples/site/catalog.yaml";
    let brand = generate(catalog, Some(&templates), &[]);
    let brand = tree(&brand.path().join("brand"));

    let folder = tempfile::tempdir().expect("a temporary folder");
    let same = folder.path().join("catalog.yaml");
    let text = fs::read_to_string(example.join("catalog.yaml")).expect("a catalogue");
    fs::write(&same, text.replace("  brand:\n", "  site:\n")).expect("a file");
    let site = generate(path(&same), None, &[]);
    let site = tree(&site.path().join("site"));

    let text = |files: &BTreeMap<String, Vec<u8>>, path: &str| {
        String::from_utf8(files[path].clone()).expect("UTF-8")
    };
    assert!(text(&brand, "de/support/index.html").contains("<h1>Hilfe</h1>"));
    assert!(text(&brand, "index.html").contains("in the Shop API, and"));
    let differs = |path: &&String| brand.get(*path) != site.get(*path);
    let mut others: Vec<_> = brand.keys().chain(site.keys()).filter(differs).collect();
    others.sort();
    others.dedup();
    let own = [
        "de/index.html",
        "de/support/index.html",
        "index.html",
        "logo.svg",
        "support/index.html",
    ];
    others.retain(|path| *path != ".errgen-files");
    assert_eq!(others, own);
    let replaced = text(&brand, "index.html").replace(
        "What goes wrong in the Shop API, and what to do about it.",
        "What each error means, what to do about it, and how to handle it in code.",
    );
    assert_eq!(replaced, text(&site, "index.html"));
}

/// Writes a target with a folder of data, in which a file says `text`.
fn target_with_data(text: &str) -> TempDir {
    let templates = tempfile::tempdir().expect("a temporary folder");
    let demo = templates.path().join("demo");
    fs::create_dir_all(demo.join("words")).expect("a folder");
    let manifest = "description: A demonstration\nmodel: 2\nfiles: [{ template: demo.txt.tera, path: demo.txt }]\ndata_folders: [words]\n";
    let template =
        "{{ target.data.words.de.hello }} {{ catalog.locales[0].script }}\n{{ notice }}\n";
    for (name, content) in [
        ("target.yaml", manifest),
        ("demo.txt.tera", template),
        ("words/de.yaml", text),
    ] {
        fs::write(demo.join(name), content).expect("a file");
    }
    templates
}

#[test]
fn data_can_be_in_files_of_its_own_which_are_not_copied() {
    let templates = target_with_data("hello: Hallo\n");
    let output = generate(
        "tests/cases/minimal/catalog.yaml",
        Some(templates.path()),
        &["demo"],
    );
    let files = tree(output.path());
    let names: Vec<_> = files.keys().collect();
    assert_eq!(names, ["demo/.errgen-files", "demo/demo.txt"]);
    let text = fs::read_to_string(output.path().join("demo/demo.txt")).expect("a text");
    assert!(text.starts_with("Hallo Latn\n"), "{text}");
}

#[test]
fn data_that_is_no_yaml_is_reported_at_its_place() {
    let templates = target_with_data("hello: [\n");
    let output = tempfile::tempdir().expect("a temporary folder");
    let arguments = [
        "generate",
        "demo",
        "--catalog",
        "tests/cases/minimal/catalog.yaml",
        "--out",
        path(output.path()),
        "--templates",
        path(templates.path()),
    ];
    let run = errgen(repository(), arguments);
    assert!(run.stderr.contains("error[E505]"), "{}", run.stderr);
    assert!(run.stderr.contains("demo/words/de.yaml:"), "{}", run.stderr);
}

/// What a language of the site lacks would be said in English.
#[test]
fn every_language_of_the_site_has_all_words_with_the_same_gaps() {
    let folder = repository().join("templates/site/words");
    let read = |name: &str| -> BTreeMap<String, String> {
        let text = fs::read_to_string(folder.join(name)).expect("words");
        serde_yaml::from_str(&text).expect("a map of words")
    };
    let gaps = |text: &str| {
        let gaps = ["{}", "{used}", "{all}"];
        gaps.map(|gap| text.matches(gap).count())
    };
    let english = read("en.yaml");
    let languages = tree(&folder);
    assert!(languages.len() >= 12);
    for name in languages.keys() {
        let words = read(name);
        assert!(words.keys().eq(english.keys()), "{name}");
        for (key, word) in &words {
            assert_eq!(gaps(word), gaps(&english[key]), "{name}: {key}");
            let is_plain = !word.contains(['<', '>', '&', '"']) && !word.trim().is_empty();
            assert!(is_plain, "{name}: {key}");
        }
    }
}

#[test]
fn every_hostile_text_is_read_back_equal() {
    let catalog = "tests/cases/hostile/catalog.yaml";
    let output = generate(catalog, Some(Path::new("tests/targets")), &["json"]);
    let text = fs::read_to_string(output.path().join("json/texts.json")).expect("the texts");
    let read: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    let source = fs::read_to_string(repository().join(catalog)).expect("the catalogue");
    let wanted: Value = serde_yaml::from_str(&source).expect("YAML");
    let wanted = errors(&wanted);
    assert_eq!(read.len(), wanted.len());
    for (read, wanted) in read.iter().zip(wanted) {
        assert_eq!(read["id"], wanted["id"]);
        assert_eq!(read["code"], wanted["code"]);
        let has_parameters = wanted.get("params").is_some();
        let plain = |value: &Value| match value.as_str() {
            Some(text) if !has_parameters => {
                Value::from(text.replace("{{", "{").replace("}}", "}"))
            }
            _ => value.clone(),
        };
        assert_eq!(
            read["message"],
            plain(wanted.get("message").unwrap_or(&Value::Null))
        );
        let texts = wanted["description"].as_object().expect("texts").iter();
        let texts: serde_json::Map<_, _> = texts
            .map(|(tag, text)| (tag.clone(), plain(text)))
            .collect();
        assert_eq!(
            read["description"],
            Value::Object(texts),
            "{}",
            wanted["id"]
        );
    }
}

/// The errors of a catalogue, by a reader of YAML that knows nothing of the format.
fn errors(catalog: &Value) -> Vec<&Value> {
    let mut all = Vec::new();
    for category in catalog["categories"].as_array().expect("a list") {
        all.extend(
            category
                .get("errors")
                .and_then(Value::as_array)
                .into_iter()
                .flatten(),
        );
        for group in category
            .get("groups")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            all.extend(group["errors"].as_array().expect("a list"));
        }
    }
    all
}

#[test]
fn there_is_a_vector_for_every_message_of_the_catalogue() {
    let path = repository().join("generated/conformance/vectors.json");
    let text = fs::read_to_string(path).expect("the vectors");
    let vectors: Value = serde_json::from_str(&text).expect("JSON");
    let vectors = vectors["vectors"].as_array().expect("a list");
    // As many as the published page has rows: its two rows of one code are two cases.
    assert_eq!(vectors.len(), 159);
    for vector in vectors {
        let body = vector["response"]["body"]["text"].as_str().expect("a text");
        let body: Value = serde_json::from_str(body).expect("a body in JSON");
        let expected = &vector["expected"];
        assert_eq!(body["error"], 1);
        assert_eq!(body["code"], expected["code"].to_string());
        assert_eq!(body["message"], expected["message"]);
    }
}

#[test]
fn no_template_emits_a_text_unescaped() {
    let source = fs::read_to_string(repository().join("tests/escaping/catalog.yaml"))
        .expect("the catalogue");
    let canaries: Vec<&str> = source
        .split('\'')
        .filter(|text| text.starts_with("canary"))
        .collect();
    assert_eq!(canaries.len(), 36, "as many as the catalogue numbers");
    let targets = standard_targets();
    let targets: Vec<&str> = targets.iter().map(String::as_str).collect();
    let output = generate("tests/escaping/catalog.yaml", None, &targets);
    let mut found = BTreeSet::new();
    for (path, content) in tree(output.path()) {
        let content = String::from_utf8(content).expect("a file in UTF-8");
        for canary in &canaries {
            let number = &canary[..canary.find(['"', '{']).expect("an end")];
            if let Some(at) = content.find(canary) {
                let line = content[..at].lines().count();
                found.insert(format!("{path}:{line}: {number}"));
            }
        }
    }
    assert!(
        found.is_empty(),
        "texts that no `escape` has seen: {found:#?}"
    );
}

#[test]
fn every_field_of_the_model_is_described_and_every_other_refused() {
    // The whole model, as `explain` and a target of the tests' own show it.
    let mut fields = BTreeSet::new();
    for case in ["full", "hostile"] {
        let catalog = format!("tests/cases/{case}/catalog.yaml");
        let output = generate(&catalog, Some(Path::new("tests/targets")), &["rows"]);
        let codes = fs::read_to_string(output.path().join("rows/rows.txt")).expect("the codes");
        // The reserved words that follow in one of them are all alike.
        for code in codes.lines().take(20) {
            let arguments = [
                "explain",
                "--catalog",
                &catalog,
                "--format",
                "json",
                "--",
                code,
            ];
            let run = errgen(repository(), arguments).clean();
            let found: Value = serde_json::from_str(&run.stdout).expect("JSON");
            collect(&found[0]["error"], &mut fields);
        }
    }
    let known: BTreeSet<String> = errgen::model::FIELDS
        .iter()
        .map(ToString::to_string)
        .collect();
    let unknown: Vec<_> = fields.difference(&known).collect();
    assert!(unknown.is_empty(), "not in FIELDS: {unknown:?}");
    let described =
        fs::read_to_string(repository().join("templates/README.md")).expect("the description");
    let words: BTreeSet<&str> = described
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .collect();
    let missing: Vec<_> = known
        .iter()
        .filter(|field| !words.contains(field.as_str()))
        .collect();
    assert!(
        missing.is_empty(),
        "not described in templates/README.md: {missing:?}"
    );
}

/// The names of fields, without the keys of free data and of maps by locale or target.
fn collect(value: &Value, fields: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (name, value) in map {
                fields.insert(name.clone());
                if !matches!(name.as_str(), "meta" | "names" | "by_locale") {
                    collect(value, fields);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, fields)),
        _ => {}
    }
}

#[test]
fn every_file_of_vectors_is_for_a_catalogue_that_has_modules() {
    let vectors = |path: &Path| -> Value {
        let text = fs::read_to_string(path).expect("vectors");
        serde_json::from_str(&text).expect("JSON")
    };
    let generated = [
        "generated/conformance",
        "tests/cases/full/expected/conformance",
        "tests/cases/all-retired/expected/conformance",
        "tests/cases/emptied/expected/conformance",
        "tests/cases/contract/expected/conformance",
        "tests/cases/codes/expected/conformance",
        "tests/cases/no-http/expected/conformance",
        "tests/cases/wire/expected/conformance",
    ];
    let generated = generated.map(|folder| repository().join(folder));
    let shapes = folders_in(&repository().join("tests/shapes"));
    let shapes = shapes
        .iter()
        .map(|shape| shape.join("expected/conformance"));
    let catalogs: BTreeSet<String> = generated
        .into_iter()
        .chain(shapes)
        .map(|folder| vectors(&folder.join("vectors.json")))
        .map(|vectors| format!("{}.json", vectors["catalog"].as_str().expect("an id")))
        .collect();
    let mut written = BTreeSet::new();
    for entry in fs::read_dir(repository().join("tests/vectors")).expect("the vectors") {
        let entry = entry.expect("a file");
        let file = vectors(&entry.path());
        assert_eq!(
            (
                &file["format"],
                file["vectors"].as_array().map(Vec::is_empty)
            ),
            (&Value::from(2), Some(false))
        );
        written.insert(entry.file_name().into_string().expect("a name"));
    }
    let missing: Vec<_> = catalogs.difference(&written).collect();
    assert!(missing.is_empty(), "without a file of vectors: {missing:?}");
    // Others may have one.
    let others = catalogues_of_modules();
    let of_none = written.difference(&catalogs);
    let of_none: Vec<_> = of_none.filter(|it| !others.contains(*it)).collect();
    assert!(of_none.is_empty(), "for no catalogue: {of_none:?}");
}

/// What a file of vectors is called for each catalogue of the tests, the examples, and the checks of a language alone.
fn catalogues_of_modules() -> BTreeSet<String> {
    let folders = |path: &str| folders_in(&repository().join(path));
    let in_folders = ["tests/cases", "examples/catalogues"].map(folders);
    let files = in_folders.concat();
    let files = files.iter().map(|it| it.join("catalog.yaml"));
    let of_languages = folders("tests/sdk").into_iter().flat_map(|language| {
        let entries = fs::read_dir(language.join("catalogs"))
            .into_iter()
            .flatten();
        entries.map(|entry| entry.expect("a file").path())
    });
    files
        .chain(of_languages)
        .map(|file| {
            let text = fs::read_to_string(file).expect("a catalogue");
            let mut ids = text.lines().filter_map(|it| it.strip_prefix("catalog: "));
            format!("{}.json", ids.next().expect("an id").trim())
        })
        .collect()
}
