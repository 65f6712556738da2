//! Properties: what comes out, read back, is what went in.

use std::collections::BTreeSet;

use errgen::catalog::{Piece, Text};
use errgen::target::{Entity, Escape, Id, Manifest, Namer};
use errgen::terminal::is_hidden;
use heck::{
    ToKebabCase, ToLowerCamelCase, ToShoutySnakeCase, ToSnakeCase, ToTitleCase, ToUpperCamelCase,
};
use proptest::prelude::*;

/// A manifest as a target has it, for a place whose reader we have: JSON strings.
fn manifest(text: &str) -> Manifest {
    let source = errgen::diagnostic::Source::new("target.yaml", text);
    Manifest::parse(&std::sync::Arc::new(source)).expect("a manifest")
}

/// An id as a rule of a manifest spells it, in a catalogue without acronyms and without other names.
fn name(manifest: &Manifest, rule: &str, id: &str) -> String {
    let namer = Namer::new(manifest, &[], &|_, _| ());
    let rule = &manifest.names[&Entity::Error][rule];
    namer.name(rule, &Id::new(id, None)).into_owned()
}

fn json_string() -> Escape {
    let manifest = manifest(
        r#"
description: JSON
files: []
escapes:
  string:
    quotes: ['"']
    replace: { '\': '\\', '"': '\"' }
    control: { format: '\uHEX', digits: 4 }
    invisible: { format: '\uHEX', digits: 4, astral: surrogates }
"#,
    );
    Escape::new(&manifest.escapes["string"])
}

fn comment(wrap: &str) -> Escape {
    let manifest = manifest(&format!(
        "
description: Comments
files: []
escapes:
  comment:
    replace: {{ '*/': '* /' }}
    control: {{ format: 'U+HEX', digits: 4 }}
    invisible: {{ format: 'U+HEX', digits: 4 }}
    {wrap}
"
    ));
    Escape::new(&manifest.escapes["comment"])
}

/// Texts with more of what matters than chance would give.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        "[ -~]{0,20}",
        prop::sample::select(vec![
            "\"",
            "'",
            "\\",
            "\\\\",
            "\n",
            "\r\n",
            "\r",
            "\t",
            "\0",
            "*/",
            "/*",
            "\"\"\"",
            "${x}",
            "\\(x)",
            "</script>",
            "{{ x }}",
            "|",
            "\u{2028}",
            "\u{2029}",
            "\u{202e}",
            "\u{200d}",
            "\u{feff}",
            "e\u{301}",
            "😀",
            "漢字",
            "\u{7f}",
            "\u{85}",
            "\u{fffe}",
            "\u{10ffff}",
            " ",
            "  ",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// Ids as a catalogue takes them.
fn ids() -> impl Strategy<Value = String> {
    "[a-z][a-z0-9]{0,5}(_[a-z0-9]{1,5}){0,3}"
}

fn written(escape: &Escape, text: &str) -> String {
    let mut output = String::new();
    escape.write(&mut output, text);
    output
}

fn lines(escape: &Escape, text: &str, prefix: &str) -> String {
    let mut output = String::new();
    escape.write_lines(&mut output, text, prefix);
    output
}

#[test]
fn every_hidden_character_is_written_by_its_number() {
    let escape = json_string();
    for character in '\0'..=char::MAX {
        let literal = written(&escape, &format!("a{character}b"));
        assert!(!literal.contains(is_hidden), "{literal:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn an_id_is_spelled_as_heck_spells_it(id in prop_oneof!["[a-z0-9_]{1,20}", "[a-zA-Z0-9_.-]{1,20}"]) {
        let spelled = |case: &str| {
            let manifest = manifest(&format!(
                "{{description: d, files: [], names: {{error: {{name: {{case: {case}}}}}}}}}"
            ));
            name(&manifest, "name", &id)
        };
        prop_assert_eq!(spelled("snake"), id.to_snake_case());
        prop_assert_eq!(spelled("shouty_snake"), id.to_shouty_snake_case());
        prop_assert_eq!(spelled("kebab"), id.to_kebab_case());
        prop_assert_eq!(spelled("lower_camel"), id.to_lower_camel_case());
        prop_assert_eq!(spelled("upper_camel"), id.to_upper_camel_case());
        prop_assert_eq!(spelled("title"), id.to_title_case());
    }

    #[test]
    fn an_escaped_text_is_read_back_equal(text in texts()) {
        let literal = written(&json_string(), &text);
        let read: String = serde_json::from_str(&literal).expect("a JSON string");
        prop_assert_eq!(read, text);
        let hidden = literal.contains(is_hidden);
        prop_assert!(!hidden, "{literal:?}");
    }

    #[test]
    fn the_quotation_mark_is_the_one_with_the_fewest_escapes(text in "[a'\"]{0,12}") {
        let manifest = manifest(
            "{description: d, files: [], escapes: {string: {quotes: ['\"', \"'\"], replace: {'\"': '\\\"', \"'\": \"\\\\'\"}}}}",
        );
        let literal = written(&Escape::new(&manifest.escapes["string"]), &text);
        let (double, single) = (text.matches('"').count(), text.matches('\'').count());
        let (mark, escapes) = if single < double { ('\'', single) } else { ('"', double) };
        prop_assert!(literal.starts_with(mark) && literal.ends_with(mark));
        prop_assert_eq!(literal.matches('\\').count(), escapes);
        prop_assert_eq!(literal[1..literal.len() - 1].replace('\\', ""), text);
    }

    #[test]
    fn no_text_leaves_its_comment(text in texts(), width in prop::option::of(20_usize..120)) {
        // No text of a catalogue is blank.
        prop_assume!(!text.trim().is_empty());
        let wrap = width.map_or(String::new(), |width| format!("wrap: {width}"));
        let lines = format!("// {}", lines(&comment(&wrap), &text, "// "));
        let mut words = String::new();
        for line in lines.split('\n') {
            prop_assert!(line == "//" || line.starts_with("// "), "{line:?} of {lines:?}");
            prop_assert!(!line.ends_with(' '), "{line:?}");
            let hidden = line.contains(is_hidden);
            prop_assert!(!hidden && !line.contains("*/"), "{line:?}");
            words.push_str(line[2..].trim());
        }
        // Nothing of the text is lost: all that is neither white space nor written by number stands there.
        let visible = |text: &str| -> String {
            text.chars().filter(|c| c.is_alphanumeric() && c.is_ascii()).collect()
        };
        let written = visible(&words);
        let mut rest = written.chars();
        for character in visible(&text).chars() {
            prop_assert!(rest.any(|c| c == character), "{text:?} as {lines:?}");
        }
    }

    #[test]
    fn a_template_is_split_into_what_it_was_made_of(
        pieces in prop::collection::vec(prop_oneof![texts().prop_map(Ok), ids().prop_map(Err)], 0..8)
    ) {
        // Neighbouring literals are one, and an empty one is none.
        let mut expected: Vec<Result<String, String>> = Vec::new();
        for piece in pieces {
            match (expected.last_mut(), piece) {
                (_, Ok(text)) if text.is_empty() => {}
                (Some(Ok(last)), Ok(text)) => last.push_str(&text),
                (_, piece) => expected.push(piece),
            }
        }
        let template: String = expected
            .iter()
            .map(|piece| match piece {
                Ok(literal) => literal.replace('{', "{{").replace('}', "}}"),
                Err(name) => format!("{{{name}}}"),
            })
            .collect();
        let text = Text::parse(template.as_str().into()).expect("a template");
        let found: Vec<_> = text
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Literal(literal) => Ok(literal.to_string()),
                Piece::Parameter(name) => Err(name.to_string()),
            })
            .filter(|piece| piece != &Ok(String::new()))
            .collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn any_text_is_a_template_or_has_a_brace_that_does_not_fit(text in texts()) {
        match Text::parse(text.as_str().into()) {
            Ok(parsed) if parsed.parameters().next().is_none() => {
                let plain = text.replace("{{", "{").replace("}}", "}");
                prop_assert_eq!(parsed.value(), plain.as_str());
            }
            Ok(parsed) => prop_assert_eq!(parsed.value(), text.as_str()),
            Err(_) => prop_assert!(text.contains(['{', '}']), "{}", text),
        }
    }

    #[test]
    fn a_name_of_whole_words_is_read_back_as_its_id(id in "[a-z]{2,6}(_[a-z]{2,6}){0,3}") {
        let manifest = manifest(
            "{description: d, files: [], names: {error: {
                a: {case: snake}, b: {case: shouty_snake}, c: {case: kebab}, d: {case: lower_camel}, e: {case: upper_camel}, f: {case: title}}}}",
        );
        for rule in manifest.names[&Entity::Error].keys() {
            let name = name(&manifest, rule, &id);
            // Split where the spelling marks a word: at a capital after a small letter, or at a separator.
            let mut words = String::new();
            let mut after_small = false;
            for character in name.chars() {
                if character.is_uppercase() && after_small {
                    words.push('_');
                }
                after_small = character.is_lowercase();
                words.extend(if matches!(character, ' ' | '-') { '_'.to_lowercase() } else { character.to_lowercase() });
            }
            prop_assert_eq!(words.replace("__", "_"), id.as_str(), "{}", name);
        }
    }

    #[test]
    fn a_name_is_never_a_reserved_word(id in ids(), words in prop::collection::vec(ids(), 0..6)) {
        let list = words.join(", ");
        let manifest = manifest(&format!(
            "{{description: d, files: [], names: {{error: {{name: {{case: snake}}}}}}, reserved: [{{words: [{list}], format: '{{}}!'}}]}}"
        ));
        let words: BTreeSet<_> = words.into_iter().collect();
        prop_assert!(!words.contains(&name(&manifest, "name", &id)));
    }
}
