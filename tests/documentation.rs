//! The documentation says what is so: its links lead somewhere, and what it lists is there.

mod support;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use serde_json::Value;
use support::{errgen, expect_file, repository, with_part, write};
use walkdir::{DirEntry, WalkDir};

/// The pages that people write, by their paths in the repository; what errgen generates is checked elsewhere.
fn pages() -> Vec<String> {
    let pages: Vec<_> = files()
        .into_iter()
        .filter(|path| path.strip_suffix(".md").is_some() && !is_generated(path))
        .collect();
    assert!(pages.len() > 20, "{pages:?}");
    pages
}

fn is_generated(path: &str) -> bool {
    let parts: Vec<_> = path.split('/').collect();
    // Explanations of errors are what a test has errgen read. The rule pages are shown on their own; `docs/rules.md` holds them all.
    let is_read = ["tests/cases/", "tests/import/", "tests/invalid/"]
        .iter()
        .any(|folder| path.starts_with(folder));
    parts[0] == "generated" || parts.contains(&"expected") || is_read || path.starts_with("src/")
}

/// What runs leave in the repository and Git ignores.
const IGNORED: [&str; 5] = [
    ".git",
    "target",
    "fuzz/artifacts",
    "fuzz/corpus",
    "fuzz/target",
];

/// Every file and folder of the repository, with `/` between the parts of its path.
fn files() -> Vec<String> {
    let root = repository();
    let ignored = IGNORED.map(|path| root.join(path));
    let is_ours = |entry: &DirEntry| !ignored.iter().any(|path| entry.path() == path);
    WalkDir::new(root)
        .min_depth(1)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(is_ours)
        .map(|entry| {
            let entry = entry.expect("the repository can be read");
            let path = entry.path().strip_prefix(root).expect("below the root");
            path.to_str()
                .expect("a path in UTF-8")
                .replace(MAIN_SEPARATOR, "/")
        })
        .collect()
}

fn read(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A page without its blocks of code, which are examples.
fn without_blocks(page: &str) -> String {
    let mut is_block = false;
    let mut kept = String::new();
    for line in page.lines() {
        if line.trim_start().starts_with("```") {
            is_block = !is_block;
        } else if !is_block {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// The targets of all Markdown links and pictures in a text; what stands between backticks is none.
fn links(text: &str) -> Vec<String> {
    let text: String = text.split('`').step_by(2).collect();
    let ends = text.split("](").skip(1);
    ends.filter_map(|rest| rest.split_once(')').map(|(target, _)| target.to_owned()))
        .collect()
}

/// The anchors of a page, as GitHub makes them of its headings.
fn anchors(page: &str) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    let mut is_block = false;
    for line in page.lines() {
        is_block ^= line.starts_with("```");
        let heading = line.trim_start_matches('#');
        if is_block || heading.len() == line.len() || !heading.starts_with(' ') {
            continue;
        }
        let letters = heading.trim().to_lowercase();
        let letters = letters.chars().filter_map(|c| match c {
            ' ' => Some('-'),
            c if c.is_alphanumeric() || c == '-' || c == '_' => Some(c),
            _ => None,
        });
        anchors.insert(letters.collect());
    }
    anchors
}

#[test]
fn every_link_leads_to_a_file_and_a_heading() {
    let mut followed = 0;
    for page in pages() {
        let text = read(&page);
        let folder = Path::new(&page).parent().expect("a folder");
        for link in links(&without_blocks(&text)) {
            if link.contains("://") {
                continue;
            }
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = match file {
                "" => PathBuf::from(&page),
                file => folder.join(file),
            };
            let target = repository().join(target);
            assert!(target.exists(), "{page}: nothing is at {link}");
            if !anchor.is_empty() {
                let text = fs::read_to_string(&target).expect("a page");
                let is_there = anchors(&text).contains(anchor)
                    || text.contains(&format!("<a id=\"{anchor}\">"));
                assert!(is_there, "{page}: no heading is at {link}");
            }
            followed += 1;
        }
    }
    assert!(followed > 50);
}

/// The cells of each row of the first table below a heading, without its head.
fn table<'a>(page: &'a str, heading: &str) -> Vec<Vec<&'a str>> {
    let (_, rest) = page
        .split_once(&format!("\n## {heading}\n"))
        .unwrap_or_else(|| panic!("no heading {heading}"));
    let rows = rest.lines().skip_while(|line| !line.starts_with('|'));
    let rows = rows.take_while(|line| line.starts_with('|')).skip(2);
    rows.map(|row| row.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect()
}

/// The spans of code in a text.
fn spans(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// Whether a pattern names a path: `<language>` stands for a whole name, `*` for the rest of one.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, path) = (pattern.split('/'), path.split('/'));
    pattern.clone().count() == path.clone().count()
        && pattern
            .zip(path)
            .all(|(part, name)| match part.split_once('*') {
                _ if part.starts_with('<') => true,
                Some((start, end)) => name.starts_with(start) && name.ends_with(end),
                None => part == name,
            })
}

/// Whether what a span of code names is there: a file, a folder, or a command of the repository. Other spans name nothing.
fn names_nothing_missing(span: &str, files: &[String], makefile: &str) -> bool {
    let is_there = |path: &str| {
        files
            .iter()
            .any(|file| fits(path.trim_end_matches('/'), file))
    };
    match span.split(' ').collect::<Vec<_>>()[..] {
        ["make", target, ..] => makefile.contains(&format!("\n{target}:")),
        ["tests/run", name, ..] if !name.starts_with('<') => is_there(&format!("tests/{name}")),
        ["tests/sdk/run", target, ..] => is_there(&format!("tests/sdk/{target}")),
        ["cargo", "test", "--test", name, ..] => is_there(&format!("tests/{name}.rs")),
        [path, ..] if IGNORED.iter().any(|ignored| path.starts_with(ignored)) => true,
        [path, ..] if ROOMS.iter().any(|room| path.starts_with(room)) => is_there(path),
        _ => true,
    }
}

/// What a path in the repository starts with, where a page names one.
const ROOMS: [&str; 11] = [
    ".ci/",
    ".github/",
    "benches/",
    "build/",
    "docs/",
    "examples/",
    "fuzz/",
    "generated/",
    "src/",
    "templates/",
    "tests/",
];

#[test]
fn every_path_and_command_on_a_page_is_there() {
    let (files, makefile) = (files(), read("Makefile"));
    let mut named = 0;
    // Their paths are those of programs that use a module.
    let pages = pages()
        .into_iter()
        .filter(|page| !page.starts_with("docs/sdk/"));
    for page in pages {
        let text = read(&page);
        let blocks = text.lines().filter_map(|line| line.strip_prefix("    "));
        for span in spans(&without_blocks(&text)).chain(blocks) {
            assert!(
                names_nothing_missing(span, &files, &makefile),
                "{page}: {span} is not there"
            );
            named += 1;
        }
    }
    assert!(named > 500);
}

#[test]
fn the_table_of_what_to_open_has_something_to_open() {
    let page = read("CONTRIBUTING.md");
    let rows = table(&page, "To change X, open Y");
    assert!(rows.len() > 20);
    for row in rows {
        let [change, open] = row[..] else {
            panic!("not two cells: {row:?}");
        };
        assert!(spans(open).next().is_some(), "{change}: nothing to open");
    }
}

#[test]
fn every_folder_is_explained() {
    let page = read("docs/architecture.md");
    let explained: BTreeSet<_> = table(&page, "The folders")
        .iter()
        .map(|row| row[0].trim_matches('`').to_owned())
        .collect();
    let is_folder = |path: &String| !path.contains('/') && repository().join(path).is_dir();
    let folders = files().into_iter().filter(is_folder);
    // Tools keep theirs out of sight.
    let folders: BTreeSet<_> = folders.filter(|name| !name.starts_with('.')).collect();
    assert_eq!(explained, folders);
}

/// The values of an option that change something.
fn values(option: &Value) -> String {
    let Some(values) = option["enum"].as_array() else {
        // A text, or some by name.
        return "…".to_owned();
    };
    let values = values.iter().filter(|value| **value != option["default"]);
    let shown = |value: &Value| value.as_str().map_or(value.to_string(), str::to_owned);
    values.map(shown).collect::<Vec<_>>().join(", ")
}

/// A page about a target: how its module is used, or how its documents are.
fn guide(target: &str) -> String {
    let places = [
        "docs/sdk/<target>.md",
        "docs/<target>.md",
        "examples/<target>/README.md",
        "templates/<target>/README.md",
    ];
    let pages = places.map(|place| place.replace("<target>", target));
    let page = pages
        .into_iter()
        .find(|page| repository().join(page).exists());
    page.unwrap_or_else(|| panic!("no page is about {target}"))
}

/// A table of the targets, as the schema of a catalogue knows them.
fn targets() -> String {
    let schema = errgen(repository(), ["schema"]).clean().stdout;
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let targets = &schema["$defs"]["Catalog"]["properties"]["targets"]["properties"];
    let mut rows =
        String::from("| target | what it writes | options | guide |\n| --- | --- | --- | --- |\n");
    for (target, options) in targets.as_object().expect("the targets") {
        let own = options["properties"].as_object().expect("its options");
        let own = own
            .iter()
            .filter(|(name, _)| !["out", "retired"].contains(&name.as_str()));
        let own: Vec<_> = own
            .map(|(name, option)| format!("`{name}: {}`", values(option)))
            .collect();
        let (written, page) = (
            options["description"].as_str().expect("a text"),
            guide(target),
        );
        let own = own.join(", ");
        writeln!(
            rows,
            "| `{target}` | {written} | {own} | [{page}]({page}) |"
        )
        .expect("a text");
    }
    rows
}

#[test]
fn a_page_lists_every_command() {
    let page = read("docs/commands.md");
    let listed: Vec<_> = table(&page, "The commands")
        .iter()
        .filter_map(|row| spans(row[0]).next()?.split(' ').nth(1).map(str::to_owned))
        .collect();
    let help = errgen(repository(), ["--help"]).clean().stdout;
    let (_, rest) = help.split_once("Commands:\n").expect("the commands");
    let (list, _) = rest.split_once("\n\n").expect("their end");
    let name = |line: &str| {
        line.strip_prefix("  ")?
            .split(' ')
            .next()
            .map(str::to_owned)
    };
    let commands: BTreeSet<_> = list
        .lines()
        .filter_map(name)
        .filter(|name| !name.is_empty() && name != "help")
        .collect();
    assert_eq!(listed.len(), commands.len());
    assert_eq!(listed.into_iter().collect::<BTreeSet<_>>(), commands);
}

/// The first block of code in a language.
fn block<'a>(page: &'a str, language: &str) -> &'a str {
    let (_, rest) = page
        .split_once(&format!("\n```{language}\n"))
        .unwrap_or_else(|| panic!("no block of {language}"));
    rest.split_once("```").expect("its end").0
}

/// Whoever follows the page, command by command, sees what it shows; and its list of targets is complete.
#[test]
fn the_readme_shows_what_errgen_does() {
    let page = with_part(&read("README.md"), &targets());
    let project = tempfile::tempdir().expect("a temporary folder");
    write(project.path(), "catalog.yaml", block(&page, "yaml"));
    let mut session = String::new();
    let mut commands = 0;
    let mut is_session = false;
    for line in page.lines() {
        if line.starts_with("```") {
            is_session = line == "```console";
        }
        let command = line.strip_prefix("$ errgen ").filter(|_| is_session);
        // Between two commands is what the first has printed.
        if !is_session || line.starts_with("```") || command.is_some() {
            session.push_str(line);
            session.push('\n');
        }
        if let Some(words) = command {
            session.push_str(&errgen(project.path(), words.split(' ')).clean().stdout);
            commands += 1;
        }
    }
    assert_eq!(commands, 2);
    expect_file(&repository().join("README.md"), &session);
}

#[test]
fn the_catalogue_on_its_page_is_clean() {
    let page = read("docs/catalogue.md");
    let project = tempfile::tempdir().expect("a temporary folder");
    write(project.path(), "catalog.yaml", block(&page, "yaml"));
    errgen(project.path(), ["lint", "--deny-warnings"]).clean();
    // The same catalogue with the file that the page shows.
    let catalog = block(&page, "yaml").to_owned() + "include: [errors/*.yaml]\n";
    write(project.path(), "catalog.yaml", &catalog);
    let included = block(&page, "yaml include");
    write(project.path(), "errors/card.yaml", included);
    errgen(project.path(), ["lint", "--deny-warnings"]).clean();
}
