// What the modules know before any response has come.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  FullShopErrorCode,
  fullShopErrorCodes,
  fullShopErrorDefinition,
  fullShopErrorDefinitionById,
  fullShopErrorDocs,
  fullShopErrorDocsUrl,
  fullShopErrors,
} from "full-shop-errors";
import {
  PixnetErrorCode,
  pixnetErrorDefinition,
  pixnetErrorDefinitionById,
  pixnetErrorDocsUrl,
  pixnetErrorSection,
} from "./pixnet-errors/index.js";

test("look-up by code", () => {
  const { id, http, category, retry } = pixnetErrorDefinition(
    PixnetErrorCode.UserAlreadyExists,
  );
  assert.deepEqual(
    [id, http, category, retry],
    ["user_already_exists", 400, "input", "never"],
  );
  const code: number = 1;
  assert.equal(pixnetErrorDefinition(code)?.id, undefined);
  assert.equal(fullShopErrorDefinition("card_limit").http, 429);
});

test("look-up by id", () => {
  assert.equal(pixnetErrorDefinitionById("user_already_exists").code, 4200);
  assert.equal(
    fullShopErrorDefinitionById("card_limit_exceeded").code,
    "card_limit",
  );
  const id: string = "constructor";
  assert.equal(fullShopErrorDefinitionById(id)?.code, undefined);
});

test("codes have literal types", () => {
  const token: 1000 = PixnetErrorCode.TokenInvalid;
  const gateway: "gateway" = fullShopErrorCodes.gateway_unavailable;
  const known: PixnetErrorCode = token;
  assert.equal(known, 1000);
  // @ts-expect-error: no known code
  const other: FullShopErrorCode = "no such code";
  assert.notEqual(gateway, other);
});

test("deprecated codes say what takes their place", () => {
  const { deprecated } = fullShopErrorDefinition(
    FullShopErrorCode.CardGatewayBusy,
  );
  assert.deepEqual(deprecated, { since: "2.0.0", use: "gateway_unavailable" });
  assert.ok(deprecated?.use);
  assert.equal(fullShopErrorDefinitionById(deprecated.use).code, "gateway");
});

test("retired codes are still there", () => {
  assert.deepEqual(fullShopErrorDefinition("order_gone").retired, {
    since: "1.5.0",
  });
});

test("what is sensitive, and since when there is what", () => {
  const { sensitive, since } = fullShopErrorDefinition("card_declined");
  assert.deepEqual([sensitive, since], [true, "1.0.0"]);
});

test("tables can be gone through", () => {
  const throttled = Object.values(fullShopErrors)
    .filter(({ retry }) => retry === "throttled")
    .map(({ id }) => id);
  assert.deepEqual(throttled, ["card_limit_exceeded"]);
  assert.equal(
    fullShopErrorDocs.card_declined,
    "https://errors.example.com/card_declined?id=card_declined",
  );
  assert.equal(
    fullShopErrorDocsUrl("card_declined"),
    fullShopErrorDocs.card_declined,
  );
  assert.equal(pixnetErrorDocsUrl("token_invalid"), undefined);
  assert.deepEqual(fullShopErrors.card_limit.parameters, {
    limit: "integer",
    final: "boolean",
  });
});

test("where a number belongs", () => {
  const section = pixnetErrorSection(1042);
  assert.equal(section?.category, "authentication");
  assert.equal(section.group, "token");
  assert.equal(pixnetErrorSection(7), undefined);
});
