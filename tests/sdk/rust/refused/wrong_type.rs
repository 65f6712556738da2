//! A parameter is of another type.
// expect: error[E0308]: mismatched types

use full_shop_errors::FullShopError;
use full_shop_errors::messages::CardLimitExceeded;

fn main() -> Result<(), FullShopError> {
    let (limit, r#final) = ("12", true);
    Err(CardLimitExceeded { limit, r#final }.into())
}
