// A parameter has another type: a program that asks for a value of any type.
// change: s/type: integer, example: 3/type: string, example: three/
// expect: compiles

use crate::shop_errors::{ParameterValue, ShopError};

pub fn count(error: &ShopError) -> Option<i64> {
    match error.parameter("count")? {
        ParameterValue::Integer(count) => Some(count),
        _ => None,
    }
}
