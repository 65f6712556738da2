// What the compiler knows of an error once its id, its code or its category is known.

import assert from "node:assert/strict";
import { test } from "node:test";
import { FullShopError, isFullShopError } from "full-shop-errors";
import {
  type AnyPixnetError,
  isPixnetError,
  isPixnetErrorInCategory,
  type KnownPixnetError,
  type OpenPixnetErrorCategory,
  type OpenPixnetErrorCode,
  type OpenPixnetErrorGroup,
  type OpenPixnetErrorId,
  PixnetError,
  type PixnetErrorCategory,
  PixnetErrorCode,
  type PixnetErrorGroup,
  type PixnetErrorId,
} from "./pixnet-errors/index.js";
import { pixnetError, shopError } from "./responses.js";

/** A `switch` on ids has the parameters of each. */
function subjectOf(error: AnyPixnetError): string {
  switch (error.id) {
    case "user_already_exists":
      return error.parameters?.user ?? "?";
    case "url_parameter_required":
      return error.parameters?.parameter ?? "?";
    case "token_invalid": {
      const code: 1000 = error.code;
      const { category } = error;
      const none: undefined = error.parameters;
      return [code, category, none].join();
    }
    case undefined: {
      const code: OpenPixnetErrorCode | undefined = error.code;
      const none: undefined = error.parameters;
      return `code ${String(code)}${String(none)}`;
    }
    default:
      // @ts-expect-error: another error may not have it
      return error.parameters?.user ?? "?";
  }
}

test("a switch on ids narrows the parameters", () => {
  const emma = '{"code":"4200","message":"User emma exists"}';
  const error = PixnetError.fromResponse({ status: 400 }, emma);
  assert.equal(subjectOf(error), "emma");
  const caught: unknown = pixnetError(401, 1000, "");
  assert.ok(isPixnetError(caught));
  assert.equal(subjectOf(caught), "1000,authentication,");
  const unknown = PixnetError.fromResponse({ status: 401 }, { code: 1042 });
  assert.equal(subjectOf(unknown), "code 1042undefined");
});

test("a switch on codes narrows them as well", () => {
  const error = PixnetError.fromResponse(
    { status: 400 },
    { code: "4200", message: "User emma exists" },
  );
  switch (error.code) {
    case PixnetErrorCode.UserAlreadyExists: {
      const user: string | undefined = error.parameters?.user;
      assert.equal(user, "emma");
      break;
    }
    default:
      assert.fail("another code");
  }
});

test("all known errors can be told apart", () => {
  function shortName(error: AnyPixnetError): KnownPixnetError["id"] | "?" {
    if (error.id === undefined) return "?";
    return error.id;
  }
  assert.equal(shortName(pixnetError(401, 1000, "")), "token_invalid");
});

test("a switch on ids narrows after a guard by category", () => {
  const error: unknown = pixnetError(400, 4200, "User emma exists");
  assert.ok(isPixnetErrorInCategory(error, "input"));
  const category: "input" = error.category;
  assert.ok(error.id === "user_already_exists");
  const user: string | undefined = error.parameters?.user;
  assert.deepEqual([category, user], ["input", "emma"]);
});

test("what is open has a name that says so", () => {
  const open: [
    OpenPixnetErrorId,
    OpenPixnetErrorCode,
    OpenPixnetErrorCategory,
    OpenPixnetErrorGroup,
  ] = ["no_such_id", 7, "weather", "rain"];
  // @ts-expect-error: no such id
  const id: PixnetErrorId = "no_such_id";
  // @ts-expect-error: no such code
  const code: PixnetErrorCode = 7;
  // @ts-expect-error: no such category
  const category: PixnetErrorCategory = "weather";
  // @ts-expect-error: no such group
  const group: PixnetErrorGroup = "rain";
  assert.deepEqual([id, code, category, group], open);
});

test("cases and their parameters", () => {
  const error = shopError(400, "order_invalid", "The order is empty");
  assert.ok(isFullShopError(error));
  assert.ok(error.id === "order_invalid");
  const name: "empty" | "too_many" | undefined = error.case;
  assert.equal(name, "empty");
  const count: number | undefined = error.parameters?.count;
  assert.equal(count, undefined);
});

/** Code for the errors of any catalogue. */
function report(error: PixnetError | FullShopError): string {
  const { definition, errors, fields } = error;
  const parts: unknown[] = [
    ...[error.id, error.code, error.status, error.category, error.group],
    ...[error.case, error.retry, error.retryAfter, error.retryAfterAt(0)],
    ...[error.message, error.safeMessage, error.parameters],
    ...[definition?.since, definition?.deprecated, definition?.retired],
    ...[definition?.sensitive, definition?.properties, definition?.cases],
    ...[errors.map(({ message }) => message), Object.entries(fields)],
  ];
  return JSON.stringify(parts);
}

test("code for the errors of any catalogue", () => {
  assert.match(report(pixnetError(401, 1000, "")), /^\["token_invalid",1000,/);
  const busy = shopError(503, "card_retry", "Gateway busy");
  assert.match(report(busy), /"since":"2.0.0","use":"gateway_unavailable"/);
});

test("a response is read", async () => {
  const body = '{"code":"4200","message":"User emma exists"}';
  const headers = { "Retry-After": "7" };
  const init = { status: 400, headers };
  const error = await PixnetError.read(new Response(body, init));
  assert.equal(subjectOf(error), "emma");
  assert.deepEqual([error.rawBody, error.retryAfter], [body, 7]);

  const empty = await FullShopError.read(new Response(null, { status: 503 }));
  assert.equal(empty.message, "HTTP 503");
  assert.equal("cause" in empty, false);
});

test("a response that cannot be read is an error without a code", async () => {
  const response = new Response('{"code":"1000"}', { status: 401 });
  await response.text();
  const cause = new Error("mine");
  const error = await PixnetError.read(response);
  assert.equal(error.message, "HTTP 401");
  assert.ok(error.cause instanceof TypeError);
  assert.equal((await PixnetError.read(response, { cause })).cause, cause);
});

test("headers of all clients", () => {
  const date = "Sun, 06 Nov 1994 08:49:07 GMT";
  const time = "Sun, 06 Nov 1994 08:49:37 GMT";
  const pairs = [
    ["date", date],
    ["retry-AFTER", time],
    ["Retry-After", "1"],
  ] as const;
  const { 0: one, 1: two } = pairs;
  const all = [
    new Headers([[...one], [...two]]),
    new Map(pairs),
    pairs,
    Object.fromEntries(pairs),
    { date: [date], "Retry-After": [time, "1"] },
    { get: (name: string) => (name === "date" ? date : time) },
    {
      *[Symbol.iterator]() {
        yield* pairs;
      },
    },
  ];
  for (const headers of all) {
    const error = PixnetError.fromResponse({ status: 503, headers }, "");
    assert.equal(error.retryAfter, 30);
  }
  for (const headers of [undefined, null, {}, [], new Headers(), new Map()]) {
    const error = PixnetError.fromResponse({ status: 503, headers }, "");
    assert.equal(error.retryAfter, undefined);
  }
  const odd = [17, "retry-after", [1], [["retry-after"]], { get: 1 }, () => 1];
  for (const headers of odd) {
    const response = { status: 503, headers: headers as never };
    const { retryAfter } = PixnetError.fromResponse(response, "");
    assert.equal(retryAfter, undefined);
  }
});

test("a number of seconds may be a record's number", () => {
  const headers = { "retry-after": 30 };
  const error = PixnetError.fromResponse({ status: 503, headers }, "");
  assert.equal(error.retryAfter, 30);
});

/** Never called: what is in here must not compile. */
export async function mistakes(
  response: Response,
  maybe: string | Promise<string>,
): Promise<void> {
  // @ts-expect-error: the body is missing
  PixnetError.fromResponse(response);
  // @ts-expect-error: an `await` is missing
  PixnetError.fromResponse(response, response.text());
  // @ts-expect-error: an `await` is missing
  PixnetError.fromResponse(response, response.json());
  // @ts-expect-error: an `await` is missing
  PixnetError.fromResponse(response, response.arrayBuffer());
  // @ts-expect-error: an `await` may be missing
  PixnetError.fromResponse(response, maybe);
  // @ts-expect-error: a blob has to be read
  PixnetError.fromResponse(response, await response.blob());
  // @ts-expect-error: a stream is no body
  PixnetError.fromResponse(response, response.body);
  // @ts-expect-error: a response is no body
  PixnetError.fromResponse(response, response);
  // @ts-expect-error: an `await` is missing
  throwing(PixnetError.read(response));
  const json: unknown = await response.json();
  PixnetError.fromResponse(response, json);
}

function throwing(_error: Error): void {}
