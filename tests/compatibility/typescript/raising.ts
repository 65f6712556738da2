// Raises errors and writes them, as servers do.

import type { ShopError } from "./shop-errors/index.js";
import {
  type ErrorResponse,
  problemOf,
  raise,
  type RaiseDetailsOf,
  type RaisedId,
  type RaiseOptions,
  responseOf,
} from "./shop-errors/server.js";

/** What an error has beside its parameters. */
const options: RaiseOptions = {
  cause: new Error("the server's own"),
  retryAfter: 30,
};

/** Each error that is not retired. */
export const raised: readonly ShopError[] = [
  raise("order_closed", { user: "emma" }),
  raise("order_empty"),
  raise("too_many_items", { count: 120, item: "pens" }),
  raise("item_sold_out", { item: "pens" }, options),
  raise("card_declined", "expired"),
  raise("card_declined", "over_limit", { amount: 500 }, options),
  raise("bank_unreachable", "timeout", options),
  raise("bank_unreachable", "closed"),
  raise("user_not_found", { user: "emma" }),
  raise("login_failed", options),
  raise("old_login"),
];

/** With a field. */
export const traced = raise("order_empty", {
  fields: { region: "eu" },
});

/** Passes arguments on. */
export function refuse<Id extends RaisedId>(
  id: Id,
  ...details: RaiseDetailsOf<Id>
): never {
  throw raise(id, ...details);
}

/** The answer to a request. */
export function answer(error: ShopError, request: Request): ErrorResponse {
  const options = { acceptLanguage: request.headers.get("Accept-Language") };
  return request.headers.get("Accept")
    ? problemOf(error, options)
    : responseOf(error);
}

/** The same, for servers that return one. */
export function respond(error: ShopError): Response {
  const { body, ...head } = responseOf(error);
  return new Response(body, head);
}
