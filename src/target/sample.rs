//! Samples: how a program in a language handles one error, for documents to show.
//!
//! A sample is text with names in it. It may come from anybody's folder, and targets that show it are rendered in errgen's
//! own process, so there is nothing in it that runs.

use std::sync::Arc;

use super::manifest::{Entity, Manifest, SampleRule};
use crate::diagnostic::{Diagnostic, Diagnostics, Source, Span, rules, unless_any};

/// A [`SampleRule`], ready for the model.
#[derive(Debug)]
pub struct Sample {
    pub title: String,
    /// Its place among the samples of several targets; those without one come last.
    pub order: Option<u32>,
    /// For an error that has a parameter which may be shown.
    pub with_parameter: Vec<Piece>,
    /// For an error that has none.
    pub without_parameter: Vec<Piece>,
}

/// A piece of a sample.
#[derive(Clone, Debug)]
pub enum Piece {
    Literal(String),
    Name(SampleName),
}

/// What stands in a sample for a name.
#[derive(Clone, Debug)]
pub struct SampleName {
    /// [`Entity::Catalog`], [`Entity::Error`] or [`Entity::Parameter`].
    pub entity: Entity,
    /// The kind of name in the sample's own target. Absent: the error's id, or the parameter's name.
    pub kind: Option<String>,
}

/// A piece of the text of a rule.
enum Part {
    Piece(Piece),
    /// The place of what the sample shows of the error.
    Detail,
}

/// Each error's page holds the samples of all targets. The standard samples take a tenth of this.
const MAX_BYTES: usize = 4096;
const MAX_NAMES: usize = 100;

impl Sample {
    /// The sample of a manifest, if it has one.
    ///
    /// # Errors
    ///
    /// Every name that there is not, with its place; a sample that is too long.
    pub fn parse(
        id: &str,
        manifest: &Manifest,
        source: &Arc<Source>,
    ) -> Result<Option<Self>, Diagnostics> {
        let Some(rule) = &manifest.sample else {
            return Ok(None);
        };
        let mut parser = Parser {
            id,
            manifest,
            source,
            start: 0,
            diagnostics: Diagnostics::new(),
        };
        let sample = parser.sample(rule);
        unless_any(parser.diagnostics, Some(sample))
    }
}

struct Parser<'a> {
    id: &'a str,
    manifest: &'a Manifest,
    source: &'a Arc<Source>,
    /// Where the text stands in the manifest that is being taken apart.
    start: usize,
    diagnostics: Diagnostics,
}

impl Parser<'_> {
    fn sample(&mut self, rule: &SampleRule) -> Sample {
        const CODE: &[Entity] = &[Entity::Catalog, Entity::Error];
        const PARAMETER: &[Entity] = &[Entity::Catalog, Entity::Error, Entity::Parameter];
        let code = self.parts(
            rule.code.trim_end_matches('\n'),
            CODE,
            rule.detail.is_some(),
        );
        let mut detail = |text: Option<&str>, entities| {
            let parts = self.parts(text.unwrap_or_default(), entities, false);
            filled(&parts, &[])
        };
        let texts = rule.detail.as_ref();
        let parameter = detail(texts.map(|it| it.parameter.as_str()), PARAMETER);
        let message = detail(texts.map(|it| it.message.as_str()), CODE);
        let sample = Sample {
            title: rule.title.clone(),
            order: rule.order,
            with_parameter: filled(&code, &parameter),
            without_parameter: filled(&code, &message),
        };
        if is_too_long(&sample.with_parameter) || is_too_long(&sample.without_parameter) {
            let message = format!("a sample has at most {MAX_BYTES} bytes and {MAX_NAMES} names");
            self.start = 0;
            self.refuse("sample:", message, None);
        }
        sample
    }

    /// Takes a text apart; names of these entities may stand in it.
    fn parts(&mut self, text: &str, entities: &[Entity], has_detail: bool) -> Vec<Part> {
        let line = text.lines().next().unwrap_or_default();
        self.start = self.source.text.find(line).unwrap_or_default();
        let literal = |text: &str| Part::Piece(Piece::Literal(text.to_owned()));
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((inside, after)) = after.split_once("}}") else {
                let help = "write `{{ \"{{\" }}` for the braces themselves".to_owned();
                let line = after.lines().next().unwrap_or_default();
                self.refuse(line, "`{{` is never closed".to_owned(), Some(help));
                break;
            };
            parts.push(literal(before));
            let name = inside.trim();
            let quoted = name.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
            match (quoted, self.name(name, entities)) {
                (Some(quoted), _) => parts.push(literal(quoted)),
                (None, Some(name)) => parts.push(Part::Piece(Piece::Name(name))),
                (None, None) if has_detail && name == "detail" => parts.push(Part::Detail),
                (None, None) => self.refuse_name(inside, entities, has_detail),
            }
            rest = after;
        }
        parts.push(literal(rest));
        parts
    }

    /// What a name such as `error.names.demo.constant` stands for.
    fn name(&self, name: &str, entities: &[Entity]) -> Option<SampleName> {
        let entity = |(entity, own): (Entity, &str)| {
            let is_own = entities.contains(&entity) && name == own;
            is_own.then_some(SampleName { entity, kind: None })
        };
        let own = [
            (Entity::Error, "error.id"),
            (Entity::Parameter, "parameter.name"),
        ];
        own.into_iter().find_map(entity).or_else(|| {
            let mut path = name.split('.');
            let (variable, names, id, kind) =
                (path.next()?, path.next()?, path.next()?, path.next()?);
            let mut entities = entities.iter().copied();
            let entity = entities.find(|entity| entity.name() == variable)?;
            let kinds = self.manifest.names.get(&entity)?;
            let is_known = names == "names" && id == self.id && kinds.contains_key(kind);
            (is_known && path.next().is_none()).then(|| SampleName {
                entity,
                kind: Some(kind.to_owned()),
            })
        })
    }

    fn refuse_name(&mut self, inside: &str, entities: &[Entity], has_detail: bool) {
        let mut known = Vec::new();
        for entity in entities {
            let variable = entity.name();
            match entity {
                Entity::Error => known.push("error.id".to_owned()),
                Entity::Parameter => known.push("parameter.name".to_owned()),
                _ => {}
            }
            let kinds = self.manifest.names.get(entity).into_iter().flatten();
            known.extend(kinds.map(|(kind, _)| format!("{variable}.names.{}.{kind}", self.id)));
        }
        if has_detail {
            known.push("detail".to_owned());
        }
        let help = format!("what can stand here: {}", known.join(", "));
        let message = format!("there is no `{}` in a sample", inside.trim());
        self.refuse(inside, message, Some(help));
    }

    /// Complains at the place of what stands in the text.
    fn refuse(&mut self, what: &str, message: String, help: Option<String>) {
        let found = self.source.text[self.start..].find(what.trim());
        let start = self.start + found.unwrap_or_default();
        let span = Span::new(start..start);
        let mut diagnostic = Diagnostic::at(rules::BAD_MANIFEST, self.source, span, message);
        diagnostic.help = help;
        self.diagnostics.push(diagnostic);
    }
}

/// The pieces of a text, with those of the detail in its places.
fn filled(parts: &[Part], detail: &[Piece]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for part in parts {
        match part {
            Part::Piece(piece) => pieces.push(piece.clone()),
            Part::Detail => pieces.extend_from_slice(detail),
        }
    }
    pieces
}

fn is_too_long(pieces: &[Piece]) -> bool {
    let bytes = pieces.iter().map(|piece| match piece {
        Piece::Literal(text) => text.len(),
        Piece::Name(_) => 0,
    });
    let names = pieces
        .iter()
        .filter(|piece| matches!(piece, Piece::Name(_)));
    bytes.sum::<usize>() > MAX_BYTES || names.count() > MAX_NAMES
}
