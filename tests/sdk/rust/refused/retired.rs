//! An error that is retired.
// expect: error[E0425]: cannot find value `OrderGone` in module `messages`

use full_shop_errors::{FullShopError, messages};

fn main() -> Result<(), FullShopError> {
    Err(messages::OrderGone.into())
}
