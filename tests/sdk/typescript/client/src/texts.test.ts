// What a reader is shown.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as shop from "full-shop-errors/descriptions";
import {
  categoryTitleOf,
  descriptionOf,
  groupTitleOf,
  resolutionOf,
} from "./pixnet-errors/descriptions.js";
import { type Locale, localeOf, locales } from "./pixnet-errors/locales.js";
import { descriptionIn, type Texts } from "./pixnet-errors/texts.js";
import { pixnetError, shopError } from "./responses.js";

test("a description in the locale of the reader", () => {
  const error = pixnetError(400, 4200, "User emma exists");
  const english = "User emma already exists and cannot be added again.";
  const chinese = "使用者 emma 已經存在，無法重複加入";
  assert.equal(descriptionOf(error, "en"), english);
  assert.equal(descriptionOf(error, "en-GB"), english);
  assert.equal(descriptionOf(error, "zh-Hant-TW"), chinese);
  assert.equal(descriptionOf(error, "ZH_tw"), chinese);
  assert.equal(descriptionOf(error, "fr"), english);
  assert.equal(descriptionOf(error), english);
});

test("parameters that were not read back show as an ellipsis", () => {
  const error = pixnetError(400, 4200, "Who is emma?");
  assert.equal(
    descriptionOf(error, "en"),
    "User … already exists and cannot be added again.",
  );
});

test("a description of the case", () => {
  const error = pixnetError(400, 4109, "Missing cellphone or calling_code");
  assert.equal(
    descriptionOf(error, "en"),
    "The cell phone number (cellphone) or its country calling code (calling_code) is missing. Both are required.",
  );
});

test("an unknown code has no texts of its own", () => {
  const error = pixnetError(400, 4299, "Something new");
  assert.equal(descriptionOf(error, "en"), undefined);
  assert.equal(resolutionOf(error, "en"), undefined);
  assert.equal(categoryTitleOf(error, "en"), "Input");
  assert.equal(groupTitleOf(error, "zh-TW"), "狀態不符合");
});

test("what can be done about it", () => {
  const error = pixnetError(401, 1099, "");
  assert.equal(
    resolutionOf(error, "en"),
    "Request a new token. If the problem persists, contact PIXNET.",
  );
  assert.equal(resolutionOf(pixnetError(400, 4200, ""), "en"), undefined);
});

test("titles of categories and groups", () => {
  const error = shopError(402, "card_declined", "");
  assert.equal(shop.categoryTitleOf(error, "de"), "Zahlung");
  assert.equal(shop.groupTitleOf(error, "zh_hant_tw"), "信用卡");
  assert.equal(shop.groupTitleOf({ category: "payment" }, "de"), undefined);
  assert.equal(shop.categoryTitleOf({ category: "toString" }), undefined);
});

test("one locale alone, loaded when it is needed", async () => {
  const load: Readonly<Record<Locale, () => Promise<Texts>>> = {
    en: async () => (await import("./pixnet-errors/descriptions/en.js")).en,
    "zh-TW": async () =>
      (await import("./pixnet-errors/descriptions/zh-TW.js")).zhTw,
  };
  const texts = await load[localeOf("zh-HK")]();
  const error = pixnetError(401, 1000, "");
  assert.equal(descriptionIn(texts, error), "Token 過期，請重新要求新的 Token");
  assert.deepEqual(Object.values(locales), ["zh-TW", "en"]);
});
