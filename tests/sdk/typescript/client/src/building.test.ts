// Texts made from arguments, as a server, a test or a form does before there is a response.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as shop from "full-shop-errors/descriptions";
import { messageOf as shopMessageOf } from "full-shop-errors/messages";
import { subjectOf as shopSubjectOf } from "full-shop-errors/texts";
import { descriptionOf, resolutionOf } from "./pixnet-errors/descriptions.js";
import {
  isPixnetErrorWithId,
  type PixnetErrorDetailsOf,
  type PixnetErrorId,
} from "./pixnet-errors/index.js";
import { messageOf } from "./pixnet-errors/messages.js";
import { subjectOf } from "./pixnet-errors/texts.js";
import { pixnetError } from "./responses.js";

test("messages", () => {
  assert.equal(messageOf("token_invalid"), "Invalid / expired Token");
  assert.equal(
    messageOf("url_parameter_required", { parameter: "category_id" }),
    "URL 中缺少必要參數 category_id",
  );
  assert.equal(
    messageOf("user_already_exists", { user: "emma" }),
    "User emma exists",
  );
});

test("messages of cases", () => {
  const id = "subscription_group_name_or_cellphone_required";
  assert.equal(messageOf(id, "cellphone"), "Missing cellphone or calling_code");
  assert.equal(shopMessageOf("order_invalid", "empty"), "The order is empty");
  assert.equal(
    shopMessageOf("order_invalid", "too_many", { count: 120, limit: 100 }),
    "The order has 120 items, the limit is 100",
  );
});

test("arguments of every type, and braces", () => {
  assert.equal(
    shopMessageOf("card_limit_exceeded", { limit: -3, final: false }),
    "Limit of -3 reached, final: false, set {limit}",
  );
  const reason = "{last_digits} $& $1 }}";
  assert.equal(
    shopMessageOf("card_declined", { last_digits: "4242", reason }),
    `Card ending in 4242 was declined: ${reason}`,
  );
});

test("descriptions and resolutions in a locale", () => {
  const user = subjectOf("user_already_exists", { user: "emma" });
  assert.equal(
    descriptionOf(user),
    "User emma already exists and cannot be added again.",
  );
  assert.equal(
    descriptionOf(user, "zh_Hant_TW"),
    "使用者 emma 已經存在，無法重複加入",
  );
  assert.equal(resolutionOf(user, "en"), undefined);

  const card = shopSubjectOf("card_declined", {
    last_digits: "4242",
    reason: "stolen",
  });
  assert.equal(
    shop.descriptionOf(card, "de-CH"),
    "Die Karte mit den Endziffern ••• wurde abgelehnt (stolen).",
  );
  assert.equal(
    shop.rawDescriptionOf(card, "de-CH"),
    "Die Karte mit den Endziffern 4242 wurde abgelehnt (stolen).",
  );
  assert.equal(shop.resolutionOf(card, "fr"), "Use a card other than •••.");
  assert.equal(shop.rawResolutionOf(card, "fr"), "Use a card other than 4242.");

  const order = shopSubjectOf("order_invalid", "too_many", {
    count: 120,
    limit: 100,
  });
  assert.equal(
    shop.descriptionOf(order, "en"),
    "The order has 120 items, of which at most 100 are allowed.",
  );
});

test("what is built is read back", () => {
  const parameters = { user: "emma & co" };
  const message = messageOf("user_already_exists", parameters);
  const error: unknown = pixnetError(400, 4200, message);
  assert.ok(isPixnetErrorWithId(error, "user_already_exists"));
  assert.deepEqual(error.parameters, parameters);
  assert.equal(
    error.parameters && messageOf(error.id, error.parameters),
    message,
  );
});

test("a function of one's own can pass details on", () => {
  function quoted<Id extends PixnetErrorId>(
    id: Id,
    ...details: PixnetErrorDetailsOf<Id>
  ): string {
    return `“${messageOf(id, ...details)}”`;
  }
  assert.equal(quoted("token_invalid"), "“Invalid / expired Token”");
  assert.equal(
    quoted("user_already_exists", { user: "emma" }),
    "“User emma exists”",
  );
});

/** Never called: what is in here must not compile. */
export function mistakes(): void {
  // @ts-expect-error: the parameters are missing
  messageOf("user_already_exists");
  // @ts-expect-error: a parameter is missing
  messageOf("user_already_exists", {});
  // @ts-expect-error: a parameter that the message does not have
  messageOf("user_already_exists", { user: "emma", name: "emma" });
  // @ts-expect-error: a parameter of another type
  messageOf("user_already_exists", { user: 7 });
  const user = pixnetError(400, 4200, "").rawMessage;
  // @ts-expect-error: a parameter that can be undefined
  messageOf("user_already_exists", { user });
  // @ts-expect-error: parameters for a message without any
  messageOf("token_invalid", { user: "emma" });
  // @ts-expect-error: no such id
  messageOf("user_exists", { user: "emma" });
  // @ts-expect-error: the case is missing
  shopMessageOf("order_invalid");
  // @ts-expect-error: no such case
  shopMessageOf("order_invalid", "full");
  // @ts-expect-error: the parameters of the case are missing
  shopMessageOf("order_invalid", "too_many");
  // @ts-expect-error: the parameters of another case
  shopMessageOf("order_invalid", "empty", { count: 1, limit: 2 });
  // @ts-expect-error: an integer is no text
  shopMessageOf("card_limit_exceeded", { limit: "3", final: false });
  // @ts-expect-error: the parameters are missing
  subjectOf("user_already_exists");
  // @ts-expect-error: a subject of one's own has to say that it has no parameters
  descriptionOf({ id: "user_already_exists" });
}
