// A message that had no parameter gets one.
// change: s/message: Empty,/message: "Empty {thing}", params: { thing: { type: string, example: cart } },/
// expect: compiles

use crate::shop_errors::{ShopError, ShopErrorCode};

pub fn error() -> ShopError {
    let error = ShopError::from(ShopErrorCode::Empty);
    error.with_message("Empty")
}
