// What tests need of a module: what it answers to each member of a vector, and how the two are compared.
// ../../../templates/conformance/README.md has the format and its rules.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** What an error answers to each member of `expected`, which for texts holds the tags that are asked for. */
export const answers = {
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
export function membersOf(name, expected) {
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

export function mapValues(object, valueOf) {
  return Object.fromEntries(
    Object.keys(object).map((key) => [key, valueOf(key)]),
  );
}

/** What the vectors need of a module, whatever its catalogue's names are. */
export async function load(folder) {
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
    // Without HTTP, there is no response to write.
    ...(existsSync(resolve(folder, "server.js")) && (await load("server.js"))),
  };
}

export function read(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** The differences between what is found and what is wanted, member by member. */
export function compare(name, found, wanted) {
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

/** The bytes of a body. */
export function bytesOf({ text, base64, before, repeat, times, after }) {
  if (base64 !== undefined) return Buffer.from(base64, "base64");
  return Buffer.from(text ?? before + repeat.repeat(times) + after);
}

/** An error that a module makes of a response, its body in bytes. */
export function receive(api, { status, headers, body }) {
  return api.error.fromResponse({ status, headers }, bytesOf(body));
}

/** What a module answers to the members of a vector. */
export function answersOf(api, error, wanted) {
  return Object.fromEntries(
    Object.entries(wanted).map(([member, value]) => [
      member,
      answers[member](error, api, value),
    ]),
  );
}
