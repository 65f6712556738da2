// Errors that a server raises, and the responses that they become.

import assert from "node:assert/strict";
import { test } from "node:test";
import { FullShopError } from "full-shop-errors";
import {
  problemOf as shopProblemOf,
  raise as shopRaise,
  responseOf as shopResponseOf,
} from "full-shop-errors/server";
import { isPixnetErrorWithId, PixnetError } from "./pixnet-errors/index.js";
import {
  problemOf,
  raise,
  type RaiseDetailsOf,
  type RaisedId,
  responseOf,
} from "./pixnet-errors/server.js";

function jsonOf({ body }: { readonly body: Uint8Array }): unknown {
  return JSON.parse(new TextDecoder().decode(body));
}

test("an error knows all that a client would read", () => {
  const error = raise("user_already_exists", { user: "emma" });
  assert.ok(error instanceof PixnetError);
  assert.equal(error.code, 4200);
  assert.equal(error.status, 400);
  assert.equal(error.parameters?.user, "emma");
  assert.equal(error.message, "4200: User emma exists");
  assert.deepEqual(jsonOf(responseOf(error)), {
    error: 1,
    code: "4200",
    message: "User emma exists",
  });
});

test("an error is thrown and caught like any other", () => {
  const caught = (() => {
    try {
      throw raise("token_invalid");
    } catch (error) {
      return error;
    }
  })();
  assert.ok(isPixnetErrorWithId(caught, "token_invalid"));
});

test("a case, and options after everything else", () => {
  const id = "subscription_group_name_or_cellphone_required";
  const error = raise(id, "cellphone", { retryAfter: 30 });
  assert.equal(error.case, "cellphone");
  assert.equal(error.retryAfter, 30);
  assert.equal(responseOf(error).headers["Retry-After"], "30");
  assert.equal(raise("token_invalid", { retryAfter: 0 }).retryAfter, 0);
});

test("a cause stays in the process", () => {
  const cause = new Error("database password hunter2");
  const error = raise("article_create_failed", { cause });
  assert.equal(error.cause, cause);
  for (const write of [responseOf, problemOf]) {
    const { headers, body } = write(error, { acceptLanguage: "en" });
    const text = JSON.stringify(headers) + new TextDecoder().decode(body);
    assert.doesNotMatch(text, /hunter2|stack/);
  }
});

test("a sensitive value is the caller's own", () => {
  const parameters = { last_digits: "4242", reason: "stolen" };
  const error = shopRaise("card_declined", parameters);
  assert.match(error.message, /•••/);
  for (const write of [shopResponseOf, shopProblemOf]) {
    const { body } = write(error);
    assert.match(new TextDecoder().decode(body), /ending in 4242/);
    const again = FullShopError.fromResponse({ status: 402 }, body);
    assert.deepEqual(again.parameters, parameters);
  }
});

test("a response can be made of it", async () => {
  const error = raise("article_not_found");
  const { body, ...head } = problemOf(error, { acceptLanguage: "zh-TW" });
  const response = new Response(body, head);
  assert.equal(response.status, 404);
  const type = response.headers.get("Content-Type");
  assert.equal(type, "application/problem+json");
  assert.equal(response.headers.get("Content-Language"), "zh-TW");
  const read: unknown = await PixnetError.read(response);
  assert.ok(isPixnetErrorWithId(read, "article_not_found"));
});

test("nothing comes into a header but what it can hold", () => {
  const header = "en\r\nSet-Cookie: a=b";
  const error = raise("user_already_exists", { user: "a\r\nX-Injected: yes" });
  const { headers } = problemOf(error, { acceptLanguage: header });
  for (const value of Object.values(headers)) {
    assert.doesNotMatch(value, /[\r\n]|Cookie|Injected/);
  }
});

test("half of a surrogate pair is in no body", () => {
  const error = raise("user_already_exists", { user: "\ud800" });
  const message = "User \ufffd exists";
  assert.deepEqual(jsonOf(responseOf(error)), {
    error: 1,
    code: "4200",
    message,
  });
});

test("what a server has received, it can pass on", () => {
  const body = '{"error":1,"code":"9999","message":"New"}';
  const error = PixnetError.fromResponse({ status: 409 }, body);
  const { status, ...written } = responseOf(error);
  assert.equal(status, 409);
  assert.deepEqual(jsonOf(written), JSON.parse(body));
  const nothing = PixnetError.fromResponse({ status: 502 }, "<html>");
  assert.deepEqual(jsonOf(responseOf(nothing)), { error: 1 });
});

test("a program without types learns what is wrong", () => {
  const untyped = raise as (...details: readonly unknown[]) => unknown;
  for (const details of [
    ["user_already_exists"],
    ["user_already_exists", { user: 7 }],
    ["no_such_id"],
  ]) {
    assert.throws(() => untyped(...details), TypeError);
  }
  for (const retryAfter of [-1, 0.5, NaN, 2 ** 31]) {
    assert.throws(() => raise("token_invalid", { retryAfter }), RangeError);
  }
  const card = { limit: 0.5, final: true };
  assert.throws(() => shopRaise("card_limit_exceeded", card), TypeError);
});

test("a function of one's own can pass details on", () => {
  function refuse<Id extends RaisedId>(
    id: Id,
    ...details: RaiseDetailsOf<Id>
  ): never {
    throw raise(id, ...details);
  }
  assert.throws(() => refuse("user_already_exists", { user: "emma" }), /emma/);
});
