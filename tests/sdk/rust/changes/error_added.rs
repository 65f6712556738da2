// Another error, another category: a `match` has an arm for what comes.
// change: $a\  - { id: cart, title: { en: Cart }, errors: [{ code: 9, id: full, http: 400, message: Full, description: { en: Full. } }] }
// expect: compiles

use crate::shop_errors::{Category, ShopErrorCode};

pub fn name(code: ShopErrorCode) -> &'static str {
    match (code.category(), code) {
        (Category::Order, ShopErrorCode::Empty) => "empty",
        _ => "another",
    }
}
