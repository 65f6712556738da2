// An error is deprecated.
// change: s/id: empty,/&  deprecated: { since: 1.0.0 },/
// expect: warning: use of deprecated

use crate::shop_errors::ShopErrorCode;

pub const CODE: ShopErrorCode = ShopErrorCode::Empty;
