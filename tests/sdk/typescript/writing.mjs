// What a module writes: against the vectors of its catalogue, and into files that the modules of all languages read.
// ../../../templates/conformance/README.md has the rules, and ../../exchange/README.md those of the files.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { answersOf, compare, membersOf, read, receive } from "./module.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const exchangeFolder = resolve(here, "../../exchange");
const secret = "database password hunter2";

/** The vectors of errors that servers raise. */
function writable({ vectors, definitions }) {
  const raised = definitions.filter((it) => !it.retired && !it.no_error);
  const ids = new Set(raised.map(({ id }) => id));
  return vectors.filter(({ expected }) => ids.has(expected.id));
}

/** Raises what a vector expects, with other parameters if there are any. */
function raise(api, { expected }, options, parameters = expected.parameters) {
  const hasParameters = Object.keys(parameters).length > 0;
  return api.raise(
    expected.id,
    ...(expected.case === null ? [] : [expected.case]),
    ...(hasParameters ? [parameters] : []),
    ...(options ? [options] : []),
  );
}

/** The fields of a vector, each of its type, as its response has them. */
function fieldsOf(api, { response }) {
  return { ...receive(api, response).fields };
}

/** A vector's own language is that of its message. */
function languageOf({ locale }) {
  return locale === undefined ? {} : { acceptLanguage: locale };
}

function jsonOf({ body }) {
  assert.ok(body instanceof Uint8Array);
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
}

export function checkWriting(api, file) {
  const differences = writable(file).flatMap((vector) => [
    ...checkResponse(api, vector),
    ...checkProblem(api, vector),
    ...checkDetails(api, vector),
  ]);
  assert.equal(differences.length, 0, `\n${differences.join("\n")}\n`);
}

function checkResponse(api, vector) {
  const { name, locale, response } = vector;
  const fields = fieldsOf(api, vector);
  const cause = new Error(secret);
  const error = raise(api, vector, { fields, cause });
  assert.equal(error.cause, cause);
  const written = api.responseOf(error, languageOf(vector));
  const found = { ...written, body: jsonOf(written) };
  const wanted = {
    status: response.status,
    headers: { ...response.headers, ...headersIn(locale, "application/json") },
    body: JSON.parse(response.body.text),
  };
  assert.doesNotMatch(JSON.stringify(found), /hunter2/);
  // What was received is written as it came.
  const received = api.responseOf(receive(api, response));
  const again = { ...received, body: jsonOf(received) };
  const unspoken = { ...response.headers, "Content-Type": "application/json" };
  return [
    ...compare(`${name}, written`, found, wanted),
    ...compare(`${name}, again`, again, { ...wanted, headers: unspoken }),
    ...compare(`${name}, raised`, ...answersOfRaised(api, vector, error)),
  ];
}

/** What is raised is what a client reads: of an error in the catalogue's language. */
function answersOfRaised(api, { name, locale, expected }, error) {
  if (locale !== undefined) return [{}, {}];
  const wanted = membersOf(name, expected);
  return [answersOf(api, error, wanted), wanted];
}

function headersIn(locale, type) {
  const language = { "Content-Language": locale, Vary: "Accept-Language" };
  return { "Content-Type": type, ...(locale === undefined ? {} : language) };
}

function checkProblem(api, vector) {
  const { name, locale, response, problem } = vector;
  if (problem === undefined || locale !== undefined) return [];
  const error = raise(api, vector, { fields: fieldsOf(api, vector) });
  const written = api.problemOf(error);
  const found = { ...written, body: jsonOf(written) };
  const type = "application/problem+json";
  return compare(`${name}, as a problem`, found, {
    status: response.status,
    headers: { ...response.headers, ...headersIn(locale, type) },
    body: JSON.parse(problem),
  });
}

/** The detail of a problem is the description, in the language of the request. */
function checkDetails(api, vector) {
  const { name, locale, response, expected } = vector;
  const own = JSON.parse(response.body.text);
  if (locale !== undefined || Object.hasOwn(Object(own), "detail")) return [];
  const texts = expected.raw_descriptions ?? expected.descriptions;
  return Object.entries(texts).flatMap(([tag, text]) => {
    const acceptLanguage = tag;
    const written = api.problemOf(raise(api, vector), { acceptLanguage });
    const { "Content-Language": language, Vary } = written.headers;
    const found = { language, Vary, detail: jsonOf(written).detail };
    return compare(`${name}, in ${tag}`, found, {
      language: api.localeOf(tag),
      Vary: "Accept-Language",
      detail: text ?? expected.raw_message,
    });
  });
}

export function checkLanguages(api, file) {
  const table = read(resolve(exchangeFolder, "accept_language.json"));
  const [vector] = writable(file);
  if (table.catalog !== file.catalog || !vector) return;
  const language = ({ headers }) => headers["Content-Language"];
  for (const { header, locale } of table.locales) {
    const options = { acceptLanguage: header };
    const problem = api.problemOf(raise(api, vector), options);
    assert.equal(language(problem), locale, header);
    assert.equal(problem.headers["Vary"], "Accept-Language");
    // No server localises a message of this catalogue, so the body is the same for all.
    const { headers } = api.responseOf(raise(api, vector), options);
    assert.deepEqual(headers, { "Content-Type": "application/json" });
  }
  assert.equal(language(api.problemOf(raise(api, vector))), undefined);
}

/** Writes the files of this language for a catalogue. */
export function exchange(api, file, folder) {
  const { catalog } = file;
  mkdirSync(folder, { recursive: true });
  const save = (name, vectors) => {
    const json = JSON.stringify({ format: 2, catalog, vectors });
    writeFileSync(resolve(folder, name), json);
  };
  save("typescript.json", written(api, file));
  save("typescript.values.json", values(api, file));
}

function written(api, file) {
  const all = writable(file);
  return all.flatMap((vector) => {
    const { name, locale, problem, expected } = vector;
    const own = { name, ...(locale === undefined ? {} : { locale }) };
    const language = languageOf(vector);
    const fields = fieldsOf(api, vector);
    const error = raise(api, vector, { fields });
    const cause = new Error(secret);
    const later = raise(api, vector, { fields, cause, retryAfter: 30 });
    const plain = { ...own, response: sent(api.responseOf(error, language)), expected };
    const vectors = [
      plain,
      {
        ...own,
        name: `${name} later`,
        response: sent(api.responseOf(later, language)),
        expected: { ...expected, retry_after: 30 },
      },
    ];
    if ("errors" in expected && locale === undefined) {
      const others = [all[0], vector];
      const errors = others.map((other) => raise(api, other));
      const together = raise(api, vector, { fields, errors });
      vectors.push({
        name: `${name} with others`,
        response: sent(api.responseOf(together)),
        expected: {
          ...expected,
          errors: [...expected.errors, ...others.map(itemOf)],
        },
      });
    }
    if (problem !== undefined) {
      const response = sent(api.problemOf(error, language));
      vectors.push({ ...own, name: `${name} as a problem`, response, expected });
    }
    return vectors;
  });
}

/** What a list has of an error that was raised without fields. */
function itemOf({ expected }) {
  const names = ["code", "subcode", "id", "case", "message", "raw_message", "parameters"];
  const members = names.filter((name) => name in expected);
  return {
    ...Object.fromEntries(members.map((name) => [name, expected[name]])),
    ...("fields" in expected ? { fields: {} } : {}),
  };
}

function values(api, file) {
  const all = read(resolve(exchangeFolder, "values.json"));
  const inFallback = writable(file).filter(({ locale }) => locale === undefined);
  return inFallback.flatMap((vector) => {
    const { code, id, case: caseId, parameters } = vector.expected;
    const texts = Object.entries(parameters).filter(
      ([, value]) => typeof value === "string",
    );
    if (texts.length === 0) return [];
    return all.map((value) => {
      const own = texts.map(([name]) => [name, value]);
      const filled = { ...parameters, ...Object.fromEntries(own) };
      const error = raise(api, vector, undefined, filled);
      return {
        name: `${vector.name} ${JSON.stringify(value)}`,
        response: sent(api.responseOf(error)),
        expected: { code, id, case: caseId, parameters: filled },
      };
    });
  });
}

/** A response as vectors have it. */
function sent({ status, headers, body }) {
  return { status, headers, body: { text: new TextDecoder().decode(body) } };
}
