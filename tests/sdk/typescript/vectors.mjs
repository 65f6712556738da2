// node vectors.mjs MODULE VECTORS…: holds each compiled module against the vectors of its catalogue, and against those
// that were written by hand for it, ../../vectors/CATALOG.json. templates/conformance/README.md has the format and its rules.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
let vectorCount = 0;
let definitionCount = 0;

/** What an error answers to each member of `expected`, which for texts holds the tags that are asked for. */
const answers = {
  code: (error) => error.code ?? null,
  id: (error) => error.id ?? null,
  case: (error) => error.case ?? null,
  subcode: (error) => error.subcode ?? null,
  category: (error) => error.category ?? null,
  group: (error) => error.group ?? null,
  retry: (error) => error.retry,
  retry_after: (error) => error.retryAfter ?? null,
  retry_after_at: (error, _api, { now }) => ({
    now,
    seconds: error.retryAfterAt(new Date(now * 1000)) ?? null,
  }),
  message: (error) => error.safeMessage ?? null,
  raw_message: (error) => error.rawMessage ?? null,
  parameters: (error) => error.parameters ?? {},
  fields: (error) => fieldTexts(error.fields),
  errors: (error, api, wanted) => {
    assert.ok(error.errors.every((item) => item.errors.length === 0));
    assert.ok(error.errors.every((item) => item.status === error.status));
    return error.errors.map((item, index) =>
      mapValues(wanted[index] ?? {}, (member) => answers[member](item, api)),
    );
  },
  display: (error) => error.message,
  descriptions: textsBy("descriptionOf"),
  resolutions: textsBy("resolutionOf"),
  raw_descriptions: textsBy("rawDescriptionOf"),
  raw_resolutions: textsBy("rawResolutionOf"),
};

/** The fields that came, each as its text. */
function fieldTexts(fields) {
  const came = Object.entries(fields).filter(([, it]) => it !== undefined);
  return Object.fromEntries(came.map(([name, it]) => [name, textOfValue(it)]));
}

/** A value as it stands in a message: a number without an exponent. */
function textOfValue(value) {
  const [digits, exponent] = String(value).split("e");
  if (typeof value !== "number" || exponent === undefined) return String(value);
  const [whole, fraction = ""] = digits.replace("-", "").split(".");
  const point = Number(exponent) + whole.length;
  const all = whole + fraction;
  const text =
    point > 0
      ? all.padEnd(point, "0")
      : `0.${all.padStart(all.length - point, "0")}`;
  return value < 0 ? `-${text}` : text;
}

function textsBy(name) {
  return (subject, api, wanted) =>
    mapValues(wanted, (tag) => api[name](subject, tag) ?? null);
}

/** The members that a vector can lack. */
const optional = [
  "subcode",
  "fields",
  "errors",
  "retry_after",
  "retry_after_at",
  "raw_descriptions",
  "raw_resolutions",
];

/** All members of a vector; raw texts that it lacks are the others. */
function membersOf(name, expected) {
  const { descriptions, resolutions } = expected;
  for (const member of Object.keys(answers)) {
    const isThere = member in expected || optional.includes(member);
    assert.ok(isThere, `${name} has no ${member}`);
  }
  for (const member of Object.keys(expected)) {
    assert.ok(Object.hasOwn(answers, member), `${name}: what is ${member}?`);
  }
  return {
    raw_descriptions: descriptions,
    raw_resolutions: resolutions,
    ...expected,
  };
}

function mapValues(object, valueOf) {
  return Object.fromEntries(
    Object.keys(object).map((key) => [key, valueOf(key)]),
  );
}

/** What the vectors need of a module, whatever its catalogue's names are. */
async function load(folder) {
  const load = (name) => import(pathToFileURL(resolve(folder, name)));
  const index = await load("index.js");
  const exported = (suffix) =>
    index[Object.keys(index).find((name) => name.endsWith(suffix))];
  return {
    error: Object.values(index).find((it) => it.prototype instanceof Error),
    definitionOf: exported("ErrorDefinition"),
    definitionById: exported("ErrorDefinitionById"),
    isErrorId: exported("ErrorId"),
    codes: exported("ErrorCodes"),
    // A module holds nothing for a part of the format that its catalogue does not use.
    docsUrlOf: exported("ErrorDocsUrl"),
    definitions: exported("Errors"),
    ...(await load("locales.js")),
    ...(await load("texts.js")),
    ...(await load("messages.js")),
    ...(await load("descriptions.js")),
  };
}

function read(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** The differences between what is found and what is wanted, member by member. */
function compare(name, found, wanted) {
  return Object.keys(wanted).flatMap((member) => {
    try {
      assert.deepEqual(found[member], wanted[member]);
      return [];
    } catch {
      const texts = [wanted, found].map((value) =>
        JSON.stringify(value[member]),
      );
      return [`${name}: ${member}: expected ${texts[0]}, found ${texts[1]}`];
    }
  });
}

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
    const found = Object.fromEntries(
      Object.entries(wanted).map(([member, value]) => [
        member,
        answers[member](error, api, value),
      ]),
    );
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
