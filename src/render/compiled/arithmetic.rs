//! Numbers: integers of 64 bits, and what becomes of them by `/`.

use super::{Place, Renderer};
use crate::model::Value;

impl<'a> Renderer<'a> {
    pub(super) fn add(&self, left: Value<'a>, right: Value<'a>, place: Place) -> Value<'a> {
        self.calculated(left, right, i64::checked_add, |a, b| a + b, place)
    }

    pub(super) fn subtract(&self, left: Value<'a>, right: Value<'a>, place: Place) -> Value<'a> {
        self.calculated(left, right, i64::checked_sub, |a, b| a - b, place)
    }

    pub(super) fn multiply(&self, left: Value<'a>, right: Value<'a>, place: Place) -> Value<'a> {
        self.calculated(left, right, i64::checked_mul, |a, b| a * b, place)
    }

    /// The whole quotient, rounded down where the divisor is positive, as it always is.
    pub(super) fn divide_whole(
        &self,
        left: Value<'a>,
        right: Value<'a>,
        place: Place,
    ) -> Value<'a> {
        let floor = |a: f64, b: f64| (a / b).floor();
        self.calculated(left, right, i64::checked_div_euclid, floor, place)
    }

    pub(super) fn remainder(&self, left: Value<'a>, right: Value<'a>, place: Place) -> Value<'a> {
        self.calculated(left, right, i64::checked_rem, |a, b| a % b, place)
    }

    /// The quotient, always with its fraction.
    pub(super) fn divide(&self, left: Value<'a>, right: Value<'a>, place: Place) -> Value<'a> {
        match (float(left), float(right)) {
            (Some(left), Some(right)) if right != 0.0 => Value::Float(left / right),
            _ => self.failed(place, "this cannot be divided"),
        }
    }

    /// Integers, where both are, else with fractions.
    fn calculated(
        &self,
        left: Value<'a>,
        right: Value<'a>,
        integers: fn(i64, i64) -> Option<i64>,
        floats: fn(f64, f64) -> f64,
        place: Place,
    ) -> Value<'a> {
        let result = match (left, right) {
            (Value::Integer(left), Value::Integer(right)) => {
                integers(left, right).map(Value::Integer)
            }
            _ => match (float(left), float(right)) {
                (Some(left), Some(right)) => Some(Value::Float(floats(left, right))),
                _ => None,
            },
        };
        result.unwrap_or_else(|| self.failed(place, "this cannot be calculated"))
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "what is calculated with fractions is a place in a drawing"
)]
fn float(value: Value) -> Option<f64> {
    match value {
        Value::Integer(value) => Some(value as f64),
        Value::Float(value) => Some(value),
        _ => None,
    }
}
