// A message loses a parameter: a program that names another field.
// change: s/"{count} of {name}"/"Too many: {count}"/; s/, name: { type: string, example: pens }//
// expect: compiles

use crate::shop_errors::{messages::TooMany, Message, ShopError};

pub fn count(error: &ShopError) -> Option<i64> {
    Some(TooMany::from_error(error)?.count)
}
