package refused

import tickets.errors.TicketsMessages

val exception = TicketsMessages.EventSoldOut("Hamlet", left = "3").toException()
