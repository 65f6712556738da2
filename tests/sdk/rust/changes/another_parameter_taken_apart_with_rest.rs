// A message gets another parameter: a program that takes apart what it needs.
// change: s/by {who}/&, {when}/; s/who: {/when: { type: string, example: now }, &/
// expect: compiles

use crate::shop_errors::{messages::Closed, Message, ShopError};

pub fn who(error: &ShopError) -> Option<&str> {
    let Closed { who, .. } = Closed::from_error(error)?;
    Some(who)
}
