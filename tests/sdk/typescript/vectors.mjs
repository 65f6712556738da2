// node vectors.mjs MODULE VECTORS…: holds each compiled module against the vectors of its catalogue, and against those
// that were written by hand for it, ../../vectors/CATALOG.json. templates/conformance/README.md has the format and its rules.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
let count = 0;

/** What an error answers to each member of `expected`, which for texts holds the tags that are asked for. */
const answers = {
  code: (error) => error.code ?? null,
  id: (error) => error.id ?? null,
  case: (error) => error.case ?? null,
  category: (error) => error.category ?? null,
  group: (error) => error.group ?? null,
  retry: (error) => error.retry,
  retry_after: (error) => error.retryAfter ?? null,
  message: (error) => error.serverMessage ?? null,
  parameters: (error) => error.parameters ?? {},
  display: (error) => error.message,
  descriptions: (error, { descriptionOf }, wanted) =>
    mapValues(wanted, (tag) => descriptionOf(error, tag) ?? null),
  resolutions: (error, { resolutionOf }, wanted) =>
    mapValues(wanted, (tag) => resolutionOf(error, tag) ?? null),
};

function mapValues(object, valueOf) {
  return Object.fromEntries(
    Object.keys(object).map((key) => [key, valueOf(key)]),
  );
}

/** What the vectors need of a module, whatever its catalogue's names are. */
async function load(folder) {
  const load = (name) => import(pathToFileURL(resolve(folder, name)));
  const exported = Object.values(await load("index.js"));
  const error = exported.find((value) => value.prototype instanceof Error);
  const { descriptionOf, resolutionOf } = await load("descriptions.js");
  // A catalogue without resolutions has a module without the function.
  return { error, descriptionOf, resolutionOf: resolutionOf ?? (() => null) };
}

function read(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}

function checkFile(api, file, catalog) {
  const content = read(file);
  assert.equal(content.format, 1);
  assert.equal(content.catalog, catalog);
  assert.notEqual(content.vectors.length, 0, "there are no vectors");
  count += content.vectors.length;
  const differences = content.vectors.flatMap((vector) => check(api, vector));
  assert.equal(differences.length, 0, `\n${differences.join("\n")}\n`);
}

function check(api, { name, response, expected }) {
  const { body, ...head } = response;
  const differences = [];
  for (const [form, value] of Object.entries(formsOf(bytesOf(body)))) {
    const error = api.error.fromResponse(head, value);
    for (const [member, wanted] of Object.entries(expected)) {
      const found = answers[member](error, api, wanted);
      try {
        assert.deepEqual(found, wanted);
      } catch {
        const texts = [wanted, found].map((value) => JSON.stringify(value));
        differences.push(
          `${name}, body as ${form}: ${member}: expected ${texts[0]}, found ${texts[1]}`,
        );
      }
    }
  }
  return differences;
}

function bytesOf({ text, base64, before, repeat, times, after }) {
  if (base64 !== undefined) return Buffer.from(base64, "base64");
  return Buffer.from(text ?? before + repeat.repeat(times) + after);
}

/** All that a client can have of a body: the value only where it is JSON. */
function formsOf(bytes) {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const forms = { bytes, buffer: new Uint8Array(bytes).buffer, text };
  try {
    return { ...forms, value: JSON.parse(text) };
  } catch {
    return forms;
  }
}

const args = process.argv.slice(2);
for (let index = 0; index < args.length; index += 2) {
  const [folder, generated] = args.slice(index, index + 2);
  const { catalog } = read(generated);
  const written = resolve(here, "../../vectors", `${catalog}.json`);
  for (const file of existsSync(written) ? [generated, written] : [generated]) {
    test(`${folder} with ${file}`, async () => {
      checkFile(await load(folder), file, catalog);
    });
  }
}
process.on("exit", () => console.log(`vectors: ${count}`));
