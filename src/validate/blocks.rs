//! Turns Markdown into the blocks of an explanation, and reports what no explanation can have.
//!
//! `CommonMark` decides what the text means. Tables and the like are recognised only to be reported: otherwise their signs would be
//! shown as text.

use std::fmt::Write;
use std::mem::take;
use std::ops::Range;
use std::sync::Arc;

use iri_string::convert::MappedToUri;
use iri_string::types::IriStr;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::catalog::{Block, Container, Content, Explanation, Inline, Run, Style, Within};
use crate::diagnostic::{Diagnostic, Diagnostics, Source, Span, push, rules};
use crate::parse::conflict_markers;

/// How deep lists and quotes can be nested. A page on a phone has no room for more.
const MAX_DEPTH: usize = 6;

/// How many signs of items and quotes a line can start with, and how far from its start one can be, in bytes. The time that the
/// parser takes for a line grows with the depth that these allow.
const MOST_SIGNS: usize = 32;
const MOST_INDENT: usize = 128;

/// The largest number that a list starts at: the numbers of the first items have two digits.
const MOST_NUMBER: u64 = 99;

/// What no explanation can have, and what to write in its place.
struct Unsupported {
    what: &'static str,
    help: &'static str,
}

macro_rules! unsupported {
    ($($name:ident = $what:literal, $help:literal;)*) => {
        $(const $name: &Unsupported = &Unsupported { what: $what, help: $help };)*
    };
}

unsupported! {
    ALERT = "alerts", "write a quote: `> **Note:** text`";
    DEEP_HEADING = "headings below the third level", "use `#`, `##` or `###`";
    FOOTNOTE = "footnotes", "write the note in brackets";
    FRONT_MATTER = "front matter", "remove it: the text starts with the first line";
    HTML = "HTML", "use `**`, lists and the like instead; for a literal `<`, write `\\<`, or put the code in backticks";
    IMAGE = "images", "describe what it shows, or link to it: `[text](https://example.com/image.png)`";
    LANGUAGE = "code in a language whose name is not a single word", "write one word after the backticks, such as `json`";
    LINK = "links to anything but a web page", "write the whole URL: `[text](https://example.com/page)`";
    LINK_IN_HEADING = "links in headings", "put the link into the text below";
    NESTING = "more than 6 levels of lists and quotes", "use fewer levels";
    NUMBER = "lists that start above 99", "start the list at a smaller number";
    RULE = "lines across the page", "write a heading, or leave the line out";
    STRUCK = "text that is struck through", "leave the text out; for a literal `~`, write `\\~`";
    TABLE = "tables", "write a list";
    TASK = "boxes to tick", "write a list without `[ ]`";
    TITLE = "links with titles", "leave the title out";
}

/// The explanation that a file holds.
///
/// # Errors
///
/// Adds everything that is wrong with it to `diagnostics`. There is an explanation only if nothing is.
pub fn read<'a>(source: &'a Arc<Source>, diagnostics: &mut Diagnostics) -> Option<Explanation<'a>> {
    let file = source.file_at(0);
    let conflict = conflict_markers(source, file);
    if !conflict.is_empty() {
        for marker in conflict {
            push(diagnostics, marker);
        }
        return None;
    }
    let start = file.start_of_text() as usize;
    let text = &source.text[start..];
    let mut reader = Reader {
        source,
        start,
        diagnostics,
        is_fit: true,
        blocks: Vec::new(),
        open: Vec::new(),
        opened: Vec::new(),
        line: None,
        code: None,
        skipped: 0,
    };
    if let Some(line) = find_deep_line(text) {
        reader.refuse(NESTING, &line);
        return None;
    }
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        reader.add(event, &range);
    }
    let Reader { is_fit, blocks, .. } = reader;
    if is_fit && blocks.is_empty() {
        let place = Span::new(start..start);
        let diagnostic = Diagnostic::at(rules::EMPTY_TEXT, source, place, "this text is empty");
        let help = "write the explanation, or remove the path to it";
        push(diagnostics, diagnostic.help(help));
        return None;
    }
    is_fit.then_some(Explanation { blocks })
}

fn options() -> Options {
    Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
}

/// The first line that starts with too many signs of items and quotes.
fn find_deep_line(text: &str) -> Option<Range<usize>> {
    let mut offset = 0;
    let mut lines = text.split_inclusive(['\n', '\r']);
    lines.find_map(|line| {
        let start = offset;
        offset += line.len();
        is_deep(line).then(|| start..start + line.trim_end().len())
    })
}

fn is_deep(line: &str) -> bool {
    let mut rest = line;
    let mut signs = 0;
    loop {
        rest = rest.trim_start_matches([' ', '\t']);
        let at = line.len() - rest.len();
        let Some(after) = after_sign(rest) else {
            return false;
        };
        signs += 1;
        if signs > MOST_SIGNS || at > MOST_INDENT {
            return true;
        }
        rest = after;
    }
}

/// What stands after the sign of an item, a quote or a footnote.
fn after_sign(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix('>') {
        return Some(rest);
    }
    if let Some(rest) = text.strip_prefix("[^") {
        return rest.split_once("]:").map(|(_, rest)| rest);
    }
    let numberless = text.trim_start_matches(|it: char| it.is_ascii_digit());
    let rest = if numberless.len() == text.len() {
        text.strip_prefix(['-', '+', '*'])
    } else {
        numberless.strip_prefix(['.', ')'])
    };
    rest.filter(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']))
}

/// A list, an item or a quote that has not ended.
struct Open {
    container: Container,
    /// Whether it has no block yet.
    is_first: bool,
    /// Of a list, the number of its next item.
    next: Option<u64>,
}

/// The text of a paragraph or a heading.
#[derive(Default)]
struct Line<'a> {
    /// `None` for a paragraph.
    level: Option<u8>,
    is_tight: bool,
    runs: Vec<Run<'a>>,
    emphasis: usize,
    strong: usize,
    link: Option<Arc<str>>,
    /// Whether a line of the source has ended, which is a space to a reader.
    is_broken: bool,
}

#[derive(Default)]
struct Code {
    language: Option<String>,
    text: String,
}

struct Reader<'a, 'd> {
    source: &'a Arc<Source>,
    /// Where the text starts in the source.
    start: usize,
    diagnostics: &'d mut Diagnostics,
    /// Whether nothing has been reported.
    is_fit: bool,
    blocks: Vec<Block<'a>>,
    open: Vec<Open>,
    /// What has begun since the last block.
    opened: Vec<Container>,
    line: Option<Line<'a>>,
    code: Option<Code>,
    /// How many elements are open that are left out, because they have been reported.
    skipped: usize,
}

impl<'a> Reader<'a, '_> {
    fn add(&mut self, event: Event<'a>, range: &Range<usize>) {
        match event {
            Event::Start(_) if self.skipped > 0 => self.skipped += 1,
            Event::End(_) if self.skipped > 0 => self.skipped -= 1,
            _ if self.skipped > 0 => {}
            Event::Start(tag) => self.begin(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                match &mut self.code {
                    Some(code) => code.text.push_str(&text),
                    None => self.line().push(Inline::Text(text.into())),
                }
            }
            Event::Code(text) => self.line().push(Inline::Code(text.into())),
            Event::SoftBreak => self.line().is_broken = true,
            Event::HardBreak => self.line().push(Inline::Break),
            Event::Html(_) | Event::InlineHtml(_) => self.refuse(HTML, range),
            Event::FootnoteReference(_) => self.refuse(FOOTNOTE, range),
            Event::Rule => self.refuse(RULE, range),
            Event::TaskListMarker(_) => self.refuse(TASK, range),
        }
    }

    fn begin(&mut self, tag: Tag<'a>, range: &Range<usize>) {
        match tag {
            Tag::Emphasis => self.line().emphasis += 1,
            Tag::Strong => self.line().strong += 1,
            Tag::Strikethrough => self.refuse(STRUCK, range),
            Tag::Link {
                dest_url, title, ..
            } => self.begin_link(&dest_url, &title, range),
            Tag::Image { .. } => self.leave_out(IMAGE, range),
            _ => {
                self.end_tight();
                self.begin_block(tag, range);
            }
        }
    }

    fn begin_block(&mut self, tag: Tag<'a>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph => self.line = Some(Line::default()),
            Tag::Heading { level, .. } => match level_of(level) {
                None => self.leave_out(DEEP_HEADING, range),
                level => {
                    self.line = Some(Line {
                        level,
                        ..Line::default()
                    });
                }
            },
            Tag::CodeBlock(kind) => {
                let language = self.language(&kind, range);
                self.code = Some(Code {
                    language,
                    text: String::new(),
                });
            }
            Tag::BlockQuote(None) => self.enter(Container::Quote, range),
            Tag::BlockQuote(Some(_)) => self.leave_out(ALERT, range),
            Tag::List(number) => {
                if number.is_some_and(|number| number > MOST_NUMBER) {
                    self.refuse(NUMBER, range);
                }
                self.enter(Container::List(number), range);
            }
            Tag::Item => {
                let list = self.open.last_mut();
                let next = list.and_then(|list| list.next.as_mut());
                let number = next.map(|next| {
                    let own = *next;
                    *next = own.saturating_add(1);
                    own
                });
                self.enter(Container::Item(number), range);
            }
            Tag::FootnoteDefinition(_) => self.leave_out(FOOTNOTE, range),
            Tag::MetadataBlock(_) => self.leave_out(FRONT_MATTER, range),
            Tag::Table(_) => self.leave_out(TABLE, range),
            _ => self.leave_out(HTML, range),
        }
    }

    fn begin_link(&mut self, url: &str, title: &str, range: &Range<usize>) {
        let url = web_url(url);
        if url.is_none() {
            self.refuse(LINK, range);
        } else if !title.is_empty() {
            self.refuse(TITLE, range);
        } else if self.line().level.is_some() {
            self.refuse(LINK_IN_HEADING, range);
        }
        self.line().link = url;
    }

    /// The language of a code block.
    fn language(&mut self, kind: &CodeBlockKind, range: &Range<usize>) -> Option<String> {
        let CodeBlockKind::Fenced(info) = kind else {
            return None;
        };
        let language = info.trim();
        let is_of_name = |it: char| it.is_ascii_alphanumeric() || "_+#.-".contains(it);
        if !language.chars().all(is_of_name) {
            self.refuse(LANGUAGE, range);
        }
        Some(language.to_owned()).filter(|it| !it.is_empty())
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) => self.end_line(),
            TagEnd::CodeBlock => {
                let Code { language, mut text } = self.code.take().unwrap_or_default();
                if text.ends_with('\n') {
                    text.pop();
                }
                self.push(Content::Code { language, text });
            }
            TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::List(_) => self.leave(),
            TagEnd::Emphasis => self.line().emphasis -= 1,
            TagEnd::Strong => self.line().strong -= 1,
            TagEnd::Link => self.line().link = None,
            // What has no other end was left out.
            _ => {}
        }
    }

    /// The current line: that of a paragraph or a heading, or a new one of an item without a paragraph.
    fn line(&mut self) -> &mut Line<'a> {
        self.line.get_or_insert_with(|| Line {
            is_tight: true,
            ..Line::default()
        })
    }

    fn end_tight(&mut self) {
        if self.line.as_ref().is_some_and(|line| line.is_tight) {
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        let Some(Line {
            level,
            is_tight,
            runs,
            ..
        }) = self.line.take()
        else {
            return;
        };
        self.push(match level {
            Some(level) => Content::Heading { level, runs },
            None => Content::Paragraph { runs, is_tight },
        });
    }

    fn enter(&mut self, container: Container, range: &Range<usize>) {
        let is_list = matches!(container, Container::List(_));
        if !is_list && self.depth() == MAX_DEPTH {
            self.leave_out(NESTING, range);
            return;
        }
        self.opened.push(container);
        self.open.push(Open {
            container,
            is_first: true,
            next: match container {
                Container::List(number) => number,
                _ => None,
            },
        });
    }

    /// How many items and quotes are open.
    fn depth(&self) -> usize {
        let open = self.open.iter();
        let deeper = open.filter(|it| !matches!(it.container, Container::List(_)));
        deeper.count()
    }

    fn leave(&mut self) {
        self.end_tight();
        let is_empty = self.open.last().is_some_and(|open| open.is_first);
        if is_empty {
            self.push(Content::Paragraph {
                runs: Vec::new(),
                is_tight: true,
            });
        }
        if let (Some(open), Some(block)) = (self.open.pop(), self.blocks.last_mut()) {
            block.closes.push(open.container);
        }
    }

    fn push(&mut self, content: Content<'a>) {
        let within = self.open.iter().filter_map(|open| match open.container {
            Container::List(_) => None,
            container => Some(Within {
                container,
                is_first: open.is_first,
            }),
        });
        self.blocks.push(Block {
            opens: take(&mut self.opened),
            within: within.collect(),
            closes: Vec::new(),
            content,
        });
        for open in &mut self.open {
            open.is_first = false;
        }
    }

    /// Reports an element, and leaves it out with all that is in it.
    fn leave_out(&mut self, unsupported: &Unsupported, range: &Range<usize>) {
        self.refuse(unsupported, range);
        self.skipped = 1;
    }

    /// Reports an element at its first line.
    fn refuse(&mut self, unsupported: &Unsupported, range: &Range<usize>) {
        self.is_fit = false;
        let range = self.start + range.start..self.start + range.end;
        let text = &self.source.text[range.clone()];
        let line = text.split(['\n', '\r']).next().unwrap_or_default();
        let span = Span::new(range.start..range.start + line.len());
        let message = format!("an explanation cannot have {}", unsupported.what);
        let rule = rules::UNFIT_EXPLANATION;
        let diagnostic = Diagnostic::at(rule, self.source, span, message);
        push(self.diagnostics, diagnostic.help(unsupported.help));
    }
}

impl<'a> Line<'a> {
    fn push(&mut self, inline: Inline<'a>) {
        let style = Style {
            emphasis: self.emphasis > 0,
            strong: self.strong > 0,
            link: self.link.clone(),
        };
        if take(&mut self.is_broken) && !self.joins(&inline) {
            let is_same = self.runs.last().is_some_and(|run| run.style == style);
            let of_space = if is_same {
                style.clone()
            } else {
                Style::default()
            };
            self.push_run(Inline::Text(" ".into()), of_space);
        }
        self.push_run(inline, style);
    }

    /// Adds a run, or a text to the last run.
    fn push_run(&mut self, inline: Inline<'a>, style: Style) {
        if let (Inline::Text(text), Some(last)) = (&inline, self.runs.last_mut())
            && last.style == style
            && let Inline::Text(before) = &mut last.inline
        {
            before.to_mut().push_str(text);
            return;
        }
        self.runs.push(Run { inline, style });
    }

    /// Whether the end of a line is nothing to a reader: between Chinese and Japanese characters there is no space.
    fn joins(&self, next: &Inline) -> bool {
        let last = self.runs.last().map(|run| &run.inline);
        let (Some(Inline::Text(last)), Inline::Text(next)) = (last, next) else {
            return false;
        };
        last.chars().next_back().is_some_and(is_wide) && next.chars().next().is_some_and(is_wide)
    }
}

/// Whether a character is of a script without spaces between words, or its punctuation: CJK and full-width forms.
fn is_wide(character: char) -> bool {
    matches!(u32::from(character),
        0x2E80..=0x30FF | 0x3100..=0x312F | 0x31A0..=0x9FFF | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFFEF
            | 0x2_0000..=0x3_FFFF)
}

fn level_of(level: HeadingLevel) -> Option<u8> {
    match level {
        HeadingLevel::H1 => Some(1),
        HeadingLevel::H2 => Some(2),
        HeadingLevel::H3 => Some(3),
        _ => None,
    }
}

/// The URL of a web page, in ASCII.
fn web_url(url: &str) -> Option<Arc<str>> {
    let url = IriStr::new(url).ok()?;
    let is_web = ["http", "https"].contains(&url.scheme_str());
    let has_host = url.authority_str().is_some_and(|it| !it.is_empty());
    if !is_web || !has_host {
        return None;
    }
    let mut ascii = String::new();
    // Writing to a string cannot fail.
    let _ = write!(ascii, "{}", MappedToUri::from(url));
    Some(ascii.into())
}
