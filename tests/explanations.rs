//! `explanation`: which files are read, and where their texts are shown.

mod support;

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use support::{Run, errgen, write};
use tempfile::TempDir;

const HEAD: &str = "catalog: shop\nversion: 1.0.0\ntitle: { en: Shop errors }\nlocales: [en, de, zh-TW]\nlint: { missing-translation: allow }\n";
const CATEGORY: &str = "categories:\n  - id: request\n    title: { en: Request }\n    errors:\n";

/// An error of this code with an explanation.
fn error(code: usize, explanation: &str) -> String {
    format!(
        "      - {{ code: {code}, id: error_{code}, http: 404, message: Message {code}, explanation: {explanation} }}\n"
    )
}

/// A catalogue whose errors have these explanations.
fn catalog(explanations: &[&str]) -> TempDir {
    let errors = explanations.iter().enumerate();
    let errors: String = errors.map(|(at, it)| error(at + 1, it)).collect();
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(
        folder.path(),
        "catalog.yaml",
        &(HEAD.to_owned() + CATEGORY + &errors),
    );
    folder
}

/// A catalogue of one error with this explanation.
fn explained(text: &str) -> TempDir {
    let folder = catalog(&["docs/error.md"]);
    write(folder.path(), "docs/error.md", text);
    folder
}

fn lint(folder: &Path) -> Run {
    errgen(folder, ["lint"])
}

fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The explanation as the site has it.
fn on_the_site(folder: &Path, page: &str) -> String {
    errgen(folder, ["generate", "site"]).clean();
    let page = read(folder, &format!("generated/site/{page}"));
    let (_, rest) = page
        .split_once("<div class=\"explanation\"")
        .expect("an explanation");
    // It ends with its own element, and so do the text and the body of the page.
    let (text, _) = rest
        .split_once("\n</div>\n</div>\n</div>\n</article>")
        .expect("its end");
    text.trim_end().to_owned()
}

/// The explanation as a page in Markdown has it.
fn in_markdown(folder: &Path, flavour: &str) -> String {
    let catalog = read(folder, "catalog.yaml");
    let (catalog, _) = catalog.split_once("targets:").unwrap_or((&catalog, ""));
    let catalog = format!("{catalog}targets: {{ markdown: {{ flavour: {flavour} }} }}\n");
    write(folder, "catalog.yaml", &catalog);
    errgen(folder, ["generate", "markdown"]).clean();
    let page = read(folder, "generated/markdown/en/request.md");
    let (_, rest) = page.split_once(" MD030 -->\n").expect("an explanation");
    let (text, _) = rest
        .split_once("<!-- prettier")
        .expect("the end of the page");
    format!("{}\n", text.trim_end())
}

fn explain(folder: &Path, code: &str) -> String {
    let text = errgen(folder, ["explain", code]).clean().stdout;
    let (_, explanation) = text.split_once("\n\n").expect("an explanation");
    explanation.to_owned()
}

#[test]
fn each_locale_has_its_own_or_that_of_the_fallback() {
    let folder = catalog(&["{ de: docs/de.md, en: docs/en.md }", "docs/en.md"]);
    write(folder.path(), "docs/en.md", "English\n");
    write(folder.path(), "docs/de.md", "Deutsch\n");
    lint(folder.path()).clean();
    for (page, text) in [
        ("errors/1", ">\n<p dir=\"auto\">English</p>"),
        ("de/errors/1", ">\n<p dir=\"auto\">Deutsch</p>"),
        (
            "zh-TW/errors/1",
            " lang=\"en\">\n<p dir=\"auto\">English</p>",
        ),
        ("de/errors/2", " lang=\"en\">\n<p dir=\"auto\">English</p>"),
    ] {
        let shown = on_the_site(folder.path(), &format!("{page}/index.html"));
        assert_eq!(shown.trim_end(), text, "{page}");
    }
    let index = read(folder.path(), "generated/site/index.json");
    let index: Value = serde_json::from_str(&index).expect("JSON");
    let texts = &index["errors"][0]["explanation"];
    assert_eq!(
        (&texts["en"], &texts["de"], &texts["zh-TW"]),
        (&"English".into(), &"Deutsch".into(), &"English".into())
    );
    let words = ["explain", "1", "--format", "json", "--locale", "de-AT"];
    let found: Value =
        serde_json::from_str(&errgen(folder.path(), words).clean().stdout).expect("JSON");
    assert_eq!(
        found[0]["explanation"],
        serde_json::json!([{ "locale": "de", "value": "Deutsch" }])
    );
    let text = errgen(folder.path(), ["explain", "1"]).clean().stdout;
    assert!(
        text.ends_with(
            "\n\n  explanation   [en]\n    English\n\n  explanation   [de]\n    Deutsch\n"
        ),
        "{text}"
    );
}

#[test]
fn the_site_shows_blocks_in_blocks() {
    let folder = explained(
        "# One\n\n3. a\n4. - b\n\n     c\n\n> d\n> - e\n\n```json\n{\n\t\"<\": 1\n}\n```\n\n### Two `x` *y*\n",
    );
    let shown = on_the_site(folder.path(), "errors/1/index.html");
    let expected = [
        ">",
        "<h2 dir=\"auto\">One</h2>",
        "<ol start=\"3\"><li>a</li>",
        "<li><ul><li><p dir=\"auto\">b</p>",
        "<p dir=\"auto\">c</p></li></ul></li></ol>",
        "<blockquote><p dir=\"auto\">d</p>",
        "<ul><li>e</li></ul></blockquote>",
        "<div class=\"block\"><pre tabindex=\"0\" translate=\"no\"><code class=\"language-json\">{\n\t\"&lt;\": 1\n}</code></pre></div>",
        "<h4 dir=\"auto\">Two <code translate=\"no\">x</code> <em>y</em></h4>",
    ];
    assert_eq!(shown.trim_end(), expected.join("\n"));
}

#[test]
fn lines_of_a_paragraph_are_joined_by_a_space_but_not_in_chinese() {
    let folder = explained("one\ntwo *three*\nfour\n\n餘額\n不足，\n請加值 PIX\n點數\n");
    let shown = on_the_site(folder.path(), "errors/1/index.html");
    let expected = "<p dir=\"auto\">one two <em>three</em> four</p>\n<p dir=\"auto\">餘額不足，請加值 PIX 點數</p>";
    assert_eq!(shown.trim_end(), format!(">\n{expected}"));
}

#[test]
fn links_are_written_in_ascii_and_once_for_all_that_they_hold() {
    let folder = explained("[a **b** `c`](https://例.example/頁?q=(x)&r#é) https://example.com\n");
    let url = "https://%E4%BE%8B.example/%E9%A0%81?q=(x)&amp;r#%C3%A9";
    let shown = on_the_site(folder.path(), "errors/1/index.html");
    let link =
        format!("<a href=\"{url}\">a <strong>b</strong> <code translate=\"no\">c</code></a>");
    assert_eq!(
        shown.trim_end(),
        format!(">\n<p dir=\"auto\">{link} https://example.com</p>")
    );
    let url = url.replace('(', "%28").replace(')', "%29");
    let link = format!("[a <strong>b</strong> <code>c</code>]({url})");
    assert_eq!(
        in_markdown(folder.path(), "github"),
        format!("\n{link} https&#58;//example.com\n")
    );
}

/// What would be a block, a directive or a script of a reader, at the start of a line and within it.
#[test]
fn a_text_is_data_in_every_flavour() {
    let starts = [
        "\\- a",
        "\\+ a",
        "1\\. a",
        "\\# a",
        "\\> a",
        "\\!!! note",
        "\\::: note",
        "\\=== tab",
        "\\/// tab",
        "\\??? more",
        "\\+++",
        "\\| a | b |",
        "\\{% raw %}",
        "\\{{#include /etc/passwd}}",
        "\\<script>alert(1)\\</script>",
        "\\&lt;b>",
        "\\* a",
        "\\[a\\]",
        "\\~~a~~",
        "\\$a$",
        "\\:smile: @octocat",
    ];
    for start in starts {
        let plain = start.strip_prefix('\\').unwrap_or(start).replace('\\', "");
        let text = format!("{start}\n\n- {start}\n\n`{plain}`\n\n~~~text\n{plain}\n~~~\n");
        let folder = explained(&text);
        for flavour in ["github", "mdbook", "mkdocs", "docusaurus"] {
            let shown = in_markdown(folder.path(), flavour);
            for sign in [
                "{{", "{%", "<script", "</script", "```", "\n:::", "\n!!!", "\n???", "\n===",
                "\n///", "\n+++", ":smile:", "@octocat",
            ] {
                assert!(!shown.contains(sign), "{flavour}: {sign} in {shown}");
            }
            let lines: Vec<_> = shown.lines().filter(|line| !line.is_empty()).collect();
            assert_eq!(lines.len(), 4, "{flavour}: {shown}");
            let starts_block = |line: &str| {
                line.starts_with(['-', '+', '#', '>', '|', '*', '=', ':', '~', '\\'])
                    || line.starts_with("1.")
            };
            assert!(!starts_block(lines[0]), "{flavour}: {shown}");
            let item = lines[1].strip_prefix("-   ").expect("an item");
            assert!(!starts_block(item), "{flavour}: {shown}");
            assert!(
                lines[2].starts_with("<code>")
                    && lines[3].starts_with("<pre><code class=\"language-text\">"),
                "{shown}"
            );
        }
        let shown = on_the_site(folder.path(), "errors/1/index.html");
        assert!(
            !shown.contains("<script") && !shown.contains("<b>"),
            "{shown}"
        );
    }
}

#[test]
fn hidden_characters_are_shown_where_they_are() {
    let text = "a\u{202e}b\u{7}c `d\u{202e}e\u{7}f`\n\n    g\u{202e}h\u{7}i\n";
    let folder = explained(text);
    let shown = explain(folder.path(), "1");
    assert!(
        shown.ends_with(
            "\n    a\\u{202e}b\\u{7}c d\\u{202e}e\\u{7}f\n\n        g\\u{202e}h\\u{7}i\n"
        ),
        "{shown}"
    );
    let shown = in_markdown(folder.path(), "github");
    let expected = "\na&#x202E;b\\\\x07c <code>d&#x202E;e&#92;x07f</code>\n\n<pre><code>g&#x202E;h&#92;x07i</code></pre>\n";
    assert_eq!(shown, expected);
    let shown = on_the_site(folder.path(), "errors/1/index.html");
    assert_eq!(shown.matches("data-char=\"0007\"").count(), 3, "{shown}");
}

#[test]
fn braces_are_plain_text() {
    let folder = explained("The user {user} and {{x}} and {.\n");
    let text = explain(folder.path(), "1");
    assert!(
        text.ends_with("\n    The user {user} and {{x}} and {.\n"),
        "{text}"
    );
}

#[test]
fn no_line_of_an_explanation_passes_for_a_row() {
    let folder = explained("docs          https://evil.example\n\n&#10;&#32;&#32;docs\n");
    let text = errgen(folder.path(), ["explain", "1"]).clean().stdout;
    assert!(
        text.lines().all(|line| !line.starts_with("  docs")),
        "{text}"
    );
}

#[test]
fn files_of_included_files_are_read_and_reported_there() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(
        folder.path(),
        "catalog.yaml",
        &format!("{HEAD}include: [errors/*.yaml]\n"),
    );
    // From the catalogue's folder, wherever the file is.
    write(
        folder.path(),
        "errors/a.yaml",
        &format!("{CATEGORY}{}", error(1, "docs/a.md")),
    );
    write(folder.path(), "errors/docs/a.md", "Not this one.\n");
    let run = lint(folder.path());
    assert!(
        run.stderr
            .starts_with("errors/a.yaml:5:77: error[E010]: there is no file `docs/a.md`\n"),
        "{}",
        run.stderr
    );
    write(folder.path(), "docs/a.md", "This <b>one</b>.\n");
    let run = errgen(folder.path(), ["lint", "--format", "github"]);
    assert!(
        run.stdout.contains("file=docs/a.md,line=1,"),
        "{}",
        run.stdout
    );
    write(folder.path(), "docs/a.md", "This one.\n");
    lint(folder.path()).clean();
}

#[test]
fn a_fix_of_the_catalogue_keeps_its_explanations() {
    let folder = explained("Text.\n");
    let wrong = read(folder.path(), "catalog.yaml").replace("explanation", "explanaton");
    write(folder.path(), "catalog.yaml", &wrong);
    let run = errgen(folder.path(), ["lint", "--fix"]).clean();
    assert_eq!(run.stdout, "catalog.yaml: 1 fixed, no problems found\n");
    fs::remove_file(folder.path().join("docs/error.md")).expect("removed");
    write(folder.path(), "catalog.yaml", &wrong);
    let run = errgen(folder.path(), ["lint", "--fix"]);
    assert!(run.stderr.contains("error[E010]"), "{}", run.stderr);
}

#[test]
fn a_depfile_lists_each_file_once() {
    let folder = catalog(&["docs/b.md", "docs/a.md", "docs/b.md"]);
    write(folder.path(), "docs/a.md", "A\n");
    write(folder.path(), "docs/b.md", "B\n");
    errgen(
        folder.path(),
        ["generate", "markdown", "--depfile", "errgen.d"],
    )
    .clean();
    let text = read(folder.path(), "errgen.d");
    let inputs: Vec<_> = text
        .lines()
        .filter_map(|line| line.strip_suffix(':'))
        .collect();
    assert_eq!(
        inputs[inputs.len() - 4..][..3],
        ["catalog.yaml", "docs/a.md", "docs/b.md"]
    );
}

/// Others' templates are rendered in a process of their own, which is sent the texts.
#[test]
fn templates_of_ones_own_see_them() {
    let folder = support::project();
    let text = read(folder.path(), "catalog.yaml")
        .replace("message: One,", "message: One, explanation: docs/one.md,");
    write(folder.path(), "catalog.yaml", &text);
    write(
        folder.path(),
        "docs/one.md",
        "# A\n\n[b](https://example.com/) `c`\n",
    );
    write(
        folder.path(),
        "templates/demo/category.txt.tera",
        "{% for error in category.errors %}{% if error.explanation %}{% for block in error.explanation.default.blocks %}{{ block.kind }}:{% for run in block.runs %} {{ run.kind }}={{ run.text }}={{ run.link }}{% endfor %}\n{% endfor %}{% endif %}{% endfor %}",
    );
    let words = ["generate", "demo", "--templates", "templates"];
    errgen(folder.path(), words).clean();
    assert_eq!(
        read(folder.path(), "generated/demo/first/category.txt"),
        "heading: text=A=\nparagraph: text=b=https://example.com/ text= = code=c=\n"
    );
}

#[cfg(unix)]
#[test]
fn links_are_followed_within_the_folder_and_to_allowed_ones() {
    let folder = catalog(&["docs/a.md", "docs/b.md"]);
    write(folder.path(), "shared/a.md", "A\n");
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    write(elsewhere.path(), "b.md", "B\n");
    fs::create_dir(folder.path().join("docs")).expect("a folder");
    support::link(
        Path::new("../shared/a.md"),
        &folder.path().join("docs/a.md"),
    );
    support::link(
        &elsewhere.path().join("b.md"),
        &folder.path().join("docs/b.md"),
    );
    let run = lint(folder.path());
    assert_eq!(run.stderr.matches("error[").count(), 1, "{}", run.stderr);
    assert!(
        run.stderr
            .contains("error[E010]: `docs/b.md` leads out of the catalogue's folder\n")
    );
    let allowed = elsewhere.path().to_str().expect("a path in UTF-8");
    errgen(folder.path(), ["lint", "--allow-links-to", allowed]).clean();
}

/// It is neither waited for nor read without end.
#[cfg(unix)]
#[test]
fn a_pipe_is_refused() {
    let folder = catalog(&["docs/pipe.md"]);
    fs::create_dir(folder.path().join("docs")).expect("a folder");
    let pipe = folder.path().join("docs/pipe.md");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo starts").success());
    let run = lint(folder.path());
    assert!(
        run.stderr
            .contains("error[E010]: `docs/pipe.md` is a pipe or a device\n"),
        "{}",
        run.stderr
    );
}

#[test]
fn there_is_a_limit_to_the_number_of_files() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut text = format!("{HEAD}include: [more.yaml]\n{CATEGORY}");
    for number in 1..=10_000 {
        write(folder.path(), &format!("docs/{number}.md"), "Text.\n");
        text += &error(number, &format!("docs/{number}.md"));
    }
    write(folder.path(), "catalog.yaml", &text);
    write(
        folder.path(),
        "more.yaml",
        &format!("{CATEGORY}{}", error(10_001, "docs/1.md")).replace("request", "other"),
    );
    let run = lint(folder.path());
    let message = "catalog.yaml:10010:89: error[E010]: the catalogue names more than 10000 files\n";
    assert!(run.stderr.contains(message), "{}", run.stderr);
}

/// Each error shows the text anew: a few lines must not make gigabytes.
#[test]
fn there_is_a_limit_to_the_size_of_all_texts_together() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), "docs/a.md", &"word ".repeat(200_000));
    let mut text = format!("{HEAD}{CATEGORY}");
    for number in 1..=1100 {
        let _ = write!(text, "{}", error(number, "docs/a.md"));
    }
    write(folder.path(), "catalog.yaml", &text);
    let run = lint(folder.path());
    assert!(
        run.stderr
            .contains("error[E003]: all files together are larger than 1 GiB\n"),
        "{}",
        run.stderr
    );
}

#[test]
fn an_errgen_that_is_too_old_reads_none() {
    let folder = catalog(&["docs/none.md"]);
    let text = read(folder.path(), "catalog.yaml") + "errgen: { requires: '>=99' }\n";
    write(folder.path(), "catalog.yaml", &text);
    let run = lint(folder.path());
    assert!(run.stderr.contains("error[E210]"), "{}", run.stderr);
    assert!(!run.stderr.contains("error[E010]"), "{}", run.stderr);
}
