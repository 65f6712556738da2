//! What problem details (RFC 9457) say of an error whenever it occurs.

use bumpalo::Bump;

use super::value::{Value, map};
use crate::catalog::{Catalog, Error};
use crate::target::Case;

/// `type` is the address of the error's page. Without one, the problem is no more than its status, and is called so.
pub fn problem<'a>(
    arena: &'a Bump,
    catalog: &Catalog,
    error: &Error,
    page: Option<&'a str>,
) -> Value<'a> {
    let Some(http) = error.http else {
        return Value::Null;
    };
    let acronym = |word: &str| {
        let mut acronyms = catalog.acronyms.iter().copied();
        acronyms.find(|it| it.eq_ignore_ascii_case(word))
    };
    let title = match page {
        Some(_) => arena.alloc_str(&Case::Title.apply_with(error.id, acronym)),
        None => reason(arena, http),
    };
    let r#type = page.unwrap_or("about:blank");
    map!(arena, [("type", r#type.into()), ("title", title.into())])
}

/// The reason phrase of a status by RFC 9110, section 15, RFC 6585 and RFC 4918. Any other is named by its number.
pub fn reason(arena: &Bump, http: u16) -> &str {
    match http {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        203 => "Non-Authoritative Information",
        204 => "No Content",
        205 => "Reset Content",
        206 => "Partial Content",
        207 => "Multi-Status",
        300 => "Multiple Choices",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        407 => "Proxy Authentication Required",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "Length Required",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        414 => "URI Too Long",
        415 => "Unsupported Media Type",
        416 => "Range Not Satisfiable",
        417 => "Expectation Failed",
        421 => "Misdirected Request",
        422 => "Unprocessable Content",
        423 => "Locked",
        424 => "Failed Dependency",
        425 => "Too Early",
        426 => "Upgrade Required",
        428 => "Precondition Required",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        451 => "Unavailable For Legal Reasons",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        506 => "Variant Also Negotiates",
        507 => "Insufficient Storage",
        508 => "Loop Detected",
        511 => "Network Authentication Required",
        _ => bumpalo::format!(in arena, "HTTP status {}", http).into_bump_str(),
    }
}
