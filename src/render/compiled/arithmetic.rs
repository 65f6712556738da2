//! Calculates as Tera does: integers have 128 bits, and become floats beside one.

use super::renderer::{Place, Renderer};
use crate::model::Value;

#[derive(Clone, Copy)]
pub enum Number {
    Integer(i128),
    Float(f64),
}

impl Number {
    pub fn of(value: Value) -> Option<Self> {
        match value {
            Value::Integer(value) => Some(Self::Integer(value.into())),
            Value::Wide(value) => Some(Self::Integer(*value)),
            Value::Float(value) => Some(Self::Float(value)),
            _ => None,
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "this is how Tera makes a float of an integer"
    )]
    fn to_float(self) -> f64 {
        match self {
            Self::Integer(value) => value as f64,
            Self::Float(value) => value,
        }
    }

    /// Its value, if that is an integer.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "the limits are powers of two, and what is cast lies within"
    )]
    pub fn to_integer(self) -> Option<i128> {
        match self {
            Self::Integer(value) => Some(value),
            Self::Float(value) => {
                let is_in_range = value >= i128::MIN as f64 && value < i128::MAX as f64;
                (is_in_range && value.fract() == 0.0).then_some(value as i128)
            }
        }
    }

    fn is_zero(self) -> bool {
        match self {
            Self::Integer(value) => value == 0,
            Self::Float(value) => value == 0.0,
        }
    }
}

impl<'a> Renderer<'a> {
    pub fn add(&self, left: Value<'a>, right: Value<'a>, place: Place) -> Value<'a> {
        if let (Value::Integer(left), Value::Integer(right)) = (left, right)
            && let Some(sum) = left.checked_add(right)
        {
            return Value::Integer(sum);
        }
        self.calculate(left, right, i128::checked_add, |a, b| a + b, place)
    }

    pub fn subtract(&self, left: Value<'a>, right: Value<'a>, place: Place) -> Value<'a> {
        if let (Value::Integer(left), Value::Integer(right)) = (left, right)
            && let Some(difference) = left.checked_sub(right)
        {
            return Value::Integer(difference);
        }
        self.calculate(left, right, i128::checked_sub, |a, b| a - b, place)
    }

    pub fn multiply(&self, left: Value<'a>, right: Value<'a>, place: Place) -> Value<'a> {
        self.calculate(left, right, i128::checked_mul, |a, b| a * b, place)
    }

    /// The whole quotient: what remains is never negative.
    pub fn divide_whole(&self, left: Value<'a>, right: Value<'a>, place: Place) -> Value<'a> {
        let right = self.divisor(right, place);
        self.calculate(
            left,
            right,
            i128::checked_div_euclid,
            f64::div_euclid,
            place,
        )
    }

    pub fn remainder(&self, left: Value<'a>, right: Value<'a>, place: Place) -> Value<'a> {
        let right = self.divisor(right, place);
        self.calculate(
            left,
            right,
            i128::checked_rem_euclid,
            f64::rem_euclid,
            place,
        )
    }

    /// The quotient, always a float.
    pub fn divide(&self, left: Value<'a>, right: Value<'a>, place: Place) -> Value<'a> {
        match (Number::of(left), Number::of(self.divisor(right, place))) {
            (Some(left), Some(right)) => Value::Float(left.to_float() / right.to_float()),
            _ => self.report_no_number(left, right, place),
        }
    }

    fn divisor(&self, value: Value<'a>, place: Place) -> Value<'a> {
        if Number::of(value).is_some_and(Number::is_zero) {
            return self.fail_as_value(place, "nothing can be divided by 0");
        }
        value
    }

    fn calculate(
        &self,
        left: Value<'a>,
        right: Value<'a>,
        integers: fn(i128, i128) -> Option<i128>,
        floats: fn(f64, f64) -> f64,
        place: Place,
    ) -> Value<'a> {
        let result = match (Number::of(left), Number::of(right)) {
            (Some(Number::Integer(left)), Some(Number::Integer(right))) => {
                integers(left, right).map(|result| Value::integer(self.arena, result))
            }
            (Some(left), Some(right)) => {
                Some(Value::Float(floats(left.to_float(), right.to_float())))
            }
            _ => None,
        };
        result.unwrap_or_else(|| self.report_no_number(left, right, place))
    }

    fn report_no_number(&self, left: Value<'a>, right: Value<'a>, place: Place) -> Value<'a> {
        let message = format!(
            "this cannot be calculated of a {} and a {}",
            left.kind(),
            right.kind()
        );
        self.fail_as_value(place, message)
    }

    /// An integer that a filter or a function is given; Tera takes a float for one where it is whole.
    pub fn given_integer(&self, value: Value<'a>, place: Place) -> Option<i128> {
        let integer = Number::of(value).and_then(Number::to_integer);
        if integer.is_none() {
            self.fail(place, format!("a {} is not an integer", value.kind()));
        }
        integer
    }
}
