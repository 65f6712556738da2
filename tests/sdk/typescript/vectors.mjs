// node vectors.mjs [MODULE VECTORS FOLDER]…: holds each compiled module against the vectors of its catalogue, and against those
// that were written by hand for it, ../../vectors/CATALOG.json. templates/conformance/README.md has the format and its rules.
// What it writes goes into the folder, for the other languages, unless that is empty.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import {
  answers,
  answersOf,
  bytesOf,
  compare,
  load,
  mapValues,
  membersOf,
  read,
} from "./module.mjs";
import { checkLanguages, checkWriting, exchange } from "./writing.mjs";

const here = dirname(fileURLToPath(import.meta.url));
let vectorCount = 0;
let definitionCount = 0;

function assertNone(differences) {
  assert.equal(differences.length, 0, `\n${differences.join("\n")}\n`);
}

function checkVectors(api, vectors) {
  assert.notEqual(vectors.length, 0, "there are no vectors");
  assertNone(vectors.flatMap((vector) => checkVector(api, vector)));
  vectorCount += vectors.length;
}

function checkVector(api, { name, response, expected }) {
  const { body, ...head } = response;
  return Object.entries(formsOf(bytesOf(body))).flatMap(([form, value]) => {
    const error = api.error.fromResponse(head, value);
    const wanted = membersOf(name, expected);
    const found = answersOf(api, error, wanted);
    // A catalogue without them has none.
    if (!("errors" in expected)) assert.deepEqual(error.errors, []);
    if (!("fields" in expected)) assert.deepEqual(error.fields, {});
    return [
      ...compare(`${name}, body as ${form}`, found, wanted),
      ...checkJson(api, name, error),
    ];
  });
}

/** Whoever reads an error's JSON has what may be shown of it. */
function checkJson(api, name, error) {
  const json = JSON.parse(JSON.stringify(error));
  const read = JSON.parse(JSON.stringify(api.error.fromJSON(json)));
  return compare(`${name}, read from JSON`, read, json);
}

/**
 * What is built from a vector's id, case and parameters is what the server sent, and what it means. It is in the fallback
 * locale.
 */
function checkBuilding(api, vectors) {
  const inFallback = vectors.filter(({ locale }) => locale === undefined);
  assertNone(
    inFallback.flatMap(({ name, expected }) => {
      const { id, case: caseId, parameters } = expected;
      const hasParameters = Object.keys(parameters).length > 0;
      const details = [
        ...(caseId === null ? [] : [caseId]),
        ...(hasParameters ? [parameters] : []),
      ];
      const subject = api.subjectOf(id, ...details);
      const wanted = membersOf(name, expected);
      const texts = [
        "descriptions",
        "resolutions",
        "raw_descriptions",
        "raw_resolutions",
      ];
      const found = Object.fromEntries(
        texts.map((member) => [
          member,
          answers[member](subject, api, wanted[member]),
        ]),
      );
      return compare(
        `${name}, built`,
        { ...found, raw_message: api.messageOf(id, ...details) },
        Object.fromEntries(
          [...texts, "raw_message"].map((member) => [member, wanted[member]]),
        ),
      );
    }),
  );
}

function checkDefinitions(api, definitions) {
  assert.equal(Object.keys(api.codes).length, definitions.length);
  assert.equal(Object.keys(api.definitions).length, definitions.length);
  const differences = definitions.flatMap((wanted) => {
    const found = api.definitionOf(wanted.code);
    assert.notEqual(found, undefined, `there is no code ${wanted.code}`);
    assert.equal(api.definitionById(wanted.id), found);
    assert.ok(api.isErrorId(wanted.id));
    const error = new api.error({ status: 0, code: wanted.code });
    checkProperties(error, wanted.properties ?? {});
    const renamed_from = wanted.renamed_from?.filter(
      (id) => api.definitionById(id) === found,
    );
    const { no_error } = wanted;
    const described = { ...describe(api, found, wanted), renamed_from, no_error };
    return compare(wanted.id, described, wanted);
  });
  assertNone(differences);
  definitionCount += definitions.length;
}

/** An error's getters for its properties: one that a class has already has a longer name. */
function checkProperties(error, properties) {
  for (const [name, value] of Object.entries(properties)) {
    const getter = name.replaceAll(/_(.)/g, (_, first) => first.toUpperCase());
    const own = [`${getter}Property`, getter].find((it) => it in error);
    assert.deepEqual(error[own], value, `${name} of ${error.code}`);
  }
}

/** A definition and all that goes with it, as the vectors have it. */
function describe(api, found, wanted) {
  const { id, deprecated, retired } = found;
  assert.deepEqual(found.properties, wanted.properties ?? {});
  const texts = mapValues(wanted.descriptions, (tag) => api.textsOf(tag));
  // A module has the cases in the order in which it tries them.
  const order = wanted.messages.map((message) => message.case ?? "");
  const cases = Object.entries(found.cases ?? { "": found }).sort(
    ([one], [other]) => order.indexOf(one) - order.indexOf(other),
  );
  return {
    ...found,
    http: found.http ?? null,
    group: found.group ?? null,
    sensitive: found.sensitive ?? false,
    docs_url: api.docsUrlOf(id) ?? null,
    since: found.since ?? null,
    deprecated: deprecated ? { use: null, ...deprecated } : null,
    retired: retired ?? null,
    messages: cases.map(([name, { message, parameters }]) => ({
      case: name || null,
      message,
      parameters: parameters ?? {},
      descriptions: mapValues(texts, (tag) =>
        textOf(
          name
            ? own(own(texts[tag].cases, id), name)
            : own(texts[tag].descriptions, id),
        ),
      ),
    })),
    descriptions: mapValues(texts, (tag) =>
      textOf(own(texts[tag].descriptions, id)),
    ),
    resolutions: mapValues(texts, (tag) =>
      textOf(own(texts[tag].resolutions, id)),
    ),
  };
}

/** What a table has for a key; ids can be names that all objects have, such as `constructor`. */
function own(table = {}, key) {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** A text of a locale, of which some are marked as templates. */
function textOf(text) {
  return text?.template ?? text ?? null;
}

/** What no catalogue here has, and what all objects have. */
const unknown = ["no_such_id", "toString", "constructor", "__proto__", ""];

function checkUnknown(api, definitions) {
  const ids = new Set(definitions.map(({ id }) => id));
  for (const id of unknown.filter((id) => !ids.has(id))) {
    assert.equal(api.definitionById(id), undefined, id);
    assert.equal(api.isErrorId(id), false, id);
  }
  const codes = new Set(definitions.map(({ code }) => code));
  for (const code of [...unknown, 987_654_321, -987_654_321, 0.5, NaN]) {
    if (codes.has(code)) continue;
    assert.equal(api.definitionOf(code), undefined, String(code));
  }
}

function checkTitles(api, categories) {
  assert.notEqual(categories.length, 0, "there are no categories");
  for (const { id: category, titles, groups } of categories) {
    for (const [tag, title] of Object.entries(titles)) {
      assert.equal(api.categoryTitleOf({ category }, tag), title);
    }
    for (const { id: group, titles } of groups) {
      for (const [tag, title] of Object.entries(titles)) {
        assert.equal(api.groupTitleOf({ category, group }, tag), title);
      }
    }
  }
}

function checkLocales(api, { fallback, aliases, tags }) {
  assert.equal(api.fallback, fallback);
  for (const [tag, locale] of Object.entries(tags)) {
    assert.equal(api.localeOf(tag), locale, tag);
    assert.equal(api.localeOf(`${tag.toUpperCase()}-x-y`), locale, tag);
  }
  for (const [alias, tag] of Object.entries(aliases)) {
    assert.equal(api.localeOf(alias), api.localeOf(tag), alias);
  }
  for (const tag of ["", "-", "toString", "tlh"]) {
    assert.equal(api.localeOf(tag), fallback, tag);
  }
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
for (let index = 0; index < args.length; index += 3) {
  const [folder, generated, exchanged] = args.slice(index, index + 3);
  const file = read(generated);
  const { format, catalog, vectors, definitions, categories } = file;
  assert.equal(format, 2);
  const api = await load(folder);
  // Only a catalogue of which nothing is left has no definitions, and no vectors either.
  if (definitions.length > 0) {
    test(`${folder}: vectors`, () => checkVectors(api, vectors));
  }
  test(`${folder}: building`, () => checkBuilding(api, vectors));
  test(`${folder}: definitions`, () => checkDefinitions(api, definitions));
  test(`${folder}: unknown ones`, () => checkUnknown(api, definitions));
  test(`${folder}: titles`, () => checkTitles(api, categories));
  test(`${folder}: locales`, () => checkLocales(api, file.locales));

  if (api.raise) {
    test(`${folder}: writing`, () => checkWriting(api, file));
    test(`${folder}: languages`, () => checkLanguages(api, file));
  }
  if (api.raise && exchanged) exchange(api, file, exchanged);

  const written = resolve(here, "../../vectors", `${catalog}.json`);
  if (existsSync(written)) {
    const { vectors, ...head } = read(written);
    assert.deepEqual(head, { format: 2, catalog });
    test(`${folder}: ${written}`, () => checkVectors(api, vectors));
  }
}
process.on("exit", () => {
  console.log(`vectors: ${vectorCount}`);
  console.log(`definitions: ${definitionCount}`);
});
