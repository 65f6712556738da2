package refused

import tickets.errors.TicketsMessages

val exception = TicketsMessages.Internal().toException().withRequestId(7)
