// A parameter has another name.
// change: s/{who}/{user}/; s/who:/user:/
// expect: error[E0560]

use crate::shop_errors::messages::Closed;

pub fn message(who: &str) -> String {
    Closed { who }.to_string()
}
