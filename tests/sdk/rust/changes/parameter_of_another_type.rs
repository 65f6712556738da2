// A parameter has another type: a program that uses the field.
// change: s/type: integer, example: 3/type: string, example: three/
// expect: error[E0308]

use crate::shop_errors::{messages::TooMany, Message, ShopError};

pub fn count(error: &ShopError) -> Option<i64> {
    Some(TooMany::from_error(error)?.count)
}
