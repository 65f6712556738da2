//! From text to tokens: content, and what stands in `{{ … }}` and `{% … %}`.

use super::syntax::{Parsed, Place, Problem};

#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// What is written as it is; white space is cut off where a delimiter asks for it.
    Content(String),
    /// `{{` and `}}`, `{%` and `%}`.
    ExpressionStart,
    ExpressionEnd,
    TagStart,
    TagEnd,
    Name(String),
    Text(String),
    Integer(i64),
    Float(f64),
    /// An operator or a bracket.
    Sign(&'static str),
}

/// The longest first.
const SIGNS: &[&str] = &[
    "...", "//", "==", "!=", ">=", "<=", "+", "-", "*", "/", "%", ".", ",", ":", "~", "|", "=",
    ">", "<", "(", ")", "[", "]", "{", "}", "@",
];

/// What a template is cut into: content, comments, and delimited code.
struct Piece<'a> {
    kind: PieceKind,
    /// Without delimiters.
    text: &'a str,
    /// Where `text` starts, in bytes.
    start: usize,
    /// Whether white space before it and after it is cut off.
    cuts: (bool, bool),
}

#[derive(Clone, Copy, PartialEq)]
enum PieceKind {
    Content,
    Comment,
    Expression,
    Tag,
}

/// All tokens of a template, each with its place.
pub fn tokens(source: &str) -> Parsed<Vec<(Token, Place)>> {
    let pieces = pieces(source)?;
    let mut tokens = Vec::new();
    let mut cuts_next = false;
    for (index, piece) in pieces.iter().enumerate() {
        let at = place(source, piece.start);
        match piece.kind {
            PieceKind::Content => {
                let mut text = piece.text;
                if std::mem::take(&mut cuts_next) {
                    text = text.trim_start();
                }
                if pieces.get(index + 1).is_some_and(|next| next.cuts.0) {
                    text = text.trim_end();
                }
                if !text.is_empty() {
                    tokens.push((Token::Content(text.to_owned()), at));
                }
            }
            PieceKind::Comment => cuts_next |= piece.cuts.1,
            PieceKind::Expression => {
                cuts_next = piece.cuts.1;
                tokens.push((Token::ExpressionStart, at));
                code(source, piece, &mut tokens)?;
                tokens.push((Token::ExpressionEnd, at));
            }
            PieceKind::Tag => {
                cuts_next = piece.cuts.1;
                tokens.push((Token::TagStart, at));
                code(source, piece, &mut tokens)?;
                tokens.push((Token::TagEnd, at));
            }
        }
    }
    Ok(tokens)
}

fn pieces(source: &str) -> Parsed<Vec<Piece<'_>>> {
    const DELIMITERS: [(PieceKind, &str, &str); 3] = [
        (PieceKind::Expression, "{{", "}}"),
        (PieceKind::Tag, "{%", "%}"),
        (PieceKind::Comment, "{#", "#}"),
    ];
    let mut pieces = Vec::new();
    let mut position = 0;
    while position < source.len() {
        let rest = &source[position..];
        let starts = DELIMITERS.map(|(kind, open, close)| (rest.find(open), kind, close));
        let next = starts.into_iter().filter(|(start, ..)| start.is_some());
        let Some((Some(start), kind, close)) = next.min_by_key(|(start, ..)| *start) else {
            pieces.push(Piece::content(rest, position));
            break;
        };
        if start > 0 {
            pieces.push(Piece::content(&rest[..start], position));
        }
        let inner = position + start + 2;
        let end = end_of(kind, &source[inner..], close).ok_or_else(|| Problem {
            place: place(source, inner),
            message: format!("`{close}` is missing"),
        })?;
        let text = &source[inner..inner + end];
        let cuts = (text.starts_with('-'), text.len() > 1 && text.ends_with('-'));
        pieces.push(Piece {
            kind,
            text: &text[usize::from(cuts.0)..text.len() - usize::from(cuts.1)],
            start: inner + usize::from(cuts.0),
            cuts,
        });
        position = inner + end + 2;
    }
    Ok(pieces)
}

impl<'a> Piece<'a> {
    fn content(text: &'a str, start: usize) -> Self {
        Self {
            kind: PieceKind::Content,
            text,
            start,
            cuts: (false, false),
        }
    }
}

/// Where the closing delimiter stands; one within quotation marks, or that closes a brace within, is none.
fn end_of(kind: PieceKind, text: &str, close: &str) -> Option<usize> {
    if kind == PieceKind::Comment {
        return text.find(close);
    }
    let mut quote = None;
    let mut braces = 0_usize;
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        match (quote, character) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(mark), _) if mark == character => quote = None,
            (None, '"' | '\'' | '`') => quote = Some(character),
            (None, '{') => braces += 1,
            (None, '}') if braces > 0 => braces -= 1,
            (None, _) if text[at..].starts_with(close) => return Some(at),
            _ => {}
        }
    }
    None
}

/// The tokens of what stands between delimiters.
fn code(source: &str, piece: &Piece, tokens: &mut Vec<(Token, Place)>) -> Parsed<()> {
    let mut position = 0;
    while let Some(character) = piece.text[position..].chars().next() {
        let rest = &piece.text[position..];
        let at = place(source, piece.start + position);
        let problem = |message: &str| Problem {
            place: at,
            message: message.to_owned(),
        };
        let span = |is_part: fn(char) -> bool| rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let (token, length) = match character {
            _ if character.is_ascii_whitespace() => {
                position += 1;
                continue;
            }
            '"' | '\'' | '`' => {
                text(rest, character).ok_or_else(|| problem("a text has no end"))?
            }
            '0'..='9' => {
                let length = span(|c| c.is_ascii_digit() || c == '.');
                let digits = &rest[..length];
                let token = if digits.contains('.') {
                    digits.parse().ok().map(Token::Float)
                } else {
                    digits.parse().ok().map(Token::Integer)
                };
                (token.ok_or_else(|| problem("this is no number"))?, length)
            }
            'a'..='z' | 'A'..='Z' | '_' => {
                let length = span(|c| c.is_ascii_alphanumeric() || c == '_');
                (Token::Name(rest[..length].to_owned()), length)
            }
            _ => {
                let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
                let sign = sign.ok_or_else(|| problem("an unknown character"))?;
                (Token::Sign(sign), sign.len())
            }
        };
        tokens.push((token, at));
        position += length;
    }
    Ok(())
}

/// A text in quotation marks, and its length with them.
fn text(rest: &str, quote: char) -> Option<(Token, usize)> {
    let mut text = String::new();
    let mut characters = rest.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => text.push(match characters.next()?.1 {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                other => other,
            }),
            _ if character == quote => return Some((Token::Text(text), at + 1)),
            _ => text.push(character),
        }
    }
    None
}

fn place(source: &str, at: usize) -> Place {
    let before = &source[..at];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Place {
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    }
}
