// A message loses a parameter: a program that names its field.
// change: s/"{count} of {name}"/"Too many: {count}"/; s/, name: { type: string, example: pens }//
// expect: error[E0609]

use crate::shop_errors::{messages::TooMany, Message, ShopError};

pub fn name(error: &ShopError) -> Option<String> {
    Some(TooMany::from_error(error)?.name.to_string())
}
