//! Explanations of errors as templates see them.

use std::collections::HashMap;
use std::sync::Arc;

use bumpalo::Bump;

use super::text::{Locales, by_locale};
use super::value::{Value, map};
use crate::catalog::{
    Block, Container, Content, Explanation, Inline, Localised, Run, Style, Within,
};

/// Values of explanations that have been made, by their places in memory: errors may share them.
pub type Made<'a> = HashMap<*const Explanation<'a>, [Value<'a>; 2]>;

/// An explanation in these locales: `default`, `texts` and `by_locale`, as of a text.
pub fn explanation<'a>(
    arena: &'a Bump,
    localised: &'a Localised<'a, Arc<Explanation<'a>>>,
    locales: &Locales<'a>,
    made: &mut Made<'a>,
) -> Value<'a> {
    by_locale(arena, localised, locales, |locale, text| {
        let place = Arc::as_ptr(text);
        let [value, blocks] = *made.entry(place).or_insert_with(|| {
            let lines = arena.alloc_str(&text.lines().join("\n"));
            let blocks = text.blocks.iter().map(|it| block(arena, it));
            [Value::Text(lines), Value::list(arena, blocks)]
        });
        map!(
            arena,
            [
                ("locale", locale.into()),
                ("value", value),
                ("blocks", blocks)
            ]
        )
    })
}

fn block<'a>(arena: &'a Bump, block: &'a Block<'a>) -> Value<'a> {
    let none = Value::Null;
    let no_runs = Value::List(&[]);
    let shown = |own: &'a [Run<'a>]| runs(arena, own);
    let (kind, level, is_tight, language, text, runs) = match &block.content {
        Content::Paragraph { runs, is_tight } => {
            ("paragraph", none, *is_tight, none, none, shown(runs))
        }
        Content::Heading { level, runs } => {
            let level = i64::from(*level).into();
            ("heading", level, false, none, none, shown(runs))
        }
        Content::Code { language, text } => {
            let language = language.as_deref().into();
            ("code", none, false, language, text.as_str().into(), no_runs)
        }
    };
    let containers = |own: &'a [Container]| {
        let own = own.iter();
        Value::list(arena, own.map(|it| container(arena, *it)))
    };
    map!(
        arena,
        [
            ("kind", kind.into()),
            ("level", level),
            ("is_tight", is_tight.into()),
            ("language", language),
            ("text", text),
            ("runs", runs),
            ("opens", containers(&block.opens)),
            (
                "within",
                Value::list(arena, block.within.iter().map(|it| within(arena, it)))
            ),
            ("closes", containers(&block.closes)),
        ]
    )
}

fn container(arena: &Bump, container: Container) -> Value<'_> {
    let (kind, number) = kind_of(container);
    map!(arena, [("kind", kind.into()), ("number", number)])
}

fn within<'a>(arena: &'a Bump, within: &Within) -> Value<'a> {
    let (kind, number) = kind_of(within.container);
    map!(
        arena,
        [
            ("kind", kind.into()),
            ("number", number),
            ("is_first", within.is_first.into()),
        ]
    )
}

fn kind_of<'a>(container: Container) -> (&'static str, Value<'a>) {
    let number = |number: Option<u64>| number.and_then(|it| i64::try_from(it).ok()).into();
    match container {
        Container::List(first) => ("list", number(first)),
        Container::Item(own) => ("item", number(own)),
        Container::Quote => ("quote", Value::Null),
    }
}

fn runs<'a>(arena: &'a Bump, runs: &'a [Run<'a>]) -> Value<'a> {
    Value::list(arena, runs.iter().map(|it| run(arena, it)))
}

fn run<'a>(arena: &'a Bump, run: &'a Run<'a>) -> Value<'a> {
    let (kind, text) = match &run.inline {
        Inline::Text(text) => ("text", text.as_ref().into()),
        Inline::Code(text) => ("code", text.as_ref().into()),
        Inline::Break => ("break", Value::Null),
    };
    let Style {
        emphasis,
        strong,
        link,
    } = &run.style;
    map!(
        arena,
        [
            ("kind", kind.into()),
            ("text", text),
            ("emphasis", (*emphasis).into()),
            ("strong", (*strong).into()),
            ("link", link.as_deref().into()),
        ]
    )
}
