//! A parameter that the case does not have.
// expect: error[E0560]: struct `SeatUnavailableBlocked` has no field named `count`

mod tickets_errors;

use tickets_errors::{TicketsError, messages};

fn main() -> Result<(), TicketsError> {
    let (hour, count) = (20, 7);
    Err(messages::SeatUnavailableBlocked { hour, count }.into())
}
