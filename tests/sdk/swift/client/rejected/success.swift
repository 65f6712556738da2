import TicketsErrors

// error: type 'TicketsError' has no member 'ok'
throw TicketsError.ok()
