//! Samples: code in a target's language that handles one error, for documents to show.
//!
//! A sample is text with names in it. It can come from anybody's folder, and targets that show it are rendered in errgen's
//! own process, so nothing in it is executed.

use std::sync::Arc;

use super::manifest::{Entity, Manifest, SampleRule};
use crate::diagnostic::{Diagnostic, Diagnostics, Source, Span, rules, unless_any, use_one_of};

/// A [`SampleRule`], ready for the model.
#[derive(Debug)]
pub struct Sample {
    pub title: String,
    /// Its position among the samples of several targets. Samples without one come last.
    pub order: Option<u32>,
    /// For an error with a parameter that is not sensitive.
    pub with_parameter: Vec<Piece>,
    /// For an error without such a parameter.
    pub without_parameter: Vec<Piece>,
}

/// A piece of a sample.
#[derive(Clone, Debug)]
pub enum Piece {
    Literal(String),
    Name(SampleName),
}

/// A reference to a name in a sample.
#[derive(Clone, Debug)]
pub struct SampleName {
    /// [`Entity::Catalog`], [`Entity::Error`] or [`Entity::Parameter`].
    pub entity: Entity,
    /// The kind of name in the sample's own target. `None`: the error's id, or the parameter's name.
    pub kind: Option<String>,
}

/// A piece of the text of a rule.
enum Part {
    Piece(Piece),
    /// The place of the detail: the part of the error that the sample shows.
    Detail,
}

/// The page of each error has the samples of all targets. Standard samples are a tenth of this.
const MAX_BYTES: usize = 4096;
const MAX_NAMES: usize = 100;

impl Sample {
    /// The sample of a manifest, if it has one.
    ///
    /// # Errors
    ///
    /// Every unknown name, with its place, and a sample that is too long.
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
    /// The start of the text being parsed, in the manifest.
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
            fill(&parts, &[])
        };
        let texts = rule.detail.as_ref();
        let parameter = detail(texts.map(|it| it.parameter.as_str()), PARAMETER);
        let message = detail(texts.map(|it| it.message.as_str()), CODE);
        let sample = Sample {
            title: rule.title.clone(),
            order: rule.order,
            with_parameter: fill(&code, &parameter),
            without_parameter: fill(&code, &message),
        };
        if is_too_long(&sample.with_parameter) || is_too_long(&sample.without_parameter) {
            let message =
                format!("a sample can have at most {MAX_BYTES} bytes and {MAX_NAMES} names");
            self.start = 0;
            self.refuse("sample:", message, None);
        }
        sample
    }

    /// Parses a text, which can contain names of these entities.
    fn parts(&mut self, text: &str, entities: &[Entity], has_detail: bool) -> Vec<Part> {
        let line = text.lines().next().unwrap_or_default();
        self.start = self.source.text.find(line).unwrap_or_default();
        let literal = |text: &str| Part::Piece(Piece::Literal(text.to_owned()));
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((inside, after)) = after.split_once("}}") else {
                let help = "write `{{ \"{{\" }}` for literal braces".to_owned();
                let line = after.lines().next().unwrap_or_default();
                self.refuse(line, "`{{` is not closed".to_owned(), Some(help));
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

    /// The reference that a name such as `error.names.demo.constant` stands for.
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
        let help = use_one_of(known.iter().map(String::as_str));
        let message = format!("unknown name `{}` in a sample", inside.trim());
        self.refuse(inside, message, Some(help));
    }

    /// Reports a part of the text at its place.
    fn refuse(&mut self, what: &str, message: String, help: Option<String>) {
        let found = self.source.text[self.start..].find(what.trim());
        let start = self.start + found.unwrap_or_default();
        let span = Span::new(start..start);
        let mut diagnostic = Diagnostic::at(rules::BAD_MANIFEST, self.source, span, message);
        diagnostic.help = help;
        self.diagnostics.push(diagnostic);
    }
}

/// The pieces of a text, with the detail filled in.
fn fill(parts: &[Part], detail: &[Piece]) -> Vec<Piece> {
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
