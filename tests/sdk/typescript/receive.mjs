// node receive.mjs MODULE PLAN ADDRESS: sends the requests of a plan, and compares what a TypeScript module makes of the answers.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [module, plan, address] = process.argv.slice(2);
const exported = await import(pathToFileURL(resolve(module, "index.js")));
const SdkError = Object.values(exported).find(
  (it) => it.prototype instanceof Error,
);

const { requests } = JSON.parse(readFileSync(plan, "utf8"));
for (const { method, path, body, status, example, expected } of requests) {
  const headers = {
    Authorization: "Bearer token",
    Prefer: `code=${status}, example=${example}`,
  };
  if (body !== null)
    headers["Content-Type"] = "application/x-www-form-urlencoded";
  const response = await fetch(address + path, { method, headers, body });
  // What the server finds wrong with the request or with its own document.
  assert.equal(response.headers.get("sl-violations"), null, example);
  const error = SdkError.fromResponse(response, await response.text());
  const found = {
    status: error.status,
    code: error.code ?? null,
    id: error.id ?? null,
    case: error.case ?? null,
    category: error.category ?? null,
    group: error.group ?? null,
    retry: error.retry,
    message: error.safeMessage ?? null,
    parameters: error.parameters ?? {},
    retry_after: error.retryAfter ?? null,
  };
  assert.deepEqual(
    found,
    { status, ...expected },
    `${method} ${path}, ${example}`,
  );
}
console.log(`responses: ${requests.length}`);
