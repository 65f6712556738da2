//! What `add`, `rename`, `retire` and `deprecate` do to catalogues in any style: only what they were asked for.

mod support;

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;
use support::{errgen, write};

/// How an error is written.
#[derive(Clone, Debug)]
struct Style {
    /// In braces on one line.
    is_flow: bool,
    /// The keys in another order.
    is_turned: bool,
    quote: &'static str,
    comment: &'static str,
    /// A blank line or a comment before it.
    before: &'static str,
    /// More on lines of its own.
    has_texts: bool,
}

/// How a catalogue is written.
#[derive(Clone, Debug)]
struct Catalog {
    errors: Vec<Style>,
    indent: usize,
    line_end: &'static str,
    has_mark: bool,
    ends: bool,
}

fn style() -> impl Strategy<Value = Style> {
    let comment = select(vec![
        "",
        "   # as the page says",
        " # {not: flow}, [or a list",
    ]);
    let before = select(vec![
        "",
        "\n",
        "# The next one.\n",
        "\n# - code: 9 is taken\n\n",
    ]);
    (
        any::<[bool; 3]>(),
        select(&["", "'", "\""][..]),
        comment,
        before,
    )
        .prop_map(
            |([is_flow, is_turned, has_texts], quote, comment, before)| Style {
                is_flow,
                is_turned,
                quote,
                comment,
                before,
                has_texts,
            },
        )
}

fn catalog() -> impl Strategy<Value = Catalog> {
    let errors = prop::collection::vec(style(), 2..5);
    (errors, 0..3_usize, any::<[bool; 3]>()).prop_map(
        |(errors, indent, [is_crlf, has_mark, ends])| Catalog {
            errors,
            indent,
            line_end: if is_crlf { "\r\n" } else { "\n" },
            has_mark,
            ends,
        },
    )
}

impl Style {
    fn text(&self, number: usize, indent: &str) -> String {
        let Self { quote, comment, .. } = self;
        let mut keys = [
            format!("code: {}", 1000 + number),
            format!("id: {quote}error_{number}{quote}"),
            "http: 404".to_owned(),
            format!("message: {quote}No {number}{quote}"),
        ];
        if self.is_turned {
            keys.reverse();
        }
        let mut lines: Vec<String> = self.before.lines().map(str::to_owned).collect();
        if self.is_flow {
            lines.push(format!("- {{ {} }}{comment}", keys.join(", ")));
        } else {
            let leads = std::iter::once("- ").chain(std::iter::repeat("  "));
            let keys = leads.zip(keys);
            lines.extend(keys.map(|(lead, key)| format!("{lead}{key}{comment}")));
            let texts = [
                "  description:",
                "    en: >-",
                "      It is",
                "      not there.",
            ];
            let texts = texts.into_iter().filter(|_| self.has_texts);
            lines.extend(texts.map(str::to_owned));
        }
        let indented = lines.iter().map(|line| match line.as_str() {
            "" => "\n".to_owned(),
            line => format!("{indent}{line}\n"),
        });
        indented.collect()
    }
}

impl Catalog {
    fn text(&self) -> String {
        let indent = " ".repeat(4 + self.indent);
        let errors = self.errors.iter().enumerate();
        let errors: String = errors
            .map(|(number, style)| style.text(number, &indent))
            .collect();
        let text = format!(
            "catalog: shop\nversion: 1.2.0\ntitle: {{ en: Shop errors }}\nlocales: [en]\ntargets: {{ markdown: {{}} }}\ncategories:\n  - id: request\n    title: {{ en: Request }}\n    errors:\n{errors}# The end.\n"
        );
        let mark = if self.has_mark { "\u{feff}" } else { "" };
        let text = if self.ends {
            text.as_str()
        } else {
            text.trim_end()
        };
        format!("{mark}{}", text.replace('\n', self.line_end))
    }
}

/// The error with an id, as errgen reads it.
fn told(folder: &Path, id: &str) -> Value {
    let told = errgen(folder, ["explain", id, "--format", "json"])
        .clean()
        .stdout;
    let told: Value = serde_json::from_str(&told).expect("JSON");
    told[0]["error"].clone()
}

/// Whether one piece was added to a text, and nothing else was changed.
fn is_only_added_to(before: &str, after: &str) -> bool {
    let same = before
        .bytes()
        .zip(after.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    let rest = before.len() - same;
    after.len() >= before.len()
        && after.as_bytes()[after.len() - rest..] == before.as_bytes()[same..]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_edit_leaves_everything_else_as_it_is(catalog in catalog(), at in any::<prop::sample::Index>()) {
        let text = catalog.text();
        let number = at.index(catalog.errors.len());
        let other = (number + 1) % catalog.errors.len();
        let (id, other) = (format!("error_{number}"), format!("error_{other}"));
        let run = |words: &[&str]| {
            let folder = tempfile::tempdir().expect("a temporary folder");
            write(folder.path(), "catalog.yaml", &text);
            errgen(folder.path(), ["lint"]).clean();
            errgen(folder.path(), words.iter().copied()).clean();
            let after = fs::read_to_string(folder.path().join("catalog.yaml")).expect("a catalogue");
            assert_eq!(errgen(folder.path(), ["lint"]).status, 0, "{after}");
            // No line end is another than those that were there.
            if catalog.line_end == "\r\n" {
                assert_eq!(after.matches('\n').count(), after.matches("\r\n").count(), "{after:?}");
            } else {
                assert!(!after.contains('\r'), "{after:?}");
            }
            (folder, after)
        };

        let (folder, after) = run(&["retire", &id]);
        prop_assert!(is_only_added_to(&text, &after), "{after}");
        prop_assert_eq!(&told(folder.path(), &id)["retired"]["since"], "next");

        let (folder, after) = run(&["deprecate", &id, "--use", &other]);
        prop_assert!(is_only_added_to(&text, &after), "{after}");
        prop_assert_eq!(&told(folder.path(), &id)["deprecated"]["use"]["id"], other.as_str());

        let (folder, after) = run(&["add", "request", "--id", "new_one", "--http", "410", "--message", "It's: {gone} #1"]);
        prop_assert!(is_only_added_to(&text, &after), "{after}");
        prop_assert_eq!(&told(folder.path(), "new_one")["code"], 1000 + catalog.errors.len());

        let (_, after) = run(&["add", "--locale", "pt-BR"]);
        let has_description = |style: &&Style| style.has_texts && !style.is_flow;
        let texts = 2 + catalog.errors.iter().filter(has_description).count();
        prop_assert_eq!(after.matches("pt-BR: ~").count(), texts, "{}", after);
        let own_lines = after.split_inclusive('\n').filter(|line| line.trim() != "pt-BR: ~");
        let rest: String = own_lines.collect();
        prop_assert_eq!(rest.replace(", pt-BR: ~ }", " }").replace("[en, pt-BR]", "[en]"), text.as_str());

        let (folder, after) = run(&["rename", &id, "new_id"]);
        prop_assert_eq!(&told(folder.path(), "new_id")["renamed_from"][0]["id"], id.as_str());
        // Apart from the id, it is only added to.
        let position = text.find(&id).expect("the id");
        let renamed = format!("{}new_id{}", &text[..position], &text[position + id.len()..]);
        prop_assert!(is_only_added_to(&renamed, &after), "{after}");
    }
}
