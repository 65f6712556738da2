//! A program that uses everything in the module of `../before.yaml`. It follows what `docs/sdk/rust.md` says: each `match` has an
//! arm `_`, which the compiler insists on where the module is a package.

use shop_errors::{Category, Group, Retry, Severity, ShopError, ShopErrorCode};

mod codes {
    use shop_errors::ShopErrorCode;

    pub const ORDER_CLOSED: ShopErrorCode = ShopErrorCode::OrderClosed;
    pub const ORDER_EMPTY: ShopErrorCode = ShopErrorCode::OrderEmpty;
    pub const TOO_MANY_ITEMS: ShopErrorCode = ShopErrorCode::TooManyItems;
    pub const ITEM_SOLD_OUT: ShopErrorCode = ShopErrorCode::ItemSoldOut;
    pub const CARD_DECLINED: ShopErrorCode = ShopErrorCode::CardDeclined;
    pub const BANK_UNREACHABLE: ShopErrorCode = ShopErrorCode::BankUnreachable;
    pub const USER_NOT_FOUND: ShopErrorCode = ShopErrorCode::UserNotFound;
    pub const NO_SUCH_USER: ShopErrorCode = ShopErrorCode::NoSuchUser;
    pub const LOGIN_FAILED: ShopErrorCode = ShopErrorCode::LoginFailed;
    pub const OLD_LOGIN: ShopErrorCode = ShopErrorCode::OldLogin;
    pub const SESSION_LOST: ShopErrorCode = ShopErrorCode::SessionLost;
}

pub fn answer_a_code(error: &ShopError) -> &'static str {
    match error.code() {
        Some(ShopErrorCode::OrderClosed) => "order another time",
        Some(ShopErrorCode::OrderEmpty) => "order something",
        Some(ShopErrorCode::TooManyItems) => "order less",
        Some(ShopErrorCode::ItemSoldOut) => "order something else",
        Some(ShopErrorCode::CardDeclined) => "pay with another card",
        Some(ShopErrorCode::BankUnreachable) => "pay later",
        Some(ShopErrorCode::UserNotFound) => "sign up",
        Some(ShopErrorCode::LoginFailed) => "log in again",
        Some(ShopErrorCode::OldLogin) => "log in anew",
        Some(ShopErrorCode::SessionLost) => "start again",
        Some(code) => code.description("en"),
        None => "give up",
    }
}

pub fn answer_an_old_name(error: &ShopError) -> bool {
    matches!(error.code(), Some(ShopErrorCode::NoSuchUser))
}

pub fn catch_a_category(error: &ShopError) -> &'static str {
    match error.category() {
        Some(Category::Order) => "order",
        Some(Category::Account) => "account",
        Some(category) => category.id(),
        None => "unknown",
    }
}

pub fn catch_a_group(error: &ShopError) -> &'static str {
    match error.group() {
        Some(Group::OrderCart) => "cart",
        Some(Group::OrderPayment) => "payment",
        Some(group) => group.category().id(),
        None => "none",
    }
}

pub fn decide_on_a_retry(error: &ShopError) -> Option<u64> {
    match error.retry() {
        Retry::Never => None,
        Retry::Transient => Some(1),
        Retry::Throttled => Some(10),
    }
}

mod cases {
    use shop_errors::{Case, ShopError};

    pub fn answer(error: &ShopError) -> &'static str {
        match error.case() {
            Some(Case::CardDeclinedExpired) => "renew the card",
            Some(Case::CardDeclinedOverLimit) => "pay less",
            Some(Case::BankUnreachableTimeout) => "pay again",
            Some(Case::BankUnreachableClosed) => "pay tomorrow",
            Some(case) => case.description("en"),
            None => "pay with another card",
        }
    }
}

mod order_closed {
    use shop_errors::messages::OrderClosed;
    use shop_errors::{Message, ShopError};

    pub fn build(user: &str) -> ShopError {
        OrderClosed { user }.into_error()
    }

    pub fn read(error: &ShopError) -> Option<&str> {
        OrderClosed::from_error(error).map(|message| message.user)
    }

    pub fn take_apart(error: &ShopError) -> Option<&str> {
        let OrderClosed { user } = OrderClosed::from_error(error)?;
        Some(user)
    }
}

mod order_empty {
    use shop_errors::{ShopError, ShopErrorCode};

    pub fn build() -> ShopError {
        ShopError::from(ShopErrorCode::OrderEmpty)
    }

    pub fn read() -> Option<&'static str> {
        ShopErrorCode::OrderEmpty.message()
    }
}

mod too_many_items {
    use shop_errors::messages::TooManyItems;
    use shop_errors::{Message, ShopError};

    pub fn build(count: i64, item: &str) -> String {
        TooManyItems { count, item }.to_string()
    }

    pub fn read_count(error: &ShopError) -> Option<i64> {
        TooManyItems::from_error(error).map(|message| message.count)
    }

    pub fn read_item(error: &ShopError) -> Option<&str> {
        TooManyItems::from_error(error).map(|message| message.item)
    }

    pub fn take_apart(error: &ShopError) -> Option<(i64, &str)> {
        let TooManyItems { count, item } = TooManyItems::from_error(error)?;
        Some((count, item))
    }

    pub fn take_count(error: &ShopError) -> Option<i64> {
        let TooManyItems { count, .. } = TooManyItems::from_error(error)?;
        Some(count)
    }

    pub fn take_item(error: &ShopError) -> Option<&str> {
        let TooManyItems { item, .. } = TooManyItems::from_error(error)?;
        Some(item)
    }
}

mod item_sold_out {
    use shop_errors::messages::ItemSoldOut;
    use shop_errors::{Message, ShopError};

    pub fn build(item: &str) -> ShopError {
        ShopError::from(ItemSoldOut { item })
    }

    pub fn read(error: &ShopError) -> Option<&str> {
        ItemSoldOut::from_error(error).map(|message| message.item)
    }

    pub fn take_apart(error: &ShopError) -> Option<&str> {
        let ItemSoldOut { item } = ItemSoldOut::from_error(error)?;
        Some(item)
    }

    pub fn take_item(error: &ShopError) -> Option<&str> {
        let ItemSoldOut { item, .. } = ItemSoldOut::from_error(error)?;
        Some(item)
    }
}

mod card_declined_over_limit {
    use shop_errors::messages::CardDeclinedOverLimit;
    use shop_errors::{Message, ShopError};

    pub fn build(amount: i64) -> ShopError {
        CardDeclinedOverLimit { amount }.into()
    }

    pub fn read(error: &ShopError) -> Option<i64> {
        CardDeclinedOverLimit::from_error(error).map(|message| message.amount)
    }

    pub fn take_apart(error: &ShopError) -> Option<i64> {
        let CardDeclinedOverLimit { amount } = CardDeclinedOverLimit::from_error(error)?;
        Some(amount)
    }
}

mod user_not_found {
    use shop_errors::messages::UserNotFound;
    use shop_errors::{Message, ShopError};

    pub fn build(user: &str) -> ShopError {
        UserNotFound { user }.into_error()
    }

    pub fn read(error: &ShopError) -> Option<&str> {
        UserNotFound::from_error(error).map(|message| message.user)
    }

    pub fn show(message: &UserNotFound) -> String {
        format!("{message}: {}", message.description("de"))
    }
}

mod no_such_user {
    use shop_errors::messages::NoSuchUser;
    use shop_errors::{Message, ShopError};

    pub fn build(user: &str) -> ShopError {
        NoSuchUser { user }.into_error()
    }

    pub fn read(error: &ShopError) -> Option<&str> {
        NoSuchUser::from_error(error).map(|message| message.user)
    }
}

mod raising {
    use shop_errors::{messages, ShopError};
    use std::time::Duration;

    pub fn order_empty() -> ShopError {
        messages::OrderEmpty.into_error()
    }

    pub fn card_declined_expired() -> Result<(), ShopError> {
        Err(messages::CardDeclinedExpired)?
    }

    pub fn login_failed() -> ShopError {
        messages::LoginFailed.into()
    }

    pub fn item_sold_out(item: &str) -> ShopError {
        messages::ItemSoldOut { item }.into()
    }

    pub fn set_request_id(error: ShopError) -> ShopError {
        error.with_request_id("r-17")
    }

    pub fn set_region(error: ShopError) -> ShopError {
        error.with_region("eu")
    }

    pub fn set_others(error: ShopError) -> ShopError {
        error.with_source("lost").with_retry_after(Duration::from_secs(1))
    }
}

mod parameters {
    use shop_errors::{ParameterValue, ShopError, ShopErrorCode};

    pub fn read(error: &ShopError) -> Option<i64> {
        match error.parameter("count")? {
            ParameterValue::Integer(count) => Some(count),
            _ => None,
        }
    }

    pub fn list(code: ShopErrorCode) -> Vec<&'static str> {
        code.parameters().iter().map(|it| it.name()).collect()
    }
}

mod fields {
    use shop_errors::ShopError;

    pub fn read_request_id(error: &ShopError) -> Option<&str> {
        error.request_id()
    }

    pub fn read_region(error: &ShopError) -> Option<&str> {
        error.region()
    }

    pub fn count(error: &ShopError) -> usize {
        error.fields().len() + error.errors().len()
    }
}

pub fn compare_a_property(error: &ShopError) -> bool {
    error.severity() == Some(Severity::Warning)
}

pub fn answer_a_property(code: ShopErrorCode) -> &'static str {
    match code.severity() {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
        _ => code.severity().name(),
    }
}

pub fn read_a_property(code: ShopErrorCode) -> Option<&'static str> {
    code.owner()
}

pub fn read_a_property_of_an_error(error: &ShopError) -> Option<&'static str> {
    error.owner()
}

mod definitions {
    use shop_errors::ShopErrorCode;

    pub const LOGIN_FAILED: Option<ShopErrorCode> = ShopErrorCode::from_code(2001);
    pub const STATUS: u16 = ShopErrorCode::LoginFailed.http_status();
    pub const NUMBER: i64 = ShopErrorCode::LoginFailed as i64;
    pub const PAGE: Option<&str> = ShopErrorCode::LoginFailed.docs_url();
    pub const SINCE: Option<&str> = ShopErrorCode::LoginFailed.since();
    pub const DEPRECATED: Option<&str> = ShopErrorCode::OldLogin.deprecated_since();
    pub const REPLACEMENT: Option<ShopErrorCode> = ShopErrorCode::OldLogin.replacement();
    pub const RETIRED: Option<&str> = ShopErrorCode::SessionLost.retired_since();

    pub fn find(id: &str) -> Option<ShopErrorCode> {
        ShopErrorCode::from_id(id).or_else(|| id.parse().ok())
    }
}

mod texts {
    use shop_errors::{ShopError, LOCALES};
    use std::borrow::Cow;

    pub fn describe(error: &ShopError) -> Vec<Option<Cow<'static, str>>> {
        LOCALES.iter().map(|it| error.description(it)).collect()
    }

    pub fn show_titles(error: &ShopError) -> Option<[&'static str; 2]> {
        Some([error.category()?.title("de"), error.group()?.title("de")])
    }
}

mod responses {
    use shop_errors::ShopError;

    pub fn read(status: u16, code: &str, message: &str) -> ShopError {
        let headers = [("X-Region", "eu")];
        ShopError::new(status)
            .with_raw_code(code)
            .with_message(message)
            .with_headers(headers)
    }
}
