// Builds messages, as a server does.

import { descriptionOf } from "./orders-errors/descriptions.js";
import { messageOf } from "./orders-errors/messages.js";
import { subjectOf } from "./orders-errors/texts.js";

console.log([
  messageOf("order_missing", { number: "A7" }),
  messageOf("order_closed"),
  messageOf("order_too_large", { count: 7, limit: 5 }),
  messageOf("card_declined"),
  descriptionOf(subjectOf("order_missing", { number: "A7" })),
]);
