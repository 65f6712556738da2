//! A long text about an error, as blocks in a row: whoever shows it needs no recursion.

use std::borrow::Cow;
use std::sync::Arc;

/// At least one block.
#[derive(Debug)]
pub struct Explanation<'a> {
    pub blocks: Vec<Block<'a>>,
}

/// A paragraph, a heading or code, and where it is among lists and quotes. Each item and each quote has at least one block.
#[derive(Debug)]
pub struct Block<'a> {
    /// What begins before it, from the outside in.
    pub opens: Vec<Container>,
    /// The items and quotes that it is in, from the outside in.
    pub within: Vec<Within>,
    /// What ends after it, from the inside out.
    pub closes: Vec<Container>,
    pub content: Content<'a>,
}

#[derive(Clone, Copy, Debug)]
pub enum Container {
    /// With the number of its first item, if its items have numbers.
    List(Option<u64>),
    /// With its number, if it has one.
    Item(Option<u64>),
    Quote,
}

/// An item or a quote that a block is in.
#[derive(Clone, Copy, Debug)]
pub struct Within {
    pub container: Container,
    /// Whether the block is the first in it.
    pub is_first: bool,
}

#[derive(Debug)]
pub enum Content<'a> {
    Paragraph {
        runs: Vec<Run<'a>>,
        /// Whether it stands in an item without space around it.
        is_tight: bool,
    },
    /// With its level, from 1, within the explanation.
    Heading { level: u8, runs: Vec<Run<'a>> },
    Code {
        /// Of letters, digits and `_+#.-`.
        language: Option<String>,
        /// Without the last line break.
        text: String,
    },
}

/// A part of a line that looks the same throughout.
#[derive(Clone, Debug)]
pub struct Run<'a> {
    pub inline: Inline<'a>,
    pub style: Style,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline<'a> {
    Text(Cow<'a, str>),
    Code(Cow<'a, str>),
    /// A line break.
    Break,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Style {
    pub emphasis: bool,
    pub strong: bool,
    /// A URL with `http` or `https`, in ASCII.
    pub link: Option<Arc<str>>,
}

/// How far the lines of a code block are indented.
const CODE: &str = "    ";

impl Explanation<'_> {
    /// The lines of the explanation as plain text, with a blank one between blocks.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let mut was_tight = true;
        for block in &self.blocks {
            let is_tight = matches!(block.content, Content::Paragraph { is_tight: true, .. });
            let is_close = was_tight && is_tight;
            if !lines.is_empty() && !is_close {
                lines.push(gap(&block.within));
            }
            was_tight = is_tight;
            let (first, rest) = prefixes(&block.within);
            for (at, line) in block.content.lines().into_iter().enumerate() {
                let prefix = if at == 0 { &first } else { &rest };
                lines.push(format!("{prefix}{line}").trim_end().to_owned());
            }
        }
        lines
    }
}

/// What stands in the blank line before a block: the signs of the quotes that go on.
fn gap(within: &[Within]) -> String {
    let going_on: Vec<_> = within
        .iter()
        .take_while(|it| !it.is_first)
        .copied()
        .collect();
    let (_, rest) = prefixes(&going_on);
    rest.trim_end().to_owned()
}

/// What stands before the first line of a block, and before each further one.
fn prefixes(within: &[Within]) -> (String, String) {
    let (mut first, mut rest) = (String::new(), String::new());
    for Within {
        container,
        is_first,
    } in within
    {
        let mark = match container {
            Container::Quote => {
                first.push_str("> ");
                rest.push_str("> ");
                continue;
            }
            Container::Item(Some(number)) => format!("{number}. "),
            Container::Item(None) | Container::List(_) => "- ".to_owned(),
        };
        let space = " ".repeat(mark.len());
        first.push_str(if *is_first { &mark } else { &space });
        rest.push_str(&space);
    }
    (first, rest)
}

impl Content<'_> {
    fn lines(&self) -> Vec<String> {
        match self {
            Self::Paragraph { runs, .. } | Self::Heading { runs, .. } => {
                let text = plain(runs);
                text.split('\n').map(str::to_owned).collect()
            }
            Self::Code { text, .. } => {
                let lines = text.split('\n');
                lines.map(|line| format!("{CODE}{line}")).collect()
            }
        }
    }
}

/// Runs as plain text: after the text of a link stands its URL.
fn plain(runs: &[Run]) -> String {
    let mut text = String::new();
    let mut start = 0;
    for (at, run) in runs.iter().enumerate() {
        match &run.inline {
            Inline::Text(own) | Inline::Code(own) => text.push_str(own),
            Inline::Break => text.push('\n'),
        }
        let Some(link) = &run.style.link else {
            start = text.len();
            continue;
        };
        let next = runs.get(at + 1).and_then(|next| next.style.link.as_ref());
        if next != Some(link) {
            if text[start..] != **link {
                text.push_str(" (");
                text.push_str(link);
                text.push(')');
            }
            start = text.len();
        }
    }
    text
}
