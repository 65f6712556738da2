// The adapter in a server of its framework, with its users' loggers.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import express from "express";
import { pino } from "pino";
import { errorHandler, type HandlerOptions } from "./tickets-errors/express.js";
import { TicketsError } from "./tickets-errors/index.js";
import { raise } from "./tickets-errors/server.js";

const card = { number: "4111111111111111", amount: 19.5 };
const cause = new Error("database password hunter2");

/** Sends a request to a server that answers each path with an error. */
async function get(
  path: string,
  headers: Record<string, string> = {},
  options?: HandlerOptions,
): Promise<Response> {
  const app = express();
  app.use((_request, response, next) => {
    response.vary("Origin");
    next();
  });
  app.get("/card", () => {
    const fields = { request_id: "r-1", seat: "A12" };
    throw raise("card_declined", card, { cause, fields, retryAfter: 30 });
  });
  app.get("/event/:name", ({ params: { name } }) => {
    throw raise("event_sold_out", { event: name, left: 0 });
  });
  app.get("/internal", () => Promise.reject(raise("internal", { cause })));
  app.get("/busy", () => {
    throw raise("too_many_requests");
  });
  app.get("/received", () => {
    throw new TicketsError({ status: 0 });
  });
  app.get("/started", (_request, response) => {
    response.write("begun");
    throw raise("internal");
  });
  app.get("/other", () => {
    throw new TypeError("of another kind");
  });
  app.use(errorHandler(options));
  app.use(((error, _request, response, _next) => {
    if (response.headersSent) response.end(" and ended");
    else response.status(500).send(`left: ${String(error)}`);
  }) satisfies express.ErrorRequestHandler);
  const server = createServer(app).listen(0, "127.0.0.1");
  try {
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${String(port)}${path}`;
    const response = await fetch(url, { headers });
    const body = await response.arrayBuffer();
    return new Response(body, response);
  } finally {
    server.close();
  }
}

const quiet: HandlerOptions = { log: () => undefined };

test("clients get what they expect", async () => {
  const response = await get("/card", {}, quiet);
  assert.equal(response.status, 402);
  assert.equal(response.headers.get("Content-Type"), "application/json");
  assert.equal(response.headers.get("Retry-After"), "30");
  assert.equal(response.headers.get("X-Request-Id"), "r-1");
  // `fetch` asks for any language.
  const vary = response.headers.get("Vary");
  assert.equal(vary, "Origin, Accept-Language, Accept");
  const text = await response.text();
  assert.doesNotMatch(text, /hunter2/);
  assert.deepEqual(JSON.parse(text), {
    code: "card_declined",
    message: "The card 4111111111111111 was declined for 19.5",
    seat: "A12",
    values: card,
  });
  const error = TicketsError.fromResponse(response, text);
  assert.deepEqual({ ...error.parameters }, card);
});

test("problem details for who prefers them", async () => {
  const type = "application/problem+json";
  for (const [accept, expected] of [
    [type, type],
    [`${type}, application/json;q=0.9`, type],
    [`application/json, ${type};q=0.9`, "application/json"],
    ["text/html", "application/json"],
    ["*/*", "application/json"],
  ] as const) {
    const { headers } = await get("/busy", { Accept: accept }, quiet);
    assert.equal(headers.get("Content-Type"), expected, accept);
  }
  const always = await get("/busy", {}, { ...quiet, problemDetails: true });
  assert.equal(always.headers.get("Content-Type"), type);
  assert.equal(always.headers.get("Vary"), "Origin, Accept-Language");
});

test("the language of the caller", async () => {
  const accept = { "Accept-Language": "fr, de-AT;q=0.8" };
  const response = await get("/busy", accept, quiet);
  assert.equal(response.headers.get("Content-Language"), "de");
  const vary = response.headers.get("Vary");
  assert.equal(vary, "Origin, Accept-Language, Accept");
  assert.match(await response.text(), /Zu viele Anfragen/);
});

test("what is not the catalogue's is left to others", async () => {
  const other = await get("/other");
  assert.equal(await other.text(), "left: TypeError: of another kind");
  const none = await get("/received");
  assert.match(await none.text(), /^left: TicketsError: HTTP 0/);
  const started = await get("/started");
  assert.equal(await started.text(), "begun and ended");
});

test("pino logs no secret", async () => {
  const lines: string[] = [];
  const logger = pino({}, { write: (line) => lines.push(line) });
  const log: HandlerOptions["log"] = (error, { path }) => {
    logger.warn({ err: error, path }, "refused");
    logger.warn(error);
    logger.warn({ error });
    logger.warn(`${error.id ?? ""}: ${String(error)}`);
  };
  const response = await get("/card", {}, { log });
  assert.match(await response.text(), /4111/);
  assert.equal(lines.length, 4);
  assert.match(lines.join(), /The card ••• was declined for 19.5/);
  assert.doesNotMatch(lines.join(), /4111/);
});

test("the console shows failures, and no secret", async (context) => {
  const { mock } = context.mock.method(process.stderr, "write", () => true);
  await get("/card");
  assert.equal(mock.callCount(), 0);
  const log: HandlerOptions["log"] = (error) => {
    console.error(error, [error], `${error.id ?? ""}: ${String(error)}`);
  };
  const refused = await get("/card", {}, { log });
  assert.match(await refused.text(), /4111/);
  const response = await get("/internal");
  assert.doesNotMatch(await response.text(), /hunter2/);
  const shown = mock.calls.map(({ arguments: [text] }) => String(text));
  assert.match(shown.join(), /The card ••• was declined for 19.5/);
  assert.doesNotMatch(shown.join(), /4111/);
  assert.match(shown.join(), /TicketsError: internal: Something went wrong/);
  // The console is the server's own: the cause is for those who mend it.
  assert.match(shown.join(), /hunter2/);
});

test("hostile values", async () => {
  const file = new URL("../../values.json", import.meta.url);
  const values = JSON.parse(readFileSync(file, "utf8")) as string[];
  for (const value of values.filter((it) => !/^\.*$/.test(it))) {
    const path = `/event/${encodeURIComponent(value)}`;
    const response = await get(path, {}, quiet);
    assert.equal(response.headers.get("X-Injected"), null);
    const body = await response.text();
    const error = TicketsError.fromResponse(response, body);
    assert.deepEqual({ ...error.parameters }, { event: value, left: 0 });
  }
});
