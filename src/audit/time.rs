//! When a response came.

/// Seconds since 1970-01-01T00:00:00Z of a time by RFC 3339, a date alone, or a number of seconds, milliseconds or more.
pub fn seconds_of(text: &str) -> Option<i64> {
    let text = text.trim();
    if let Ok(number) = text.parse::<f64>() {
        return seconds(number);
    }
    let number = |range: std::ops::Range<usize>| -> Option<i64> {
        let digits = text.get(range)?;
        let is_number = digits.bytes().all(|it| it.is_ascii_digit());
        is_number.then(|| digits.parse().ok())?
    };
    let is_mark =
        |at: usize, marks: &[u8]| text.as_bytes().get(at).is_some_and(|it| marks.contains(it));
    if !(is_mark(4, b"-") && is_mark(7, b"-")) {
        return None;
    }
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let date = days(year, month, day) * 86_400;
    if text.len() == 10 {
        return Some(date);
    }
    if !(is_mark(10, b"Tt ") && is_mark(13, b":") && is_mark(16, b":")) {
        return None;
    }
    let time = number(11..13)? * 3600 + number(14..16)? * 60 + number(17..19)?;
    let rest = text.get(19..)?;
    let rest = rest.strip_prefix(['.', ',']).map_or(rest, |fraction| {
        fraction.trim_start_matches(|it: char| it.is_ascii_digit())
    });
    Some(date + time - offset(rest)?)
}

/// Seconds of a number of seconds, milliseconds, microseconds or nanoseconds, by how large it is.
#[allow(
    clippy::cast_possible_truncation,
    reason = "a number that is none of a time ends at the last one"
)]
fn seconds(number: f64) -> Option<i64> {
    let size = number.abs();
    let unit = match size {
        _ if size < 1e11 => 1.0,
        _ if size < 1e14 => 1e3,
        _ if size < 1e17 => 1e6,
        _ => 1e9,
    };
    number.is_finite().then(|| (number / unit).floor() as i64)
}

/// The seconds by which a time zone is ahead: `Z`, `+02:00`, `-0130`, or nothing for UTC.
fn offset(zone: &str) -> Option<i64> {
    if zone.is_empty() || zone.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits = zone.strip_prefix(['+', '-'])?.replace(':', "");
    let is_number = digits.len() == 4 && digits.bytes().all(|it| it.is_ascii_digit());
    let number: i64 = is_number.then(|| digits.parse().ok())??;
    Some(sign * (number / 100 * 3600 + number % 100 * 60))
}

/// Days since 1970-01-01 in the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    // Years begin with March, so that the leap day is the last.
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leaps + (month * 153 + 2) / 5 + day - 1 - 719_468
}
