// Texts, status and retry class change.
// change: s/en: Empty./en: Nothing is in the order./; s/http: 400/http: 422, retry: transient/
// expect: compiles

use crate::shop_errors::{Retry, ShopErrorCode};

pub const RETRIES: bool = matches!(ShopErrorCode::Empty.retry(), Retry::Transient);
pub const STATUS: u16 = ShopErrorCode::Empty.http_status();
