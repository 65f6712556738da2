//! A program with the module as it comes without options, and with the standard library.

mod shop_errors;

pub use shop_errors::{ShopError, ShopErrorCode};
use std::time::{Duration, SystemTime};

pub const SESSION_LOST: ShopErrorCode = ShopErrorCode::SessionLost;

pub fn wait(error: &ShopError) -> Option<Duration> {
    error.retry_after_at(SystemTime::now())
}
