//! Code samples, for targets that show those of other targets.

use bumpalo::Bump;
use bumpalo::collections::Vec as ArenaVec;

use super::value::{Value, map};
use crate::target::{Entity, Piece, Sample, SampleName, Target};

/// The samples of these targets, in the order in which they are shown. The names of the catalogue, which are given by target
/// and kind, are filled in; those of an error and its parameter are left to the template.
pub fn samples<'a>(arena: &'a Bump, targets: &[&'a Target], names: Value<'a>) -> Value<'a> {
    let own = |target: &&'a Target| Some((*target, target.sample.as_ref()?));
    let mut samples: Vec<(&Target, &Sample)> = targets.iter().filter_map(own).collect();
    samples.sort_by_key(|(target, sample)| {
        let order = sample.order.unwrap_or(u32::MAX);
        (order, sample.title.as_str(), target.id.as_str())
    });
    let values = samples.into_iter().map(|(target, sample)| {
        let names = names.get(&target.id).unwrap_or(Value::Null);
        let parts = |pieces| parts(arena, pieces, names);
        map!(
            arena,
            [
                ("target", target.id.as_str().into()),
                ("title", sample.title.as_str().into()),
                ("parts", parts(&sample.without_parameter)),
                ("parts_with_parameter", parts(&sample.with_parameter)),
            ]
        )
    });
    let values: Vec<_> = values.collect();
    Value::list(arena, values)
}

/// Pieces as templates see them, with adjacent literals joined.
fn parts<'a>(arena: &'a Bump, pieces: &'a [Piece], names: Value<'a>) -> Value<'a> {
    let mut values = ArenaVec::new_in(arena);
    let mut literal = String::new();
    for piece in pieces {
        match piece {
            Piece::Literal(text) => literal.push_str(text),
            Piece::Name(SampleName {
                entity: Entity::Catalog,
                kind,
            }) => {
                let name = kind.as_deref().and_then(|kind| names.get(kind)?.as_text());
                literal.push_str(name.unwrap_or_default());
            }
            Piece::Name(SampleName { entity, kind }) => {
                push_literal(arena, &mut values, &mut literal);
                values.push(part(arena, None, Some(entity.name()), kind.as_deref()));
            }
        }
    }
    push_literal(arena, &mut values, &mut literal);
    Value::List(values.into_bump_slice())
}

fn push_literal<'a>(arena: &'a Bump, values: &mut ArenaVec<Value<'a>>, literal: &mut String) {
    if !literal.is_empty() {
        values.push(part(arena, Some(arena.alloc_str(literal)), None, None));
        literal.clear();
    }
}

fn part<'a>(
    arena: &'a Bump,
    literal: Option<&'a str>,
    entity: Option<&'a str>,
    kind: Option<&'a str>,
) -> Value<'a> {
    map!(
        arena,
        [
            ("literal", literal.into()),
            ("entity", entity.into()),
            ("kind", kind.into()),
        ]
    )
}
