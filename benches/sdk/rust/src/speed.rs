//! How long a look-up by code and the reading of a response take beside what the language has itself.

mod errors;
mod names;

use std::collections::HashMap;
use std::hint::black_box;
use std::time::Instant;

use names::{ApiError, ApiErrorCode};
use serde_json::Value;

const ROUNDS: usize = 51;

fn main() {
    let codes = shuffled(ApiErrorCode::all());
    let map: HashMap<i64, ApiErrorCode> = codes.iter().map(|code| (code.code(), *code)).collect();
    let codes: Vec<i64> = codes.iter().map(|code| code.code()).collect();
    compare(
        "look-up by code",
        &codes,
        |code| black_box(ApiErrorCode::from_code(*code)).is_some(),
        |code| black_box(map.get(code)).is_some(),
    );

    let bodies: Vec<String> = codes
        .iter()
        .map(|code| format!(r#"{{"error":1,"code":"{code}","message":"User emma exists"}}"#))
        .collect();
    compare(
        "parse a response",
        &bodies,
        |body| {
            black_box(ApiError::from_body(400, body.as_str()))
                .code()
                .is_some()
        },
        |body| black_box(serde_json::from_str::<Value>(body)).is_ok(),
    );
}

/// Prints the median time of one, in nanoseconds, and by how much it is longer than the other.
fn compare<T>(what: &str, items: &[T], one: impl Fn(&T) -> bool, other: impl Fn(&T) -> bool) {
    let repeats = 20_000 / items.len() + 1;
    let time = |work: &dyn Fn() -> usize| {
        let start = Instant::now();
        assert_eq!(work(), items.len() * repeats);
        start.elapsed().as_nanos() as f64 / (items.len() * repeats) as f64
    };
    let all = |test: &dyn Fn(&T) -> bool| {
        (0..repeats)
            .map(|_| items.iter().filter(|item| test(black_box(item))).count())
            .sum()
    };
    let (mut ones, mut ratios) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (own, language) = (time(&|| all(&one)), time(&|| all(&other)));
        ones.push(own);
        ratios.push(own / language);
    }
    println!("{what}\t{}\t{}", median(ones), median(ratios));
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// In an order that no processor foresees.
fn shuffled(codes: &[ApiErrorCode]) -> Vec<ApiErrorCode> {
    let mut codes = codes.to_vec();
    let mut random: u64 = 1;
    for index in (1..codes.len()).rev() {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        codes.swap(index, (random >> 33) as usize % (index + 1));
    }
    codes
}
