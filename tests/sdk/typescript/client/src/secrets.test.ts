// Nothing shows a sensitive value unless it is asked for it by name.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { format, inspect } from "node:util";
import { deserialize, serialize } from "node:v8";
import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import { FullShopError, isFullShopErrorWithId } from "full-shop-errors";
import * as shop from "full-shop-errors/descriptions";
import { shopError } from "./responses.js";

const secret = "4111111111111111";
const declined = shopError(
  402,
  "card_declined",
  `Card ending in ${secret} was declined: stolen`,
);

/** Responses with the secret in places where the catalogue expects it, and where it does not. */
const errors: Readonly<Record<string, FullShopError>> = {
  known: declined,
  "with another text": shopError(402, "card_declined", `No: ${secret}`),
  "with a text for others": shopError(503, "gateway", `No: ${secret}`),
  "with a case": shopError(400, "order_invalid", `No: ${secret}`),
  unknown: shopError(400, "new_code", `No: ${secret}`),
  "without a code": FullShopError.fromResponse(
    { status: 500 },
    { error: { detail: [{ text: secret }] } },
  ),
  "not JSON": FullShopError.fromResponse({ status: 500 }, secret),
  "from parts": new FullShopError({
    status: 402,
    code: "card_declined",
    parameters: { last_digits: secret, reason: "stolen" },
    body: secret,
  }),
};

/** What a console prints. */
function printed(print: () => void): string {
  const lines: string[] = [];
  const streams = [process.stdout, process.stderr];
  const writes = streams.map((stream) => stream.write.bind(stream));
  for (const stream of streams) {
    stream.write = (chunk: string | Uint8Array): boolean => {
      lines.push(String(chunk));
      return true;
    };
  }
  try {
    print();
  } finally {
    streams.forEach((stream, index) => {
      stream.write = writes[index] ?? stream.write;
    });
  }
  return lines.join("");
}

/** What another thread gets. */
function posted(value: unknown): unknown {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(value);
  const message: unknown = receiveMessageOnPort(port2)?.message;
  port1.close();
  return message;
}

/** The values that a program finds which goes through all that an object has. */
function found(value: object): unknown[] {
  const keys = Reflect.ownKeys(value);
  const inherited: string[] = [];
  for (const key in value) inherited.push(key);
  return [
    Object.entries(value),
    inherited,
    keys.map((key): unknown => Reflect.get(value, key)),
    Object.getOwnPropertyDescriptors(value),
  ];
}

const everything = { showHidden: true, depth: null };

const ways: Readonly<Record<string, (error: FullShopError) => unknown>> = {
  String: (error) => String(error),
  message: (error) => error.message,
  safeMessage: (error) => error.safeMessage,
  stack: (error) => error.stack,
  "toString()": (error) => error.toString(),
  template: (error) => `${error.name}: ${error.message}`,
  "JSON.stringify": (error) => JSON.stringify({ error }),
  toJSON: (error) => inspect(error.toJSON(), everything),
  inspect: (error) => inspect(error),
  "inspect everything": (error) => inspect(error, everything),
  "inspect getters": (error) =>
    inspect(error, { ...everything, getters: true }),
  "inspect without the error's own way": (error) =>
    inspect(error, { ...everything, customInspect: false }),
  "inspect a proxy": (error) =>
    inspect(new Proxy(error, {}), { ...everything, showProxy: true }),
  "inspect as a cause": (error) =>
    inspect(new Error("outer", { cause: error }), everything),
  "inspect as one of several": (error) =>
    inspect(new AggregateError([error]), everything),
  format: (error) =>
    ["%s", "%o", "%O", "%j", "%d"].map((it) => format(it, error)),
  "console.log": (error) =>
    printed(() => {
      console.log(error);
      console.error("failed:", error);
      console.dir(error, everything);
      console.table([error]);
      console.trace(error);
    }),
  "own properties": (error) => inspect(found(error), everything),
  spread: (error) => inspect({ ...error }, everything),
  structuredClone: (error) => inspect(structuredClone(error), everything),
  "another thread": (error) => inspect(posted(error), everything),
  serialize: (error) => [
    serialize(error).toString("latin1"),
    inspect(deserialize(serialize(error)), everything),
  ],
  definition: (error) => inspect(error.definition, everything),
  "its parts": (error) => inspect([error.errors, error.fields], everything),
  description: (error) => shop.descriptionOf(error),
  resolution: (error) => shop.resolutionOf(error),
  assertion: (error): string => {
    try {
      assert.deepEqual(error, {});
    } catch (failure) {
      return inspect(failure, everything);
    }
    return assert.fail();
  },
  "JSON and back": (error) =>
    inspect(FullShopError.fromJSON(error.toJSON()), everything),
};

for (const [way, show] of Object.entries(ways)) {
  test(`no secret: ${way}`, () => {
    for (const [kind, error] of Object.entries(errors)) {
      assert.doesNotMatch(String(show(error)), /4111/, kind);
    }
  });
}

test("no secret where a program dies of an error", () => {
  const script = `
    import { FullShopError } from "full-shop-errors";
    const text = "Card ending in " + "4".padEnd(16, "1") + " was declined: stolen";
    const error = { code: "card_declined", detail: [{ text }] };
    throw FullShopError.fromResponse({ status: 402 }, { error });`;
  const options = ["--input-type=module", "--eval", script];
  const cwd = import.meta.dirname;
  const { stderr } = spawnSync(process.execPath, options, { cwd });
  assert.match(String(stderr), /Card ending in ••• was declined: stolen/);
  assert.doesNotMatch(String(stderr), /4111/);
});

test("the rest of the text can be read", () => {
  assert.equal(
    declined.message,
    "card_declined: Card ending in ••• was declined: stolen",
  );
  assert.equal(
    errors["with another text"]?.safeMessage,
    "Card ending in ••• was declined: …",
  );
  assert.equal(errors["unknown"]?.message, "new_code: HTTP 400");
  assert.equal(
    FullShopError.fromJSON(declined.toJSON()).message,
    declined.message,
  );
});

test("who asks for a value by name gets it", () => {
  const error: unknown = declined;
  assert.ok(isFullShopErrorWithId(error, "card_declined"));
  assert.equal(error.parameters?.last_digits, secret);
  assert.match(error.rawMessage ?? "", /4111/);
  assert.match(JSON.stringify(error.rawBody), /4111/);
  assert.match(shop.rawDescriptionOf(error) ?? "", /4111/);
  assert.match(shop.rawResolutionOf(error) ?? "", /4111/);
});
