//! What a server says about when to try again, as the contract has it.

/// The most seconds that a wait has.
const MOST: u64 = (1 << 31) - 1;

/// The value of a `Retry-After` header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    Seconds(u64),
    /// Until a time, in seconds since 1970.
    Until(i64),
}

impl Wait {
    /// Reads the value of the header. `None` if it means nothing.
    pub fn read(value: &[u8]) -> Option<Self> {
        let value = trimmed(value)?;
        seconds(value)
            .map(Self::Seconds)
            .or_else(|| time(value).map(Self::Until))
    }

    /// The number of seconds to wait at a time.
    pub fn at(self, now: i64) -> u64 {
        match self {
            Self::Seconds(seconds) => seconds,
            Self::Until(time) => u64::try_from(time - now).unwrap_or_default().min(MOST),
        }
    }
}

/// Reads the value of a `Date` header, in seconds since 1970. `None` if it is not a date.
pub fn date(value: &[u8]) -> Option<i64> {
    time(trimmed(value)?)
}

fn trimmed(value: &[u8]) -> Option<&str> {
    Some(std::str::from_utf8(value).ok()?.trim_matches([' ', '\t']))
}

fn seconds(value: &str) -> Option<u64> {
    let (whole, fraction) = value.split_once('.').unwrap_or((value, "0"));
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    if !are_digits(whole) || !are_digits(fraction) {
        return None;
    }
    let more = u64::from(fraction.contains(|digit| digit != '0'));
    // Digits that are too many for an integer are too many seconds.
    let whole: u64 = whole.trim_start_matches('0').parse().unwrap_or_else(|_| {
        if whole.bytes().all(|digit| digit == b'0') {
            0
        } else {
            MOST
        }
    });
    Some(whole.saturating_add(more).min(MOST))
}

/// The forms of a date: `w` and `W` stand for the short and the long name of a day, `n` for that of a month, `_` for a digit of
/// the day or a space, and the other letters for digits of what they begin.
const FORMS: [&str; 3] = [
    "w, dd n YYYY hh:mm:ss GMT",
    "W, dd-n-yy hh:mm:ss GMT",
    "w n _d hh:mm:ss YYYY",
];

const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// A date and a time as numbers.
#[derive(Default)]
struct Fields {
    year: i64,
    short_year: Option<i64>,
    month: usize,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
}

/// Reads a date in any of its forms, in seconds since 1970.
fn time(text: &str) -> Option<i64> {
    let text = text.to_ascii_lowercase();
    let fields = FORMS.iter().find_map(|form| Fields::read(&text, form));
    fields.and_then(|fields| fields.seconds())
}

impl Fields {
    fn read(text: &str, form: &str) -> Option<Self> {
        let mut fields = Self::default();
        let mut rest = text;
        for part in form.chars() {
            if let 'w' | 'W' | 'n' = part {
                let names = match part {
                    'w' => DAYS.map(|day| &day[..3]).to_vec(),
                    'W' => DAYS.to_vec(),
                    _ => MONTHS.to_vec(),
                };
                let found = names.iter().position(|name| rest.starts_with(name))?;
                rest = &rest[names[found].len()..];
                if part == 'n' {
                    fields.month = found;
                }
                continue;
            }
            let next = rest.chars().next()?;
            rest = &rest[next.len_utf8()..];
            let field = match part {
                'Y' => &mut fields.year,
                'y' => fields.short_year.get_or_insert_default(),
                '_' | 'd' => &mut fields.day,
                'h' => &mut fields.hour,
                'm' => &mut fields.minute,
                's' => &mut fields.second,
                literal if literal.to_ascii_lowercase() == next => continue,
                _ => return None,
            };
            if part == '_' && next == ' ' {
                continue;
            }
            *field = *field * 10 + i64::from(next.to_digit(10)?);
        }
        rest.is_empty().then_some(fields)
    }

    /// Seconds since 1970. `None` if there is no such time.
    fn seconds(&self) -> Option<i64> {
        let year = match self.short_year {
            Some(year @ ..70) => 2000 + year,
            Some(year) => 1900 + year,
            None => self.year,
        };
        let exists = year > 0
            && (1..=days_of(year)[self.month]).contains(&self.day)
            && self.hour < 24
            && self.minute < 60
            && self.second < 60;
        let days_before =
            |year: i64| (year - 1) * 365 + (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400;
        let months: i64 = days_of(year)[..self.month].iter().sum();
        let days = days_before(year) - days_before(1970) + months + self.day - 1;
        exists.then_some(((days * 24 + self.hour) * 60 + self.minute) * 60 + self.second)
    }
}

/// How many days each month of a year has.
fn days_of(year: i64) -> [i64; 12] {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let february = if is_leap { 29 } else { 28 };
    [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
}
