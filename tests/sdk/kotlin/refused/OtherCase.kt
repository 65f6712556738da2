package refused

import tickets.errors.TicketsMessages

val exception = TicketsMessages.SeatUnavailableTaken(hour = 20).toException()
