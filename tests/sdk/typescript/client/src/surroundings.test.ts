// What else becomes of an error: it is logged, wrapped, copied, sent to a worker, and met by a second copy of the module.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import { runInNewContext } from "node:vm";
import { FullShopError } from "full-shop-errors";
import { isPixnetError, PixnetError } from "./pixnet-errors/index.js";
import { pixnetError } from "./responses.js";
import * as copy from "./second-copy/index.js";

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

test("a name alone does not make an error", () => {
  const other = Object.assign(new Error("?"), { name: "PixnetError" });
  assert.ok(!isPixnetError(other));
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

test("the body is kept as it came, and not shown", () => {
  const body = new TextEncoder().encode(
    '{"code":"4200","message":"User emma exists"}',
  );
  const error = PixnetError.fromResponse({ status: 400 }, body);
  assert.equal(error.rawBody, body);
  assert.equal(error.id, "user_already_exists");
  assert.deepEqual(Object.getOwnPropertyNames(error).sort(), [
    ...["case", "category", "code", "group", "id", "message", "retry"],
    ...["retryAfter", "stack", "status"],
  ]);
});

test("a copy for another thread", () => {
  const error = pixnetError(400, 4200, "User emma exists");
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(error.toJSON());
  const received: unknown = receiveMessageOnPort(port2)?.message;
  port1.close();
  const copied = PixnetError.fromJSON(received);
  assert.deepEqual({ ...copied }, { ...error });
  assert.deepEqual(copied.toJSON(), error.toJSON());
  assert.deepEqual(copied.parameters, { user: "emma" });
  assert.equal(copied.rawMessage, "User emma exists");
  assert.equal(copied.message, error.message);
});

test("JSON keeps the time to wait for", () => {
  const headers = { "Retry-After": "Sun, 06 Nov 1994 08:49:37 GMT" };
  const error = PixnetError.fromResponse({ status: 503, headers }, "");
  const copied = PixnetError.fromJSON(JSON.parse(JSON.stringify(error)));
  const now = new Date("1994-11-06T08:49:30Z");
  assert.equal(copied.retryAfter, 0);
  assert.equal(copied.retryAfterAt(now), 7);
  assert.equal(copied.retryAfterAt(now.getTime() - 500), 8);
});

test("JSON can be anything", () => {
  const values = [
    ...[undefined, null, 0, "", "x", [], {}, () => 1, Symbol.iterator],
    { status: "x", code: {}, retryAfter: "1", retryAt: "x", parameters: 1 },
    { code: "order_invalid", case: "toString", parameters: { count: "x" } },
    { code: "card_declined", case: "x", parameters: { reason: {} } },
  ];
  for (const value of values) {
    const error = FullShopError.fromJSON(value);
    assert.equal(error.status, 0);
    assert.equal(error.case, undefined);
    assert.equal(error.parameters, undefined);
  }
});

test("structuredClone takes every error", () => {
  const uncloneable = { request: () => undefined };
  const error = new PixnetError(
    { status: 400, code: 1000 },
    { cause: uncloneable },
  );
  assert.equal(error.cause, uncloneable);
  const { message, stack } = structuredClone<Error>(error);
  assert.deepEqual([message, stack], [error.message, error.stack]);
  assert.equal(structuredClone(new Error("x", { cause: error })).message, "x");
});

test("consoles show an error as the built-in ones, with its cause", () => {
  const cause = new TypeError("fetch failed");
  const error = new PixnetError({ status: 400, code: 1000 }, { cause });
  const shown = inspect(error);
  const [first = "?"] = error.stack?.split("\n    at Test.") ?? [];
  assert.ok(shown.startsWith(first), shown);
  assert.match(shown, /id: 'token_invalid'/);
  assert.match(shown, /\[cause\]: TypeError: fetch failed\n/);
  assert.doesNotMatch(inspect(pixnetError(401, 1000, "")), /cause\]|errors\]?:/);
  error.cause = error;
  assert.match(inspect(error, { depth: null }), /Circular/);
  error.name = "Renamed";
  assert.equal(String(error), "Renamed: 1000: Invalid / expired Token");
});

test("a class of one's own", async () => {
  class ApiError extends PixnetError {
    override name = "ApiError";
    get isTransient(): boolean {
      return this.retry === "transient";
    }
  }
  const body = '{"code":"4200","message":"User emma exists"}';
  const error = ApiError.fromResponse({ status: 400 }, body);
  assert.ok(error instanceof ApiError && isPixnetError(error));
  assert.equal(error.isTransient, false);
  assert.equal(String(error), "ApiError: 4200: User emma exists");
  assert.equal(Object.keys(PixnetError.prototype).length, 0);
  if (error.id === "user_already_exists") {
    const user: string | undefined = error.parameters?.user;
    assert.equal(user, "emma");
  }
  assert.ok(ApiError.fromJSON(error.toJSON()) instanceof ApiError);
  const read = await ApiError.read(new Response(body, { status: 400 }));
  assert.ok(read instanceof ApiError && read.id === "user_already_exists");
  const user: string | undefined = read.parameters?.user;
  assert.deepEqual([user, read.isTransient], ["emma", false]);
});

test("a proxy is an error too", () => {
  const error = pixnetError(400, 4200, "User emma exists");
  const proxy = new Proxy(error, {});
  assert.ok(isPixnetError(proxy));
  assert.deepEqual(proxy.parameters, { user: "emma" });
  assert.equal(proxy.rawMessage, "User emma exists");
  assert.deepEqual(proxy.toJSON(), error.toJSON());
});

test("equal responses make equal errors", () => {
  const [one, other] = [1, 2].map(() => pixnetError(401, 1000, "x"));
  assert.notEqual(one, other);
  assert.deepEqual({ ...one }, { ...other });
});

test("bodies that nobody asked for", () => {
  const deep = "[".repeat(100_000);
  const proxy = new Proxy({}, { getOwnPropertyDescriptor: () => undefined });
  const throws = new Proxy(
    {},
    {
      getOwnPropertyDescriptor: () => {
        throw new Error("?");
      },
    },
  );
  const bodies = [
    throws,
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
    assert.equal(error.rawBody, body);
    assert.equal(
      FullShopError.fromResponse({ status: 502 }, body).code,
      undefined,
    );
  }
});

test("buffers of another realm", () => {
  const text = JSON.stringify({ code: "4200", message: "User emma exists" });
  const buffers = ["ArrayBuffer", "SharedArrayBuffer"].flatMap((kind) => {
    const code = `const bytes = new Uint8Array(new ${kind}(length + 2), 2);
      bytes.set(values); [bytes, bytes.buffer]`;
    const values = [...Buffer.from(text)];
    const context = { values, length: values.length };
    return runInNewContext(code, context) as [Uint8Array, ArrayBuffer];
  });
  assert.ok(!buffers.some((it) => it instanceof Uint8Array));
  for (const body of buffers) {
    // Two bytes before the text are no JSON.
    const isView = ArrayBuffer.isView(body);
    const error = PixnetError.fromResponse({ status: 400 }, body);
    assert.equal(error.id, isView ? "user_already_exists" : undefined);
    const whole = isView ? body.buffer.slice(2) : body.slice(2);
    assert.equal(PixnetError.fromResponse({ status: 400 }, whole).code, 4200);
  }
});

test("one byte order mark is skipped", async () => {
  const text = '{"code":"4200"}';
  for (const [marks, code] of [
    ["\uFEFF", 4200],
    ["\uFEFF\uFEFF", undefined],
  ] as const) {
    const body = marks + text;
    const bytes = new TextEncoder().encode(body);
    const errors = [
      PixnetError.fromResponse({ status: 400 }, body),
      PixnetError.fromResponse({ status: 400 }, bytes),
      await PixnetError.read(new Response(bytes, { status: 400 })),
    ];
    assert.deepEqual(
      errors.map((error) => error.code),
      [code, code, code],
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
