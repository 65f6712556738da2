//! An error lacks one of its parameters.
// expect: error[E0063]: missing field `last_digits` in initializer of

use full_shop_errors::FullShopError;
use full_shop_errors::messages::CardDeclined;

fn main() -> Result<(), FullShopError> {
    Err(CardDeclined { reason: "expired" }.into())
}
