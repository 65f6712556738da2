// How a program tells errors apart.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  FullShopError,
  FullShopErrorCode,
  isFullShopError,
  isFullShopErrorInCategory,
  isFullShopErrorWithId,
} from "full-shop-errors";
import {
  isPixnetError,
  isPixnetErrorId,
  isPixnetErrorInCategory,
  isPixnetErrorWithId,
  PixnetError,
  type PixnetErrorCategory,
  PixnetErrorCode,
  type PixnetErrorIn,
  type PixnetErrorRetry,
} from "./pixnet-errors/index.js";
import { pixnetError, shopError } from "./responses.js";

/** Throws, as a request that failed does, and catches what any code may have thrown. */
async function caught(error: Error): Promise<unknown> {
  return Promise.reject(error).catch((reason: unknown) => reason);
}

/** A `switch` on codes, with a branch for those that nobody thought of. */
function advice(error: PixnetError | FullShopError): string {
  switch (error.code) {
    case PixnetErrorCode.TokenInvalid:
      return "sign in";
    case PixnetErrorCode.UserAlreadyExists:
    case FullShopErrorCode.CardDeclined:
      return "try another one";
    case FullShopErrorCode.PaymentWarning:
      return "go on";
    default:
      return "give up";
  }
}

test("a switch on codes", () => {
  assert.equal(advice(pixnetError(401, 1000, "")), "sign in");
  assert.equal(advice(pixnetError(400, 4200, "")), "try another one");
  assert.equal(advice(shopError(402, "card_declined", "")), "try another one");
  assert.equal(advice(shopError(200, "01000", "")), "go on");
  assert.equal(advice(shopError(200, "1000", "")), "give up");
  assert.equal(advice(pixnetError(500, 777, "")), "give up");
});

/** A `switch` on ids stays open too: a later version may know more of them. */
function shortName(id: PixnetError["id"]): string {
  switch (id) {
    case "token_invalid":
      return "token";
    case undefined:
      return "unknown";
    default:
      return id;
  }
}

test("a switch on ids", () => {
  assert.equal(shortName(pixnetError(401, 1000, "").id), "token");
  assert.equal(shortName(pixnetError(400, 1, "").id), "unknown");
  assert.equal(shortName(pixnetError(404, 2101, "").id), "article_not_found");
});

test("a guard by id narrows to the parameters of that id", async () => {
  const error = await caught(pixnetError(400, 4200, "User emma exists"));
  assert.ok(isPixnetErrorWithId(error, "user_already_exists"));
  const user: string | undefined = error.parameters?.user;
  assert.equal(user, "emma");
  assert.ok(!isPixnetErrorWithId(error, "token_invalid"));
});

test("a guard takes several ids", () => {
  const error: unknown = shopError(
    429,
    "card_limit",
    "Limit of 3 reached, final: true, set {limit}",
  );
  assert.ok(
    isFullShopErrorWithId(error, "card_declined", "card_limit_exceeded"),
  );
  assert.equal(error.id, "card_limit_exceeded");
  assert.deepEqual(error.parameters, { limit: 3, final: true });
});

test("the types of parameters are those of the catalogue", () => {
  const error: unknown = shopError(
    429,
    "card_limit",
    "Limit of 3 reached, final: true, set {limit}",
  );
  assert.ok(isFullShopErrorWithId(error, "card_limit_exceeded"));
  const limit: number | undefined = error.parameters?.limit;
  const final: boolean | undefined = error.parameters?.final;
  assert.deepEqual([limit, final], [3, true]);
  // @ts-expect-error: there is no such parameter
  assert.equal(error.parameters?.user, undefined);
});

test("a message that is not the expected one has no parameters", () => {
  const error = pixnetError(400, 4200, "emma was here before");
  assert.ok(isPixnetErrorWithId(error, "user_already_exists"));
  assert.equal(error.parameters, undefined);
  assert.equal(error.rawMessage, "emma was here before");
});

test("an id from elsewhere can be tested before it is used", () => {
  const id: string = "token_invalid";
  assert.ok(isPixnetErrorId(id));
  assert.ok(isPixnetErrorWithId(pixnetError(401, 1000, ""), id));
  assert.ok(!isPixnetErrorId("toString"));
});

test("a guard by category, and by a group of it", async () => {
  const error = await caught(pixnetError(403, 1300, ""));
  assert.ok(isPixnetErrorInCategory(error, "authentication"));
  const category: "authentication" = error.category;
  assert.equal(category, "authentication");
  assert.ok(isPixnetErrorInCategory(error, "authentication", "rate_limit"));
  assert.ok(!isPixnetErrorInCategory(error, "authentication", "token"));
  assert.ok(!isPixnetErrorInCategory(error, "input"));
  // @ts-expect-error: no such category
  assert.ok(!isPixnetErrorInCategory(error, "weather"));
  // @ts-expect-error: a group of another category
  assert.ok(!isPixnetErrorInCategory(error, "input", "token"));
});

test("a function can ask for errors of one category", () => {
  const signIn = (error: PixnetErrorIn<"authentication">) => error.category;
  const error: unknown = pixnetError(401, 1000, "");
  assert.ok(isPixnetErrorInCategory(error, "authentication"));
  assert.equal(signIn(error), "authentication");
});

/** How long to wait before the request is sent again; `undefined` for never. */
function delay(error: PixnetError | FullShopError): number | undefined {
  if (error.retry === "never") return undefined;
  return error.retryAfter ?? (error.retry === "throttled" ? 60 : 1);
}

test("a decision to try again", () => {
  const throttled = PixnetError.fromResponse(
    new Response(
      '{"error":1,"code":"1301","message":"Exceed App Rate Limit"}',
      {
        status: 403,
        headers: { "Retry-After": "30" },
      },
    ),
    { code: "1301" },
  );
  assert.equal(throttled.retry, "throttled" satisfies PixnetErrorRetry);
  assert.equal(delay(throttled), 30);
  assert.equal(delay(pixnetError(403, 1301, "")), 60);
  assert.equal(delay(pixnetError(500, 8501, "")), 1);
  assert.equal(delay(pixnetError(400, 4200, "")), undefined);
  assert.equal(delay(shopError(503, "card_retry", "")), 1);
});

test("headers may be a record, in any letter case", () => {
  const headers = { "RETRY-AFTER": "7" };
  const error = FullShopError.fromResponse({ status: 429, headers }, "");
  assert.equal(error.retryAfter, 7);
  assert.equal(error.retry, "throttled");
});

test("an unknown code is kept, and stands where its number says", () => {
  const error = pixnetError(429, 1042, "Something new");
  assert.equal(error.id, undefined);
  assert.equal(error.code, 1042);
  assert.equal(error.category, "authentication");
  assert.equal(error.group, "token");
  assert.equal(error.retry, "throttled");
  assert.equal(error.message, "1042: Something new");
  assert.ok(isPixnetErrorInCategory(error, "authentication", "token"));
});

test("an unknown code can be anything that a server sends", () => {
  assert.equal(pixnetError(500, "E-17", "").code, "E-17");
  assert.equal(pixnetError(500, "0777", "").code, "0777");
  assert.equal(shopError(500, "__proto__", "").code, "__proto__");
  assert.equal(shopError(500, "toString", "").id, undefined);
  assert.equal(shopError(500, "constructor", "").category, undefined);
});

test("a case is recognised by its message", () => {
  const code = PixnetErrorCode.SubscriptionGroupNameOrCellphoneRequired;
  const named = pixnetError(400, code, "請填入訂閱群組名稱");
  const called = pixnetError(400, code, "Missing cellphone or calling_code");
  assert.equal(named.case, "subscription_group_name");
  assert.equal(called.case, "cellphone");
  assert.equal(pixnetError(400, code, "Missing").case, undefined);
});

test("cases and their parameters", () => {
  const error: unknown = shopError(
    400,
    "order_invalid",
    "The order has 120 items, the limit is 100",
  );
  assert.ok(isFullShopErrorWithId(error, "order_invalid"));
  switch (error.case) {
    case "too_many":
      assert.deepEqual(error.parameters, { count: 120, limit: 100 });
      break;
    case "empty":
    case undefined:
      assert.fail("another case");
  }
});

test("deprecated and retired codes are still recognised", () => {
  const busy = shopError(503, "card_retry", "Gateway busy");
  const gone = shopError(410, "order_gone", "Order gone");
  assert.equal(busy.id, "card_gateway_busy");
  assert.equal(gone.id, "order_gone");
  assert.ok(isFullShopErrorInCategory(gone, "order", "state"));
});

test("each module has errors of its own", () => {
  const pixnet: unknown = pixnetError(401, 1000, "");
  const shop: unknown = shopError(402, "card_declined", "");
  assert.deepEqual([pixnet, shop].map(isPixnetError), [true, false]);
  assert.deepEqual([pixnet, shop].map(isFullShopError), [false, true]);
  assert.ok(pixnet instanceof PixnetError && shop instanceof FullShopError);
});

test("what is no error of the module", () => {
  const values = [undefined, null, 0, "PixnetError", {}, [], new Error("?")];
  assert.ok(!values.some(isPixnetError));
});

test("categories are an open list of texts", () => {
  const counts = new Map<string, number>();
  for (const code of [1000, 1301, 4200, 9999]) {
    const category = pixnetError(400, code, "").category ?? "none";
    counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  assert.equal(counts.get("authentication" satisfies PixnetErrorCategory), 2);
});
