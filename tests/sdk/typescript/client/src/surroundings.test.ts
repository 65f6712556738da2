// What else becomes of an error: it is logged, wrapped, copied, sent to a worker, and met by a second copy of the module.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import { FullShopError } from "full-shop-errors";
import { isPixnetError, PixnetError } from "./pixnet-errors/index.js";
import { pixnetError, shopError } from "./responses.js";
import * as copy from "./second-copy/index.js";

const secret = "4242";
const declined = shopError(
  402,
  "card_declined",
  `Card ending in ${secret} was declined: stolen`,
);

test("two copies of one module: guards rest on data", () => {
  const error: unknown = pixnetError(400, 4200, "User emma exists");
  assert.ok(!(error instanceof copy.PixnetError));
  assert.ok(copy.isPixnetError(error));
  assert.ok(copy.isPixnetErrorInCategory(error, "input", "state_conflict"));
  assert.ok(copy.isPixnetErrorWithId(error, "user_already_exists"));
  const user: string | undefined = error.parameters?.user;
  assert.equal(user, "emma");
});

test("an error of one copy has the type of the other", () => {
  const error: PixnetError = new copy.PixnetError({ status: 500 });
  assert.ok(isPixnetError(error));
});

test("it is an error like any other", () => {
  const cause = new TypeError("fetch failed");
  const error = new PixnetError({ status: 503 }, { cause });
  assert.ok(error instanceof Error);
  assert.equal(error.name, "PixnetError");
  assert.equal(error.cause, cause);
  assert.equal(String(error), "PixnetError: HTTP 503");
  assert.match(
    error.stack ?? "",
    /^PixnetError: HTTP 503\n +at .*surroundings/,
  );
  assert.equal("cause" in pixnetError(500, 1, ""), false);
});

test("it can be thrown, wrapped and found again", () => {
  const error = pixnetError(401, 1000, "Invalid / expired Token");
  const wrapped = new AggregateError([new Error("first"), error]);
  assert.equal(wrapped.errors.find(isPixnetError), error);
  assert.equal(new Error("outer", { cause: error }).cause, error);
});

test("logs show the template of a sensitive message", () => {
  const cause = new Error("outer", { cause: declined });
  const shown = [
    String(declined),
    declined.message,
    declined.stack,
    inspect(declined, { depth: 9 }),
    inspect(cause, { depth: 9 }),
    inspect({ ...declined }, { depth: 9 }),
    JSON.stringify(declined),
    `${Object.entries(declined)}`,
  ];
  for (const text of shown) assert.doesNotMatch(text ?? "", /4242|stolen/);
  assert.match(declined.message, /Card ending in \{last_digits\}/);
  assert.match(declined.serverMessage ?? "", /4242/);
  assert.equal(declined.parameters !== undefined, true);
});

test("logs show nothing of an unknown message where any can be sensitive", () => {
  const unknown = shopError(400, "new_code", `Card ${secret}`);
  assert.equal(unknown.message, "new_code: HTTP 400");
  assert.doesNotMatch(inspect(unknown, { depth: 9 }), /4242/);
});

test("the body is kept as it came, and not shown", () => {
  const body = new TextEncoder().encode(
    '{"code":"4200","message":"User emma exists"}',
  );
  const error = PixnetError.fromResponse({ status: 400 }, body);
  assert.equal(error.body, body);
  assert.equal(error.id, "user_already_exists");
  assert.ok(!Object.keys(error).includes("body"));
});

test("copies for other threads keep the data", () => {
  const error = pixnetError(401, 1000, "Invalid / expired Token");
  const { port1, port2 } = new MessageChannel();
  port1.postMessage({ ...error });
  const received = receiveMessageOnPort(port2)?.message;
  port1.close();
  assert.deepEqual(received, { ...error });
  assert.equal(structuredClone(error).message, error.message);
});

test("equal responses make equal errors", () => {
  const [one, other] = [1, 2].map(() => pixnetError(401, 1000, "x"));
  assert.notEqual(one, other);
  assert.deepEqual({ ...one }, { ...other });
});

test("bodies that nobody asked for", () => {
  const deep = "[".repeat(100_000);
  const proxy = new Proxy({}, { getOwnPropertyDescriptor: () => undefined });
  const bodies = [
    undefined,
    null,
    "",
    "<html>",
    deep,
    17,
    [],
    () => 1,
    proxy,
    Symbol.iterator,
    new Date(),
    new ArrayBuffer(0),
    new DataView(new ArrayBuffer(3)),
  ];
  for (const body of bodies) {
    const error = PixnetError.fromResponse({ status: 502 }, body);
    assert.equal(error.message, "HTTP 502");
    assert.equal(error.body, body);
    assert.equal(
      FullShopError.fromResponse({ status: 502 }, body).code,
      undefined,
    );
  }
});

test("a body from somewhere else cannot pose as more than it is", () => {
  const body = JSON.parse(
    '{"__proto__":{"code":1000},"constructor":1,"code":"__proto__"}',
  ) as unknown;
  const error = PixnetError.fromResponse({ status: 400 }, body);
  assert.equal(error.code, "__proto__");
  assert.equal(error.id, undefined);
  const inherited: unknown = Object.create({ code: 1000 });
  assert.equal(
    PixnetError.fromResponse({ status: 400 }, inherited).code,
    undefined,
  );
});

test("an error made of parts", () => {
  const error = new FullShopError({
    status: 400,
    code: "order_invalid",
    message: "The order is empty",
    retryAfter: 3,
  });
  assert.equal(error.case, "empty");
  assert.equal(error.retryAfter, 3);
  assert.equal(error.message, "order_invalid: The order is empty");
});
