// An error is retired and left out: a program that does not name it.
// change: s/id: empty,/&  retired: { since: 1.0.0 },/; s/rust: {}/rust: { retired: drop }/
// expect: compiles

use crate::shop_errors::ShopError;

pub fn is_empty(error: &ShopError) -> bool {
    error.raw_code() == Some("1")
}
