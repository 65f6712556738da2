//! What a caller or a server sends costs time in proportion to its length.

use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

use errgen_sdk_client::pixnet_errors::{PixnetError, PixnetErrorCode};
use full_shop_errors::{FullShopError, FullShopErrorCode, Message, messages};

/// The shortest length to try, in bytes; the others are 4 and 16 times as long.
const SIZE: usize = 16 * 1024;

/// How many times as long 16 times as much may take: it is 16, or 256 where the time grows with the square of the length. Caches
/// that are too small cost some more.
const MOST: u32 = 128;

/// A time below which a measurement says little.
const SHORT: Duration = Duration::from_micros(100);

/// Marks in an order that Unicode puts right.
const MARKS: &str = "\u{315}\u{300}\u{323}";

/// What is done with a text of a length.
type Shape = (&'static str, fn(usize));

/// How a tag of a length is made.
type Tag = (&'static str, fn(usize) -> String);

fn times(unit: &str, length: usize) -> String {
    unit.repeat(length / unit.len() + 1)
}

fn pixnet(body: impl Into<Vec<u8>>) {
    let error = PixnetError::from_body(400, body);
    black_box(format!("{error} {error:?}"));
}

fn message(code: FullShopErrorCode, text: String) {
    let error = FullShopError::new(402).with_code(code).with_message(text);
    black_box((error.case(), error.parameters(), error.parameter("reason")));
    black_box((error.description("en"), error.resolution("en")));
    black_box(format!("{error} {error:?}"));
    black_box(messages::CardDeclined::from_error(&error));
}

fn retry_after(value: &str) {
    let error = PixnetError::new(429).with_headers([("Retry-After", value), ("Date", value)]);
    black_box(error.retry_after());
}

fn built(text: &str) {
    let card = messages::CardDeclined {
        last_digits: text,
        reason: text,
    };
    black_box(format!("{card} {card:?}"));
    black_box((card.raw_message(), card.description("zh-Hant-TW")));
}

fn described(tag: &str) -> &'static str {
    PixnetErrorCode::TokenInvalid.description(tag)
}

const TAGS: &[Tag] = &[
    ("tag of many subtags", |n| times("en-", n)),
    ("tag of one subtag", |n| "x".repeat(n)),
    ("tag of hyphens", |n| "-".repeat(n)),
    ("tag of underscores", |n| "EN".to_owned() + &"_".repeat(n)),
    ("tag of other letters", |n| times("漢\u{130}", n)),
];

const BODIES: &[Shape] = &[
    ("body: long message", |n| {
        pixnet(format!(r#"{{"message":"{}"}}"#, "a".repeat(n)));
    }),
    ("body: escapes", |n| {
        pixnet(format!(r#"{{"message":"{}"}}"#, times("\\u00e9", n)));
    }),
    ("body: long code", |n| {
        pixnet(format!(r#"{{"code":"{}"}}"#, "x".repeat(n)));
    }),
    ("body: code of digits", |n| {
        pixnet(format!(r#"{{"code":"{}"}}"#, "9".repeat(n)));
    }),
    ("body: code of many digits", |n| {
        pixnet(format!(r#"{{"code":{}}}"#, "9".repeat(n)));
    }),
    ("body: code of many decimals", |n| {
        pixnet(format!(r#"{{"code":1.{}}}"#, "0".repeat(n)));
    }),
    ("body: long exponent", |n| {
        pixnet(format!(r#"{{"code":1e{}}}"#, "0".repeat(n)));
    }),
    ("body: many members", |n| {
        let mut body = "{".to_owned();
        for number in 0..n / 8 {
            write!(body, r#""{number}":0,"#).expect("a text takes all");
        }
        pixnet(body + r#""code":1}"#);
    }),
    ("body: one member many times", |n| {
        pixnet(format!(r#"{{{}"code":1}}"#, times(r#""code":1,"#, n)));
    }),
    ("body: name of marks", |n| {
        pixnet(format!(r#"{{"a{}":0}}"#, times(MARKS, n)));
    }),
    ("body: many items", |n| {
        pixnet(format!("[{}1]", times("1,", n)));
    }),
    ("body: open arrays", |n| pixnet("[".repeat(n))),
    ("body: open objects", |n| pixnet(times(r#"{"code":"#, n))),
    ("body: closed arrays", |n| {
        pixnet("[".repeat(n / 2) + &"]".repeat(n / 2));
    }),
    ("body: spaces", |n| {
        let spaces = " ".repeat(n);
        pixnet(format!("{spaces}{{}}{spaces}"));
    }),
    ("body: quotes", |n| pixnet("\"".repeat(n))),
    ("body: backslashes", |n| {
        pixnet("\"".to_owned() + &"\\".repeat(n));
    }),
    ("body: byte order marks", |n| pixnet("\u{FEFF}".repeat(n))),
    ("body: halves of surrogate pairs", |n| {
        pixnet(format!(r#"{{"code":"{}"}}"#, times("\\ud800", n)));
    }),
    ("body: open arrays in a code", |n| {
        pixnet(r#"{"code":"#.to_owned() + &"[".repeat(n));
    }),
    ("body: no UTF-8", |n| pixnet(vec![0xFF; n])),
    ("body: zeros", |n| pixnet(vec![0; n])),
];

const MESSAGES: &[Shape] = &[
    ("message: long parameter", |n| {
        let (digits, reason) = ("a".repeat(n), "b".repeat(n));
        let text = format!("Card ending in {digits} was declined: {reason}");
        message(FullShopErrorCode::CardDeclined, text);
    }),
    ("message: nearly a literal", |n| {
        let text = "Card ending in ".to_owned() + &times(" was declined:", n);
        message(FullShopErrorCode::CardDeclined, text);
    }),
    ("message: a literal many times", |n| {
        let text = "Card ending in ".to_owned() + &times(" was declined: ", n);
        message(FullShopErrorCode::CardDeclined, text);
    }),
    ("message: long integer", |n| {
        let limit = "9".repeat(n);
        let text = format!("Limit of {limit} reached, final: true, set {{limit}}");
        message(FullShopErrorCode::CardLimitExceeded, text);
    }),
    ("message: long boolean", |n| {
        let is_final = times("true", n);
        let text = format!("Limit of 1 reached, final: {is_final}, set {{limit}}");
        message(FullShopErrorCode::CardLimitExceeded, text);
    }),
    ("message: of a case", |n| {
        let text = "The order has ".to_owned() + &"1".repeat(n);
        message(FullShopErrorCode::OrderInvalid, text);
    }),
    ("message: placeholders", |n| {
        let text = "Card ending in {reason} was declined: ".to_owned();
        let text = text + &times("{last_digits}", n);
        message(FullShopErrorCode::CardDeclined, text);
    }),
];

const OTHERS: &[Shape] = &[
    ("header: many", |n| {
        let others = (0..n / 8).map(|number| (format!("x{number}"), "1"));
        let headers = others.chain([("Retry-After".to_owned(), "1")]);
        black_box(PixnetError::new(429).with_headers(headers));
    }),
    ("header: long name", |n| {
        black_box(PixnetError::new(429).with_headers([("r".repeat(n), "1")]));
    }),
    ("Retry-After: digits", |n| retry_after(&"1".repeat(n))),
    ("Retry-After: zeros", |n| {
        retry_after(&("0".repeat(n) + "x"));
    }),
    ("Retry-After: spaces", |n| {
        let spaces = " ".repeat(n);
        retry_after(&format!("{spaces}1{spaces}x"));
    }),
    ("Retry-After: digits and spaces", |n| {
        retry_after(&times("1 ", n));
    }),
    ("Retry-After: fraction", |n| {
        retry_after(&("1.".to_owned() + &"0".repeat(n)));
    }),
    ("Retry-After: words of a date", |n| {
        retry_after(&times("Sun, 06 Nov 1994 08:49:37 GMT ", n));
    }),
    ("code: long", |n| {
        black_box(FullShopErrorCode::from_code(&"x".repeat(n)));
    }),
    ("code: of marks", |n| {
        black_box(FullShopErrorCode::from_code(&times(MARKS, n)));
    }),
    ("code: digits", |n| {
        black_box(
            PixnetError::new(400)
                .with_raw_code("9".repeat(n))
                .category(),
        );
    }),
    ("id: long", |n| {
        black_box(PixnetErrorCode::from_id(&"a".repeat(n)));
    }),
    ("building: long arguments", |n| built(&"a".repeat(n))),
    ("building: placeholders", |n| built(&times("{reason}", n))),
];

/// The times at 1, 4 and 16 times the size: as much in all for each, so that whatever else the machine does costs each the same.
fn cost(shape: impl Fn(usize)) -> [Duration; 3] {
    [(1, 16), (4, 4), (16, 1)].map(|(factor, count)| {
        let once = |_| {
            let start = Instant::now();
            for _ in 0..count {
                shape(SIZE * factor);
            }
            start.elapsed() / count
        };
        (0..3).map(once).min().unwrap_or_default()
    })
}

fn assert_in_proportion(name: &str, shape: impl Fn(usize)) {
    let is_in_proportion = |cost: &[Duration; 3]| cost[2] <= MOST * cost[0].max(SHORT);
    // Another program may take its time from one of the measurements.
    let mut costs = (0..5).map(|_| cost(&shape));
    let found = costs.find(is_in_proportion);
    println!("growth: {name}: {found:?}");
    assert!(found.is_some(), "{name}: {:?}", cost(&shape));
}

#[test]
fn time_grows_with_the_length() {
    for (name, tag) in TAGS {
        assert_in_proportion(name, |n| {
            black_box(described(&tag(n)));
        });
    }
    for (name, shape) in [BODIES, MESSAGES, OTHERS].concat() {
        assert_in_proportion(name, shape);
    }
}

#[test]
fn a_tag_of_a_megabyte_has_an_answer() {
    for (name, tag) in TAGS {
        assert_eq!(described(&tag(1 << 20)), described("en"), "{name}");
    }
}
