import TicketsErrors

// error: argument passed to call that takes no arguments
throw TicketsError.seatUnavailableTaken(hour: 20)
