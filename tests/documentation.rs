//! The documentation says what is so: its links lead somewhere, and what it lists is there.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use support::repository;
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
    // The rule pages are shown on their own; `docs/rules.md` holds them all.
    parts[0] == "generated" || parts.contains(&"expected") || path.starts_with("src/")
}

/// Every file and folder of the repository, with `/` between the parts of its path.
fn files() -> Vec<String> {
    let root = repository();
    let ignored = [
        ".git",
        "target",
        "fuzz/artifacts",
        "fuzz/corpus",
        "fuzz/target",
    ]
    .map(|path| root.join(path));
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

/// A page without its code: blocks and spans are examples, and not links.
fn prose(page: &str) -> String {
    let mut is_block = false;
    let mut prose = String::new();
    for line in page.lines() {
        if line.trim_start().starts_with("```") {
            is_block = !is_block;
        } else if !is_block {
            prose.extend(line.split('`').step_by(2));
            prose.push('\n');
        }
    }
    prose
}

/// The targets of all Markdown links and pictures in a text.
fn links(prose: &str) -> Vec<&str> {
    let ends = prose.split("](").skip(1);
    ends.filter_map(|rest| rest.split_once(')').map(|(target, _)| target))
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
        for link in links(&prose(&text)) {
            if link.contains("://") {
                continue;
            }
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
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

#[test]
fn the_table_of_what_to_open_names_what_is_there() {
    let page = read("CONTRIBUTING.md");
    let rows = table(&page, "To change X, open Y");
    assert!(rows.len() > 20);
    let files = files();
    let makefile = read("Makefile");
    for row in rows {
        let [change, open] = row[..] else {
            panic!("not two cells: {row:?}");
        };
        assert!(spans(open).count() > 0, "{change}: nothing to open");
        for span in spans(open) {
            let is_there = match span.strip_prefix("make ") {
                Some(target) => makefile.contains(&format!("\n{target}:")),
                None => files
                    .iter()
                    .any(|path| fits(span.trim_end_matches('/'), path)),
            };
            assert!(is_there, "{change}: {span} is not there");
        }
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
