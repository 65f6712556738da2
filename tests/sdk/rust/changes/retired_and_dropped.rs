// An error is retired, and the module leaves such errors out.
// change: s/id: empty,/&  retired: { since: 1.0.0 },/; s/rust: {}/rust: { retired: drop }/
// expect: error[E0599]

use crate::shop_errors::ShopErrorCode;

pub const CODE: ShopErrorCode = ShopErrorCode::Empty;
