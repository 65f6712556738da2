// Raises errors, as a server does.

import { raise, responseOf } from "./orders-errors/server.js";

for (const error of [
  raise("order_missing", { number: "A7" }),
  raise("order_closed", { retryAfter: 30 }),
  raise("order_too_large", { count: 7, limit: 5 }),
  raise("card_declined"),
]) {
  console.log(responseOf(error));
}
