// Builds messages and errors, as servers and tests do.

import { ShopError, ShopErrorCode } from "./shop-errors/index.js";
import { messageOf } from "./shop-errors/messages.js";
import { subjectOf } from "./shop-errors/texts.js";

/** The message of each error. */
export const messages: readonly string[] = [
  messageOf("order_closed", { user: "emma" }),
  messageOf("order_empty"),
  messageOf("too_many_items", { count: 120, item: "pens" }),
  messageOf("item_sold_out", { item: "pens" }),
  messageOf("card_declined", "expired"),
  messageOf("card_declined", "over_limit", { amount: 500 }),
  messageOf("bank_unreachable", "timeout"),
  messageOf("bank_unreachable", "closed"),
  messageOf("user_not_found", { user: "emma" }),
  messageOf("login_failed"),
  messageOf("old_login"),
  messageOf("session_lost"),
];

/** What selects the texts of an error. */
export const subjects = [
  subjectOf("item_sold_out", { item: "ink" }),
  subjectOf("card_declined", "over_limit", { amount: 20 }),
  subjectOf("bank_unreachable", "closed"),
];

/** Errors of all kinds, for a test of a program that catches them. */
export const errors: readonly ShopError[] = [
  new ShopError({
    status: 404,
    code: ShopErrorCode.UserNotFound,
    parameters: { user: "emma" },
  }),
  new ShopError({
    status: 502,
    code: ShopErrorCode.BankUnreachable,
    subcode: "T1",
    fields: { request_id: "r-1", region: "eu" },
  }),
];
