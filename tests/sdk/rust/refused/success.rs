//! The code of a success.
// expect: error[E0425]: cannot find value `Ok` in module `messages`

mod tickets_errors;

use tickets_errors::{TicketsError, messages};

fn main() -> Result<(), TicketsError> {
    Err(messages::Ok.into())
}
