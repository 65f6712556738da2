// A message gets another parameter: a program that builds it.
// change: s/by {who}/&, {when}/; s/who: {/when: { type: string, example: now }, &/
// expect: error[E0063]

use crate::shop_errors::messages::Closed;

pub fn message(who: &str) -> String {
    Closed { who }.to_string()
}
