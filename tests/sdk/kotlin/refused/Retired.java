package refused;

import tickets.errors.TicketsMessages;

class Retired {
    Object exception = TicketsMessages.PaperTicketRefused().toException();
}
