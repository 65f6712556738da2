//! An error with cases is raised without one.
// expect: error[E0425]: cannot find value `OrderInvalid` in module `messages`

use full_shop_errors::{FullShopError, messages};

fn main() -> Result<(), FullShopError> {
    Err(messages::OrderInvalid.into())
}
