package refused

import tickets.errors.TicketsMessages

val exception = TicketsMessages.PaperTicketRefused().toException()
