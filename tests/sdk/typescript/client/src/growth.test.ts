// What a caller or a server sends costs time in proportion to its length.

import assert from "node:assert/strict";
import { test } from "node:test";
import { FullShopError, fullShopErrorDefinition } from "full-shop-errors";
import * as shop from "full-shop-errors/descriptions";
import { messageOf } from "full-shop-errors/messages";
import { descriptionOf } from "./pixnet-errors/descriptions.js";
import {
  isPixnetErrorId,
  PixnetError,
  pixnetErrorDefinition,
} from "./pixnet-errors/index.js";

/** The shortest length to try, in characters; the others are 4 and 16 times as long. */
const size = 16 * 1024;

/**
 * How many times as long 16 times as much may take: it is 16, or 256 where the time grows with the square of the length. Caches
 * that are too small cost some more.
 */
const most = 128;

/** A time in milliseconds below which a measurement says little. */
const short = 0.1;

/** Marks in an order that Unicode puts right. */
const marks = "\u0315\u0300\u0323";

type Shape = (length: number) => unknown;

const times = (unit: string, length: number): string =>
  unit.repeat(length / unit.length + 1);

/** So many that V8 keeps even the fewest in a hash table. */
const numbered = (length: number): number[] =>
  Array.from({ length: length / 4 }, (_, index) => index);

const pixnet = (body: unknown): string =>
  PixnetError.fromResponse({ status: 400 }, body).toString();

const retryAfter = (value: string): number | undefined =>
  PixnetError.fromResponse(
    { status: 429, headers: { "Retry-After": value } },
    "",
  ).retryAfter;

function message(code: string, message: string): unknown {
  const error = new FullShopError({ status: 402, code, message });
  const texts = [shop.descriptionOf(error, "en"), shop.resolutionOf(error)];
  return [String(error), JSON.stringify(error), ...texts];
}

function built(text: string): unknown {
  const parameters = { last_digits: text, reason: text };
  const subject = { id: "card_declined", case: undefined, parameters };
  return [
    messageOf("card_declined", parameters),
    shop.descriptionOf(subject, "zh-Hant-TW"),
  ];
}

const tags: Record<string, (length: number) => string> = {
  "tag of many subtags": (n) => times("en-", n),
  "tag of one subtag": (n) => "x".repeat(n),
  "tag of hyphens": (n) => "-".repeat(n),
  "tag of underscores": (n) => `EN${"_".repeat(n)}`,
  "tag of other letters": (n) => times("漢\u0130", n),
};

const described = (tag: string): string | undefined =>
  descriptionOf(
    { id: "token_invalid", case: undefined, parameters: undefined },
    tag,
  );

const shapes: Record<string, Shape> = {
  ...Object.fromEntries(
    Object.entries(tags).map(([name, make]): [string, Shape] => [
      name,
      (n) => described(make(n)),
    ]),
  ),
  "body: long message": (n) => pixnet(`{"message":"${"a".repeat(n)}"}`),
  "body: escapes": (n) => pixnet(`{"message":"${times("\\u00e9", n)}"}`),
  "body: long code": (n) => pixnet(`{"code":"${"x".repeat(n)}"}`),
  "body: code of digits": (n) => pixnet(`{"code":"${"9".repeat(n)}"}`),
  "body: code of many digits": (n) => pixnet(`{"code":${"9".repeat(n)}}`),
  "body: code of many decimals": (n) => pixnet(`{"code":1.${"0".repeat(n)}}`),
  "body: long exponent": (n) => pixnet(`{"code":1e${"0".repeat(n)}}`),
  "body: many members": (n) =>
    pixnet(
      `{${numbered(n)
        .map((it) => `"m${it}":0`)
        .join()}}`,
    ),
  "body: one member many times": (n) =>
    pixnet(`{${times('"code":1,', n)}"code":1}`),
  "body: name of marks": (n) => pixnet(`{"a${times(marks, n)}":0}`),
  "body: many items": (n) => pixnet(`[${times("1,", n)}1]`),
  "body: open arrays": (n) => pixnet("[".repeat(n)),
  "body: open objects": (n) => pixnet(times('{"code":', n)),
  "body: closed arrays": (n) => pixnet("[".repeat(n / 2) + "]".repeat(n / 2)),
  "body: spaces": (n) => pixnet(`${" ".repeat(n)}{}${" ".repeat(n)}`),
  "body: quotes": (n) => pixnet('"'.repeat(n)),
  "body: backslashes": (n) => pixnet(`"${"\\".repeat(n)}`),
  "body: byte order marks": (n) => pixnet("\uFEFF".repeat(n)),
  "body: no UTF-8": (n) => pixnet(new Uint8Array(n).fill(0xff)),
  "body: zeros": (n) => pixnet(new Uint8Array(n)),
  "message: long parameter": (n) =>
    message(
      "card_declined",
      `Card ending in ${"a".repeat(n)} was declined: ${"b".repeat(n)}`,
    ),
  "message: nearly a literal": (n) =>
    message("card_declined", `Card ending in ${times(" was declined:", n)}`),
  "message: a literal many times": (n) =>
    message("card_declined", `Card ending in ${times(" was declined: ", n)}`),
  "message: long integer": (n) =>
    message(
      "card_limit",
      `Limit of ${"9".repeat(n)} reached, final: true, set {limit}`,
    ),
  "message: long boolean": (n) =>
    message(
      "card_limit",
      `Limit of 1 reached, final: ${times("true", n)}, set {limit}`,
    ),
  "message: of a case": (n) =>
    message("order_invalid", `The order has ${"1".repeat(n)}`),
  "message: placeholders": (n) =>
    message(
      "card_declined",
      `Card ending in {reason} was declined: ${times("{last_digits}", n)}`,
    ),
  "header: many": (n) => {
    const others = numbered(n).map((it) => [`x${it}`, "1"]);
    const headers = Object.fromEntries([...others, ["Retry-After", "1"]]);
    return PixnetError.fromResponse({ status: 429, headers }, "");
  },
  "header: long name": (n) =>
    PixnetError.fromResponse(
      { status: 429, headers: { ["r".repeat(n)]: "1" } },
      "",
    ),
  "Retry-After: digits": (n) => retryAfter("1".repeat(n)),
  "Retry-After: zeros": (n) => retryAfter(`${"0".repeat(n)}x`),
  "Retry-After: spaces": (n) =>
    retryAfter(`${" ".repeat(n)}1${" ".repeat(n)}x`),
  "Retry-After: digits and spaces": (n) => retryAfter(times("1 ", n)),
  "code: long": (n) => fullShopErrorDefinition("x".repeat(n)),
  "code: of marks": (n) => fullShopErrorDefinition(`a${times(marks, n)}`),
  "code: digits": (n) => pixnetErrorDefinition("9".repeat(n)),
  "id: long": (n) => isPixnetErrorId("a".repeat(n)),
  "building: long arguments": (n) => built("a".repeat(n)),
  "building: placeholders": (n) => built(times("{reason}", n)),
};

/** As much in all for each factor, so that whatever else the machine does costs each the same. */
function milliseconds(shape: Shape, factor: number): number {
  const count = 16 / factor;
  const once = (): number => {
    const start = process.cpuUsage();
    for (let run = 0; run < count; run += 1) shape(size * factor);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000 / count;
  };
  return Math.min(...Array.from({ length: 3 }, once));
}

const cost = (shape: Shape): number[] =>
  [1, 4, 16].map((factor) => milliseconds(shape, factor));

const isInProportion = ([first = 0, , last = Infinity]: number[]): boolean =>
  last <= most * Math.max(first, short);

for (const [name, shape] of Object.entries(shapes)) {
  test(`time grows with the length: ${name}`, (context) => {
    let found = cost(shape);
    // Another program may take its time from one of the measurements.
    for (let again = 0; again < 4 && !isInProportion(found); again += 1) {
      found = cost(shape);
    }
    const shown = found.map((it) => it.toFixed(2)).join(", ");
    context.diagnostic(`growth: ${name}: ${shown} ms`);
    assert.ok(isInProportion(found), shown);
  });
}

for (const [name, make] of Object.entries(tags)) {
  test(`a megabyte of a ${name} has an answer`, () => {
    assert.equal(described(make(1 << 20)), described("en"));
  });
}
