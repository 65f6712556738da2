//! An application that talks to two services. PIXNET's error module is one of its own files, the shop's is a package.

pub mod pixnet_errors;

use std::error::Error;
use std::fmt;
use std::time::Duration;

use full_shop_errors::FullShopError;
use pixnet_errors::{Category, Group, PixnetError, PixnetErrorCode, Retry};

/// What to do about an error of PIXNET.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    /// Get a new token, and send the request again.
    SignIn,
    /// Send the request again after this long.
    Wait(Duration),
    /// Show this to whoever filled in the form.
    Correct(String),
    /// There is nothing there.
    Nothing,
    /// Tell the people who run the application.
    Report,
}

/// Decides on an error, also on one that came after this was compiled.
#[must_use]
pub fn step(error: &PixnetError, locale: &str) -> Step {
    match error.retry() {
        Retry::Never => {}
        Retry::Transient => {
            return Step::Wait(error.retry_after().unwrap_or(Duration::from_secs(1)));
        }
        Retry::Throttled => {
            return Step::Wait(error.retry_after().unwrap_or(Duration::from_secs(10)));
        }
    }
    match error.code() {
        Some(PixnetErrorCode::TokenInvalid) => return Step::SignIn,
        Some(PixnetErrorCode::ApiKeySuspended) => return Step::Report,
        _ => {}
    }
    match (error.category(), error.group()) {
        (_, Some(Group::AuthenticationToken)) => Step::SignIn,
        (Some(Category::NotFound), _) => Step::Nothing,
        (Some(Category::Input | Category::Validation), _) => match error.description(locale) {
            Some(description) => Step::Correct(description.into_owned()),
            None => Step::Report,
        },
        _ => Step::Report,
    }
}

/// What can go wrong in this application.
#[derive(Debug)]
pub enum ApplicationError {
    /// PIXNET refused.
    Pixnet(PixnetError),
    /// The shop refused.
    Shop(FullShopError),
}

impl fmt::Display for ApplicationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pixnet(_) => f.write_str("PIXNET refused"),
            Self::Shop(_) => f.write_str("the shop refused"),
        }
    }
}

impl Error for ApplicationError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Pixnet(error) => Some(error),
            Self::Shop(error) => Some(error),
        }
    }
}

impl From<PixnetError> for ApplicationError {
    fn from(error: PixnetError) -> Self {
        Self::Pixnet(error)
    }
}

impl From<FullShopError> for ApplicationError {
    fn from(error: FullShopError) -> Self {
        Self::Shop(error)
    }
}

/// Takes a response of each service.
///
/// # Errors
///
/// Where one of them is an error.
pub fn order(pixnet: (u16, &str), shop: (u16, &str)) -> Result<(), ApplicationError> {
    let refused = |status| !(200..300).contains(&status);
    if refused(pixnet.0) {
        return Err(PixnetError::from_body(pixnet.0, pixnet.1).into());
    }
    if refused(shop.0) {
        Err(FullShopError::from_body(shop.0, shop.1))?;
    }
    Ok(())
}
