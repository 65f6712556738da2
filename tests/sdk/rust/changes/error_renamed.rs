// An error has another id.
// change: s/id: empty,/id: nothing_ordered,/
// expect: error[E0599]

use crate::shop_errors::ShopErrorCode;

pub const CODE: ShopErrorCode = ShopErrorCode::Empty;
