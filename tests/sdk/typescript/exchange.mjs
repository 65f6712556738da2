// node exchange.mjs MODULES EXCHANGE: has the module of each catalogue, below the first folder, read what the languages have written,
// below the second. ../../exchange/README.md says what is in it, and what is printed.

import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { answersOf, compare, load, read, receive } from "./module.mjs";

const [modules, exchange] = process.argv.slice(2);
let bodies = 0;
let unread = 0;
const differences = [];

for (const catalog of readdirSync(exchange)) {
  const folder = join(modules, catalog);
  if (!existsSync(folder)) continue;
  const api = await load(folder);
  for (const name of readdirSync(join(exchange, catalog))) {
    const { format, vectors } = read(join(exchange, catalog, name));
    assert.equal(format, 2);
    for (const vector of vectors) {
      const error = receive(api, vector.response);
      const found = answersOf(api, error, vector.expected);
      const what = `${catalog}/${name}: ${vector.name}`;
      const own = compare(what, found, vector.expected);
      if (own.length === 0) bodies += 1;
      else if (name.endsWith(".values.json")) unread += 1;
      else differences.push(...own);
    }
  }
}
console.log(`bodies: ${bodies}`);
console.log(`unread: ${unread}`);
assert.equal(differences.length, 0, `\n${differences.join("\n")}\n`);
assert.notEqual(bodies, 0, "there is nothing to read");
