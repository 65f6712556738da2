import { raise as shopRaise } from "full-shop-errors/server";
import { raise } from "../src/pixnet-errors/server.js";
import { raise as ticketsRaise } from "../src/tickets-errors/server.js";

// A parameter is missing, of another type, or not the error's own.
raise("user_already_exists");
raise("user_already_exists", {});
raise("user_already_exists", { user: 7 });
raise("user_already_exists", { user: "emma" }, { retryAfter: "30" });
raise("token_invalid", { user: "emma" });
// The case is missing, and a case has another's parameter.
shopRaise("order_invalid");
ticketsRaise("seat_unavailable", "taken", { hour: 20 });
ticketsRaise("seat_unavailable", "blocked", { seat: "A12" });
// A retired error, and a success.
shopRaise("order_gone");
ticketsRaise("paper_ticket_refused");
ticketsRaise("ok");
