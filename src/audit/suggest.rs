//! What a message that fits no template of its error may have been meant as.

use std::cmp::Reverse;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::catalog::{Error, Parameter, Piece, Text, trial};

/// How many words of a message are compared.
const WORDS: usize = 100;

/// The template of an error that is nearest to a message, and how to write it so that the message fits, where that is plain.
pub struct Nearest {
    pub template: String,
    pub edit: Option<String>,
}

/// A part of a template or of a message.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Word<'t> {
    Text(&'t str),
    Parameter(&'t str),
}

/// The nearest text of an error.
pub fn nearest(error: &Error, message: &str) -> Option<Nearest> {
    let received: Vec<_> = words(message).take(WORDS).collect();
    let trial = trial(&error.messages);
    let (_, text, tried) = trial
        .iter()
        .map(|tried| {
            let own = words_of(tried.text);
            let same: usize = ops(&own, &received)
                .iter()
                .map(|op| match op {
                    DiffOp::Equal { len, .. } => *len,
                    _ => 0,
                })
                .sum();
            (same, tried.text, tried)
        })
        .min_by_key(|(same, text, _)| (Reverse(*same), text.pieces.len()))?;
    Some(Nearest {
        template: text.template.to_string(),
        // One text of several says nothing of how the others would have to read.
        edit: edit(text, tried.parameters, message, &received).filter(|_| tried.locale.is_none()),
    })
}

fn ops(template: &[Word], received: &[Word]) -> Vec<DiffOp> {
    capture_diff_slices(Algorithm::Myers, template, received)
}

/// The message with the parameters of a template in the place of what differs from it there.
fn edit(text: &Text, parameters: &[Parameter], message: &str, received: &[Word]) -> Option<String> {
    if words(message).count() > WORDS {
        return None;
    }
    let own = words_of(text);
    let mut new = String::new();
    let mut used = 0;
    let mut is_like = false;
    for region in regions(&own, received) {
        match region {
            Region::Same(words) => {
                is_like = true;
                write(words, &mut new);
            }
            Region::Changed { old, came } => {
                let names = old.iter().filter(|word| matches!(word, Word::Parameter(_)));
                match &names.collect::<Vec<_>>()[..] {
                    [] => write(came, &mut new),
                    [name] => {
                        let at = value_in(name, old, came, parameters)?;
                        used += 1;
                        write(&came[..at], &mut new);
                        write(std::slice::from_ref(*name), &mut new);
                        write(&came[at + 1..], &mut new);
                    }
                    // What each parameter became cannot be told.
                    _ => return None,
                }
            }
        }
    }
    // A message that has nothing in common with the template is another one.
    (used == text.parameters().count() && is_like).then_some(new)
}

/// A part of a template, and of what came in its place.
enum Region<'w, 't> {
    Same(&'w [Word<'t>]),
    Changed {
        old: &'w [Word<'t>],
        came: &'w [Word<'t>],
    },
}

/// The regions of both, in order. What has no letter and no digit holds none together.
fn regions<'w, 't>(own: &'w [Word<'t>], received: &'w [Word<'t>]) -> Vec<Region<'w, 't>> {
    let mut regions = Vec::new();
    let (mut old, mut came) = (0, 0);
    let same = ops(own, received).into_iter().filter_map(|op| match op {
        DiffOp::Equal { .. } => Some((op.old_range(), op.new_range())),
        _ => None,
    });
    let says = |word: &Word| match word {
        Word::Text(text) => text.chars().any(char::is_alphanumeric),
        Word::Parameter(_) => false,
    };
    let same = same.filter(|(range, _)| own[range.clone()].iter().any(says));
    let ends = (own.len()..own.len(), received.len()..received.len());
    for (old_range, range) in same.chain([ends]) {
        if old < old_range.start || came < range.start {
            regions.push(Region::Changed {
                old: &own[old..old_range.start],
                came: &received[came..range.start],
            });
        }
        (old, came) = (old_range.end, range.end);
        if !range.is_empty() {
            regions.push(Region::Same(&received[range]));
        }
    }
    regions
}

/// Which word that came is the value of a parameter: the only one that can be, or the one at the parameter's end of the region.
fn value_in(name: &Word, old: &[Word], came: &[Word], parameters: &[Parameter]) -> Option<usize> {
    let is_value = |at: &usize| is_value(name, &came[*at], parameters);
    let candidates: Vec<_> = (0..came.len()).filter(is_value).collect();
    let is_space = |word: &&Word| matches!(word, Word::Text(text) if text.trim().is_empty());
    match &candidates[..] {
        [] => None,
        [only] => Some(*only),
        [first, .., last] => {
            let mut words = old.iter().filter(|word| !is_space(word));
            let begins = words.next() == Some(name);
            let mut words = old.iter().rev().filter(|word| !is_space(word));
            let ends = words.next() == Some(name);
            match (begins, ends) {
                (true, _) => Some(*first),
                (false, true) => Some(*last),
                (false, false) => None,
            }
        }
    }
}

/// Writes words as a template has them.
fn write(words: &[Word], template: &mut String) {
    for word in words {
        match word {
            Word::Text(text) => template.push_str(&text.replace('{', "{{").replace('}', "}}")),
            Word::Parameter(name) => template.extend(["{", name, "}"]),
        }
    }
}

/// Whether a word can be the value of a parameter.
fn is_value(name: &Word, word: &Word, parameters: &[Parameter]) -> bool {
    let (Word::Parameter(name), Word::Text(text)) = (name, word) else {
        return false;
    };
    let mut parameters = parameters.iter();
    let parameter = parameters.find(|it| it.name == *name);
    text.chars().any(char::is_alphanumeric)
        && parameter.is_some_and(|it| it.r#type.read(text).is_some())
}

fn words_of<'t>(text: &'t Text) -> Vec<Word<'t>> {
    let pieces = text.pieces.iter();
    let all = pieces.flat_map(|piece| match piece {
        Piece::Literal(text) => words(text).collect::<Vec<_>>(),
        Piece::Parameter(name) => vec![Word::Parameter(name)],
    });
    all.collect()
}

/// Runs of letters and digits, and every other character on its own.
fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let is_of_word = |it: char| it.is_alphanumeric() || it == '_';
        let first = rest.chars().next()?;
        let end = if is_of_word(first) {
            rest.find(|it| !is_of_word(it)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(Word::Text(word))
    })
}
