//! What package registries are told, as templates see it.

use bumpalo::Bump;

use super::value::{Value, map};
use crate::catalog::Publish;

pub fn publish<'a>(arena: &'a Bump, publish: &'a Publish) -> Value<'a> {
    let authors = publish.authors.iter().map(|author| {
        map!(
            arena,
            [("name", author.name.into()), ("email", author.email.into())]
        )
    });
    map!(
        arena,
        [
            ("name", publish.name.into()),
            ("scope", publish.scope.into()),
            ("group", publish.group.into()),
            ("namespace", publish.namespace.into()),
            ("license", publish.license.into()),
            ("repository", publish.repository.into()),
            ("authors", Value::list(arena, authors)),
        ]
    )
}
