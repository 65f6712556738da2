// An error is retired.
// change: s/id: empty,/&  retired: { since: 1.0.0 },/
// expect: warning: use of deprecated

use crate::shop_errors::ShopErrorCode;

pub const CODE: ShopErrorCode = ShopErrorCode::Empty;
