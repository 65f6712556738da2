//! The changelog: what the ledger and the catalogue say of each version. `tests/cases/history` shows it as a whole.

mod support;

use std::fs;
use std::path::Path;

use serde_json::Value;
use support::{errgen, repository, write};
use tempfile::TempDir;

const HEAD: &str = "catalog: shop
version: 1.0.0
title: { en: Shop }
locales: [en]
targets: { changelog: {} }
categories:
  - id: all
    title: { en: All }
    errors:
";

/// A catalogue at a version, of errors as lines of YAML.
fn catalogue(version: &str, errors: &[&str]) -> String {
    let head = HEAD.replace("1.0.0", version);
    let errors = errors
        .iter()
        .map(|error| format!("      - {{ {error} }}\n"));
    head + &errors.collect::<String>()
}

/// A project with these errors, which have been released as 1.0.0.
fn released(errors: &[&str]) -> TempDir {
    let project = tempfile::tempdir().expect("a temporary folder");
    write(project.path(), "catalog.yaml", &catalogue("1.0.0", errors));
    errgen(project.path(), ["release", "--adopt"]).clean();
    project
}

/// Releases these errors as the next version after another one.
fn release(project: &Path, after: &str, step: &str, errors: &[&str]) {
    write(project, "catalog.yaml", &catalogue(after, errors));
    errgen(project, ["release", step]).clean();
}

/// The changelog from its first version on.
fn changelog(project: &Path) -> String {
    errgen(project, ["generate", "--quiet"]).clean();
    let path = project.join("generated/changelog/CHANGELOG.md");
    let text = fs::read_to_string(path).expect("the changelog");
    let (_, versions) = text
        .split_once("\n\n# Shop: What changed\n\n")
        .expect("its title");
    let (versions, _) = versions.rsplit_once("\n<!--").expect("its end");
    versions.trim_end().to_owned()
}

const FIRST: &str = "code: 1, id: first, http: 404, message: One";
const SECOND: &str = "code: 2, id: second, http: 404, message: Two";

#[test]
fn errors_of_the_first_release_are_added_in_none_unless_they_say_so() {
    let old = "code: 3, id: third, http: 404, message: Three, since: 0.9.0";
    let project = released(&[FIRST, old]);
    assert_eq!(
        changelog(project.path()),
        "## 0.9.0\n\n### Added\n\n- 3 `third`: Three"
    );
    let project = released(&[FIRST]);
    assert_eq!(changelog(project.path()), "No changes are known.");
}

#[test]
fn without_a_ledger_there_is_what_errors_state() {
    let project = tempfile::tempdir().expect("a temporary folder");
    let errors = [
        FIRST,
        "code: 2, id: second, http: 404, message: Two, since: 1.2.0, deprecated: { since: 1.10.0, use: first }",
        "code: 3, id: third, http: 404, message: Three, since: 1.2.0, retired: { since: next, note: { en: Gone. } }",
    ];
    write(
        project.path(),
        "catalog.yaml",
        &catalogue("1.10.0", &errors),
    );
    assert_eq!(
        changelog(project.path()),
        "\
## Next release

### Retired

- 3 `third`: Three · Gone.

## 1.10.0

### Deprecated

- 2 `second`: Two · use instead `first`

## 1.2.0

### Added

- 2 `second`: Two
- 3 `third`: Three"
    );
}

#[test]
fn what_is_withdrawn_stays_in_its_version() {
    let project = released(&[FIRST, SECOND]);
    let path = project.path();
    let deprecated = format!("{SECOND}, deprecated: {{ since: next, use: first }}");
    release(path, "1.0.0", "minor", &[FIRST, &deprecated]);
    let retired = format!("{SECOND}, retired: {{ since: next }}");
    release(path, "1.1.0", "major", &[FIRST, &retired]);
    release(path, "2.0.0", "minor", &[FIRST, SECOND]);
    assert_eq!(
        changelog(path),
        "\
## 2.1.0

### Changed

- 2 `second`
  - No longer retired

## 2.0.0

### Retired

- 2 `second`: Two

## 1.1.0

### Deprecated

- 2 `second`: Two"
    );
}

#[test]
fn the_version_that_an_error_states_counts_and_the_latest_correction_of_it() {
    let project = released(&[FIRST]);
    let path = project.path();
    let second = format!("{SECOND}, since: 0.8.0");
    release(path, "1.0.0", "minor", &[FIRST, &second]);
    assert_eq!(
        changelog(path),
        "## 0.8.0\n\n### Added\n\n- 2 `second`: Two"
    );
    let second = format!("{SECOND}, since: 0.7.0");
    write(path, "catalog.yaml", &catalogue("1.1.0", &[FIRST, &second]));
    assert_eq!(
        changelog(path),
        "## 0.7.0\n\n### Added\n\n- 2 `second`: Two"
    );
}

#[test]
fn texts_for_readers_and_what_is_about_no_error_are_no_news() {
    let project = released(&[FIRST]);
    let path = project.path();
    let described = format!("{FIRST}, description: {{ en: The first one. }}");
    release(path, "1.0.0", "minor", &[&described]);
    let other = catalogue("1.1.0", &[&described]).replace("en: All", "en: Everything");
    write(path, "catalog.yaml", &other);
    errgen(path, ["release", "minor"]).clean();
    assert_eq!(changelog(path), "No changes are known.");
}

#[test]
fn a_dropped_error_is_listed_without_a_link() {
    let project = tempfile::tempdir().expect("a temporary folder");
    let errors = [
        "code: 1, id: first, http: 404, message: One, since: 1.0.0",
        "code: 2, id: second, http: 404, message: Two, retired: { since: 1.0.0 }",
    ];
    let catalogue = catalogue("1.0.0", &errors)
        .replace("changelog: {}", "changelog: { retired: drop }")
        .replace(
            "categories:",
            "docs_url: https://example.com/{code}\ncategories:",
        );
    write(project.path(), "catalog.yaml", &catalogue);
    assert_eq!(
        changelog(project.path()),
        "\
## 1.0.0

### Added

- [1](https://example.com/1) `first`: One

### Retired

- 2 `second`: Two"
    );
}

/// Its digest is not there to withstand an attack.
#[test]
fn what_the_ledger_says_is_escaped() {
    let project = released(&[FIRST]);
    let path = project.path();
    let hostile = FIRST.replace(
        "One",
        "'</script><script>alert(1)</script> `**[x](http://x.example)**` |'",
    );
    release(path, "1.0.0", "minor", &[&hostile]);
    release(path, "1.1.0", "minor", &[FIRST]);
    let text = changelog(path);
    assert!(text.contains("&lt;script&gt;alert"), "{text}");
    assert!(
        !text.contains("<script>") && !text.contains("`**["),
        "{text}"
    );
    let words = ["generate", "site", "markdown", "--out", "all", "--quiet"];
    errgen(path, words).clean();
    for page in [
        "all/site/changes/index.html",
        "all/site/errors/1/index.html",
        "all/markdown/en/all.md",
    ] {
        let page = fs::read_to_string(path.join(page)).expect("a page");
        assert!(page.contains("&lt;script&gt;alert"), "{page}");
        assert!(!page.contains("<script>alert"), "{page}");
    }
}

/// The templates of others are rendered in a process of their own.
#[test]
fn templates_of_others_see_the_history() {
    let project = released(&[FIRST]);
    let path = project.path();
    release(path, "1.0.0", "major", &[&FIRST.replace("404", "410")]);
    let manifest = "description: A demonstration\nmodel: 2\nfiles: [{ template: demo.txt.tera, path: demo.txt }]\n";
    write(path, "templates/demo/target.yaml", manifest);
    let template = "\
{% for release in catalog.releases %}{{ release.version }}: {{ release.changed[0].error.id }}
{% endfor %}{% for entry in catalog.errors[0].history %}{% for change in entry.changes %}\
{{ entry.version }} {{ change.kind }} {{ change.was }} {{ change.now }}
{% endfor %}{% endfor %}{{ catalog.uses.history }}
";
    write(path, "templates/demo/demo.txt.tera", template);
    errgen(path, ["generate", "demo", "--templates", "templates"]).clean();
    let text = fs::read_to_string(path.join("generated/demo/demo.txt")).expect("the file");
    assert_eq!(text, "2.0.0: first\n2.0.0 status-changed 404 410\ntrue\n");
}

#[test]
fn explain_tells_programs_what_changed() {
    let project = released(&[SECOND, FIRST]);
    let path = project.path();
    let changed = FIRST.replace("404", "410");
    release(path, "1.0.0", "major", &[SECOND, &changed]);
    let text = errgen(path, ["explain", "1", "--format", "json"])
        .clean()
        .stdout;
    let found: Value = serde_json::from_str(&text).expect("JSON");
    let history = &found[0]["error"]["history"];
    assert_eq!(history[0]["version"], "2.0.0");
    assert_eq!(history[0]["changes"][0]["kind"], "status-changed");
    assert_eq!(history[0]["changes"][0]["now"], "410");
}

/// No manifest can take anything from another one.
#[test]
fn targets_escape_texts_and_call_changes_alike() {
    let manifest = |target: &str| -> Value {
        let path = repository().join(format!("templates/{target}/target.yaml"));
        let text = fs::read_to_string(path).expect("a manifest");
        serde_yaml::from_str(&text).expect("YAML")
    };
    let own = manifest("changelog");
    let pages = manifest("markdown");
    for escape in ["text", "address"] {
        assert_eq!(own["escapes"][escape], pages["escapes"][escape]);
    }
    assert!(!own["data"]["changes"].is_null());
    assert_eq!(own["data"]["changes"], pages["data"]["changes"]);
    for other in [pages, manifest("site")] {
        assert!(!own["data"]["told_by_kind"].is_null());
        assert_eq!(own["data"]["told_by_kind"], other["data"]["told_by_kind"]);
    }
    for (locale, file) in [("en", "en"), ("zh", "zh-Hant")] {
        let path = repository().join(format!("templates/site/words/{file}.yaml"));
        let text = fs::read_to_string(path).expect("words");
        let words: Value = serde_yaml::from_str(&text).expect("YAML");
        let names = own["data"]["changes"][locale].as_object().expect("names");
        for (kind, name) in names {
            assert_eq!(&words[kind], name, "{file}");
        }
    }
}

/// A new rule of changes needs a name in the changelog.
#[test]
fn every_change_of_an_error_has_a_name() {
    let path = repository().join("templates/changelog/target.yaml");
    let text = fs::read_to_string(path).expect("a manifest");
    let manifest: Value = serde_yaml::from_str(&text).expect("YAML");
    let named = manifest["data"]["changes"]["en"]
        .as_object()
        .expect("names");
    let rules = errgen(repository(), ["rule"]).clean().stdout;
    // Those from C301 on are about no error, and four are no news.
    let of_errors = rules.lines().filter_map(|line| {
        let name = line.split_whitespace().nth(2)?;
        (line.starts_with("C1") || line.starts_with("C2")).then_some(name)
    });
    let mut count = 0;
    for name in of_errors {
        let no_news = [
            "error-added",
            "error-withdrawn",
            "text-changed",
            "history-changed",
        ];
        let is_news = !no_news.contains(&name);
        let is_told = named.contains_key(name) || name == "success-changed";
        assert_eq!(is_told, is_news, "{name}");
        count += 1;
    }
    assert!(count > 20);
}
