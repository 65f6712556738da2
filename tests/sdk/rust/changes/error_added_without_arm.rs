// Another error: a `match` without an arm for it.
// change: $a\          - { code: 9, id: full, http: 400, message: Full, description: { en: Full. } }
// expect: error[E0004]

use crate::shop_errors::ShopErrorCode;

pub fn name(code: ShopErrorCode) -> &'static str {
    match code {
        ShopErrorCode::Empty => "empty",
        ShopErrorCode::TooMany => "too many",
        ShopErrorCode::Closed => "closed",
    }
}
