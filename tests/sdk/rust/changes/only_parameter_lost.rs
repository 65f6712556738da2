// A message loses its only parameter: its type is no longer there.
// change: s/"Closed by {who}", params: { who: { type: string, example: emma } }/Closed/
// expect: error[E0432]

use crate::shop_errors::{messages::Closed, Message, ShopError};

pub fn is_closed(error: &ShopError) -> bool {
    Closed::from_error(error).is_some()
}
