// node readers.mjs TOOLCHAIN YAML…: a reader of YAML 1.2 finds in each document what stands in the JSON beside it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [toolchain, ...files] = process.argv.slice(2);
const { parse } = createRequire(`${toolchain}/package.json`)("yaml");

assert.notEqual(files.length, 0, "no documents");
for (const file of files) {
  const json = readFileSync(file.replace(/\.yaml$/, ".json"), "utf8");
  assert.deepEqual(parse(readFileSync(file, "utf8")), JSON.parse(json), file);
}
