//! Code samples, for targets that show those of other targets.

use bumpalo::Bump;
use bumpalo::collections::Vec as ArenaVec;

use super::value::{Value, map};
use crate::target::{Entity, Id, Piece, Sample, SampleName, Target};

/// The samples of these targets, in the order in which they are shown. The names of the catalogue are filled in; those of an
/// error and its parameter are left to the template.
pub fn samples<'a>(arena: &'a Bump, targets: &[&'a Target], catalog_id: &str) -> Value<'a> {
    let own = |target: &&'a Target| Some((*target, target.sample.as_ref()?));
    let mut samples: Vec<(&Target, &Sample)> = targets.iter().filter_map(own).collect();
    samples.sort_by_key(|(target, sample)| {
        let order = sample.order.unwrap_or(u32::MAX);
        (order, sample.title.as_str(), target.id.as_str())
    });
    let id = Id::new(catalog_id, None);
    let values = samples.into_iter().map(|(target, sample)| {
        let parts = |pieces| parts(arena, target, pieces, &id);
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
fn parts<'a>(arena: &'a Bump, target: &'a Target, pieces: &'a [Piece], catalog: &Id) -> Value<'a> {
    let mut values = ArenaVec::new_in(arena);
    let mut literal = String::new();
    for piece in pieces {
        match piece {
            Piece::Literal(text) => literal.push_str(text),
            Piece::Name(SampleName {
                entity: Entity::Catalog,
                kind,
            }) => literal.push_str(&catalog_name(target, kind.as_deref(), catalog)),
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

fn catalog_name(target: &Target, kind: Option<&str>, catalog: &Id) -> String {
    let kinds = target.manifest.names.get(&Entity::Catalog);
    let rule = kind.and_then(|kind| kinds?.get(kind));
    let name = rule.map(|rule| target.manifest.name(rule, catalog));
    name.unwrap_or_default().into_owned()
}
