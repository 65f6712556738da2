// A message gets another parameter: a program that takes it apart.
// change: s/by {who}/&, {when}/; s/who: {/when: { type: string, example: now }, &/
// expect: error[E0027]

use crate::shop_errors::{messages::Closed, Message, ShopError};

pub fn who(error: &ShopError) -> Option<&str> {
    let Closed { who } = Closed::from_error(error)?;
    Some(who)
}
