//! The TypeScript modules.

use std::io;

use heck::{ToLowerCamelCase, ToUpperCamelCase};

use crate::catalogue::{Catalogue, Error, Localised};
use crate::text::{push_comment, push_replaced};
use crate::{NOTICE, Output};

/// The catalogue, with the names that it has here.
struct Module<'a> {
    catalogue: &'a Catalogue<'a>,
    type_name: String,
    error_class: String,
    value: String,
    /// The names of the errors' codes, in their order.
    members: Vec<String>,
}

/// Writes a file.
type Write = fn(&mut String, &Module);

const FILES: &[(&str, Write)] = &[
    ("index.ts", index_file),
    ("codes.ts", codes_file),
    ("tables.ts", tables_file),
    ("definitions.ts", definitions_file),
    ("wire.ts", wire_file),
    ("error.ts", error_file),
    ("messages.ts", messages_file),
    ("locales.ts", locales_file),
    ("texts.ts", texts_file),
    ("descriptions.ts", descriptions_file),
];

pub fn write(catalogue: &Catalogue, output: &mut Output) -> io::Result<()> {
    let type_name = match catalogue.id.to_upper_camel_case() {
        // `TypeError` and its like are the language's own.
        name if matches!(
            name.as_str(),
            "Aggregate" | "Eval" | "Range" | "Reference" | "Suppressed" | "Syntax" | "Type" | "Uri"
        ) =>
        {
            name + "Catalog"
        }
        name => name,
    };
    let members = catalogue
        .errors
        .iter()
        .map(|error| error.id.to_upper_camel_case());
    let module = Module {
        error_class: format!("{type_name}Error"),
        type_name,
        value: catalogue.id.to_lower_camel_case(),
        members: members.collect(),
        catalogue,
    };
    for (path, write) in FILES {
        output.file(path, |out| write(out, &module))?;
    }
    for (locale, tag) in catalogue.locales.iter().enumerate() {
        let path = format!("descriptions/{tag}.ts");
        output.file(&path, |out| locale_file(out, &module, locale))?;
    }
    Ok(())
}

fn index_file(out: &mut String, module: &Module) {
    let Module {
        type_name,
        value,
        catalogue,
        ..
    } = module;
    put!(
        out,
        "\
// {NOTICE}

/**
 * The errors of the catalogue `{}`, version {}:
 * ",
        catalogue.id,
        catalogue.version
    );
    doc(out, catalogue.title.default, " * ");
    out.push_str(
        "
 *
 * Descriptions for people are in `./descriptions.js`, which has all locales, and
 * in `./texts.js` with one of `./descriptions/`; what builds messages is in
 * `./messages.js`. So nobody ships a text that is never shown.
 *
 * @packageDocumentation
 */

",
    );
    put!(
        out,
        r#"export {{ ErrorCode as {type_name}ErrorCode }} from "./codes.js";
export type {{ KnownCode as Known{type_name}ErrorCode }} from "./codes.js";
export {{"#
    );
    if catalogue.has_cases {
        put!(
            out,
            "
  type CaseOf as {type_name}ErrorCaseOf,
  type CaseTemplates as {type_name}ErrorCaseTemplates,"
        );
    }
    put!(
        out,
        r#"
  type Category as {type_name}ErrorCategory,
  type Definition as {type_name}ErrorDefinition,
  type DetailsOf as {type_name}ErrorDetailsOf,
  definitionById as {value}ErrorDefinitionById,
  definitionOf as {value}ErrorDefinition,
  type ErrorId as {type_name}ErrorId,
  type Group as {type_name}ErrorGroup,
  type GroupOf as {type_name}ErrorGroupOf,
  isErrorId as is{type_name}ErrorId,
  type MessageTemplate as {type_name}ErrorTemplate,
  type OpenErrorId as Open{type_name}ErrorId,
  type Parameters as {type_name}ErrorParameters,
  type ParametersIn as {type_name}ErrorParametersIn,
  type ParametersOf as {type_name}ErrorParametersOf,
  type ParameterType as {type_name}ErrorParameterType,
  type ParameterTypes as {type_name}ErrorParameterTypes,
  type Retry as {type_name}ErrorRetry,
  type Section as {type_name}ErrorSection,
  sectionOf as {value}ErrorSection,
}} from "./definitions.js";
export {{
  {type_name}Error,
  type HeadersLike as {type_name}ErrorHeaders,
  type In as {type_name}ErrorIn,
  is{type_name}Error,
  is{type_name}ErrorInCategory,
  is{type_name}ErrorWithId,
  type Parts as {type_name}ErrorParts,
  type ResponseLike as {type_name}ErrorResponse,
}} from "./error.js";
export {{ codes as {value}ErrorCodes }} from "./tables.js";
export {{ definitions as {value}Errors }} from "./tables.js";
export {{ ranges as {value}ErrorRanges }} from "./tables.js";
export {{ templates as {value}ErrorTemplates }} from "./tables.js";
"#
    );
}

fn codes_file(out: &mut String, module: &Module) {
    let Module {
        catalogue, members, ..
    } = module;
    put!(
        out,
        "\
// {NOTICE}

/** The codes of the catalogue `{}`, by name. */
export const ErrorCode = {{",
        catalogue.id
    );
    for (error, member) in catalogue.errors.iter().zip(members) {
        put!(
            out,
            "
  /**
   * Code {}, HTTP {}.
   *
   * ",
            error.code,
            error.http
        );
        doc(out, error.description.default, "   * ");
        put!(
            out,
            "
   */
  {member}: {},",
            error.code
        );
    }
    out.push_str(
        "
} as const;

/** A code that this version knows. */
export type KnownCode = (typeof ErrorCode)[keyof typeof ErrorCode];

/**
 * A code: one that this version knows, or any other. Codes are integers; a
 * server that sends another text is quoted as it is.
 */
export type ErrorCode = KnownCode | (number & {}) | (string & {});
",
    );
}

fn tables_file(out: &mut String, module: &Module) {
    let Module { catalogue, .. } = module;
    put!(out, "// {NOTICE}\n");
    out.push_str(
        "\
// Texts are template literals: formatters leave them on their line.

/** Every error of the catalogue, by code. */
export const definitions = {",
    );
    for error in &catalogue.errors {
        put!(out, "\n  {}: {{", error.code);
        property(out, "id", error.id);
        put!(
            out,
            "
    code: {},
    http: {},",
            error.code,
            error.http
        );
        property(out, "category", catalogue.categories[error.category].id);
        property(out, "group", catalogue.groups[error.group].id);
        put!(
            out,
            r#"
    retry: "{}",
  }},"#,
            error.retry
        );
    }
    out.push_str(
        "
} as const;

/** The code of each error, by id. */
export const codes = {",
    );
    for error in &catalogue.errors {
        put!(out, "\n  {}: {},", error.id, error.code);
    }
    out.push_str(
        "
} as const;

/**
",
    );
    put!(
        out,
        " * The messages that have parameters{}, by the id of the error. One with
 * `parameters` is a template: `{{name}}` stands for one, `{{{{` and `}}}}` for braces.
 */
export const templates = {{",
        if catalogue.has_cases { " or cases" } else { "" }
    );
    for error in &catalogue.errors {
        if !error.cases.is_empty() {
            put!(
                out,
                "
  {}: {{
    cases: {{",
                error.id
            );
            for case in &error.cases {
                put!(out, "\n      {}: {{\n        message: ", case.id);
                text(out, case.message);
                out.push_str(",\n      },");
            }
            out.push_str(
                "
    },
  },",
            );
        } else if !error.parameters.is_empty() {
            put!(out, "\n  {}: {{", error.id);
            template(out, error);
            out.push_str("\n  },");
        }
    }
    out.push_str(
        "
} as const;

/** The codes that categories and groups have for their own, groups first. */
export const ranges = [",
    );
    for category in &catalogue.categories {
        for group in catalogue.groups_of(category) {
            put!(
                out,
                "
  {{
    first: {},
    last: {},",
                group.codes.first,
                group.codes.last
            );
            property(out, "category", category.id);
            property(out, "group", group.id);
            out.push_str("\n  },");
        }
        put!(
            out,
            "
  {{
    first: {},
    last: {},",
            category.codes.first,
            category.codes.last
        );
        property(out, "category", category.id);
        out.push_str("\n  },");
    }
    out.push_str(
        "
] as const;
",
    );
}

fn definitions_file(out: &mut String, module: &Module) {
    let Module { catalogue, .. } = module;
    put!(out, "// {NOTICE}\n");
    out.push_str(
        r#"
import type { ErrorCode, KnownCode } from "./codes.js";
import { codes, definitions, ranges, templates } from "./tables.js";

/** The id of an error that this version knows. */
export type ErrorId = keyof typeof codes;

/** An id: one that this version knows, or one that only another does. */
export type OpenErrorId = ErrorId | (string & {});

/** The id of a category. */
export type Category =
  | (typeof definitions)[KnownCode]["category"]
  | (typeof ranges)[number]["category"];

/** The id of a group, unique within its category. */
export type Group = GroupOf<Category>;

/** The ids of the groups of a category. */
export type GroupOf<Name extends Category> = Extract<
  (typeof definitions)[KnownCode] | (typeof ranges)[number],
  { readonly category: Name; readonly group: string }
>["group"];

/**
 * Whether a request may be sent again as it is: `never`, soon (`transient`), or
 * after a while and more slowly (`throttled`).
 */
export type Retry = "never" | "transient" | "throttled";

/** What the catalogue says of an error. */
export interface Definition {
  /** The error's name. */
  readonly id: ErrorId;
  /** What goes over the wire. */
  readonly code: KnownCode;
  /** The HTTP status that the error comes with. */
  readonly http: number;
  /** The category that it stands in. */
  readonly category: Category;
  /** The group that it stands in. */
  readonly group?: Group;
  /** Whether the request may be sent again. */
  readonly retry: Retry;
}

/** What the catalogue says of a code, if this version knows it. */
export function definitionOf(code: KnownCode): Definition;
export function definitionOf(code: ErrorCode): Definition | undefined;
export function definitionOf(code: ErrorCode): Definition | undefined {
  const byCode: Readonly<Record<number, Definition | undefined>> = definitions;
  return typeof code === "number" ? byCode[code] : undefined;
}

/** What the catalogue says of an id, if this version knows it. */
export function definitionById(id: ErrorId): Definition;
export function definitionById(id: string): Definition | undefined;
export function definitionById(id: string): Definition | undefined {
  return isErrorId(id) ? definitionOf(codes[id]) : undefined;
}

/** Whether a text is the id of an error that this version knows. */
export function isErrorId(id: string): id is ErrorId {
  return Object.hasOwn(codes, id);
}

/** Where a code belongs that this version does not know, by its number. */
export interface Section {
  /** The category that has the code's range. */
  readonly category: Category;
  /** The group that has the code's range. */
  readonly group?: Group;
}

/** Where a code belongs by its number, whether or not it is known. */
export function sectionOf(code: ErrorCode): Section | undefined {
  if (typeof code !== "number") return undefined;
  return ranges.find(({ first, last }) => first <= code && code <= last);
}

"#,
    );
    templates(out, module);
    out.push_str(
        "\n/** The message of an error that has parameters or cases, or those of its cases. */",
    );
    if catalogue.has_cases {
        out.push_str(
            r#"
export function templatesOf(
  id: string,
): MessageTemplate | CaseTemplates | undefined {
  return ownValue<MessageTemplate | CaseTemplates>(templates, id);
}

/** The one message among them. */
export function templateOf(
  id: string,
  caseId: string | undefined,
): MessageTemplate | undefined {
  const found = templatesOf(id);
  return found && "cases" in found ? ownValue(found.cases, caseId) : found;
}"#,
        );
    } else {
        out.push_str(
            "
export function templateOf(id: string): MessageTemplate | undefined {
  return ownValue<MessageTemplate>(templates, id);
}",
        );
    }
    out.push_str(
        "

/** What a table has for a key; not what all objects have, such as `toString`. */
export function ownValue<Value>(
  values: Readonly<Record<string, Value>>,
  key: string | undefined,
): Value | undefined {
  if (key === undefined || !Object.hasOwn(values, key)) return undefined;
  return values[key];
}
",
    );
}

fn templates(out: &mut String, module: &Module) {
    let Module { catalogue, .. } = module;
    out.push_str(
        "\
/** A message and what its parameters are. */
export interface MessageTemplate {
  /** What the server says: a template, where there are `parameters`. */
  readonly message: string;
  /** The types of the parameters, by name. */
  readonly parameters?: Readonly<Record<string, ParameterType>>;
}
",
    );
    if catalogue.has_cases {
        out.push_str(
            "
/** The messages of an error that has cases. */
export interface CaseTemplates {
  /** Each message, by the id of the case. */
  readonly cases: Readonly<Record<string, MessageTemplate>>;
}
",
        );
    }
    out.push_str(
        "
/** What each type of a parameter is in TypeScript. */
export interface ParameterTypes {",
    );
    out.push_str("\n  string: string;");
    out.push_str(
        "
}

/** The type of a parameter. */
export type ParameterType = keyof ParameterTypes;

/** The parameters of a message, by name. */
export type Parameters = Readonly<
  Record<string, ParameterTypes[ParameterType]>
>;

/** The parameters that a template declares. */
export type ParametersIn<Template> = Template extends {
  readonly parameters: infer Types extends Record<string, ParameterType>;
}
  ? { readonly [Name in keyof Types]: ParameterTypes[Types[Name]] }
  : never;

/** The parameters of an error's message, typed as the catalogue declares them. */
export type ParametersOf<Id> = Id extends keyof typeof templates",
    );
    if catalogue.has_cases {
        out.push_str(
            "
  ? (typeof templates)[Id] extends { readonly cases: infer Cases }
    ? ParametersIn<Cases[keyof Cases]>
    : ParametersIn<(typeof templates)[Id]>",
        );
    } else {
        out.push_str("\n  ? ParametersIn<(typeof templates)[Id]>");
    }
    out.push_str(
        "
  : never;
",
    );
    if catalogue.has_cases {
        out.push_str(
            "
/** The ids of an error's cases. */
export type CaseOf<Id> = Id extends keyof typeof templates
  ? (typeof templates)[Id] extends { readonly cases: infer Cases }
    ? keyof Cases
    : never
  : never;
",
        );
    }
    if catalogue.has_cases {
        out.push_str(
            "
/**
 * What a text of an error is made of beside its id: the case where it has
 * cases, then the parameters where its message has any.
 */
export type DetailsOf<Id> = Id extends keyof typeof templates
  ? (typeof templates)[Id] extends { readonly cases: infer Cases }
    ? {
        [Name in keyof Cases]: Cases[Name] extends { parameters: unknown }
          ? [caseId: Name, parameters: ParametersIn<Cases[Name]>]
          : [caseId: Name];
      }[keyof Cases]
    : [parameters: ParametersIn<(typeof templates)[Id]>]
  : [];",
        );
    } else {
        out.push_str(
            "
/** What a text of an error is made of beside its id: its parameters, if any. */
export type DetailsOf<Id> = Id extends keyof typeof templates
  ? [parameters: ParametersOf<Id>]
  : [];",
        );
    }
    out.push('\n');
}

fn wire_file(out: &mut String, module: &Module) {
    let Module { catalogue, .. } = module;
    put!(out, "// {NOTICE}\n");
    out.push_str(
        r#"
import type { ErrorCode } from "./codes.js";
import {
  type MessageTemplate,
  type Parameters,
  type ParameterType,
"#,
    );
    put!(
        out,
        "  {},\n",
        if catalogue.has_cases {
            "templatesOf"
        } else {
            "templateOf"
        }
    );
    out.push_str(
        r#"} from "./definitions.js";

/** Where a response body holds what: JSON pointers (RFC 6901). */
const pointers = {
"#,
    );
    put!(
        out,
        "  code: `/{}`,
  message: `/{}`,
",
        catalogue.wire.code,
        catalogue.wire.message
    );
    out.push_str(
        r#"} as const;

/** The code and the message in a body: its bytes, its text, or the JSON value. */
export function readBody(body: unknown): {
  readonly code: ErrorCode | undefined;
  readonly message: string | undefined;
} {
  const json = parseBody(body);
  const message = valueAt(json, pointers.message);
  return {
    code: readCode(valueAt(json, pointers.code)),
    message: typeof message === "string" ? message : undefined,
  };
}

function parseBody(body: unknown): unknown {
  try {
    if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) {
      return JSON.parse(new TextDecoder().decode(body));
    }
    if (typeof body === "string") {
      return JSON.parse(body.replace(/^\uFEFF/, ""));
    }
    return body;
  } catch {
    return undefined;
  }
}

function valueAt(json: unknown, pointer: string): unknown {
  let value = json;
  for (const segment of pointer.split("/").slice(1)) {
    value = memberOf(value, segment);
  }
  return value;
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  // An array has a `length` of its own, too.
  const isMember = !Array.isArray(value) || /^(?:0|[1-9][0-9]*)$/.test(name);
  if (!isMember) return undefined;
  return Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}

/** A code, as a number where it is an integer or the canonical digits of one. */
export function readCode(value: unknown): ErrorCode | undefined {
  if (typeof value === "string") return parseInteger(value) ?? value;
  if (typeof value !== "number" || !Number.isSafeInteger(value)) {
    return undefined;
  }
  return value === 0 ? 0 : value; // JSON has a -0 too.
}

/** The integer of which a text is the canonical spelling. */
function parseInteger(text: string): number | undefined {
  if (!/^(?:0|-?[1-9][0-9]*)$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** The seconds in a `Retry-After` header; below 2^31, as in other languages. */
export function readRetryAfter(headers: object): number | undefined {
  const value = String(headerOf(headers, "retry-after"));
  const seconds = /^ *[0-9]+ *$/.test(value) ? Number(value) : Infinity;
  return seconds < 2 ** 31 ? seconds : undefined;
}

function headerOf(headers: object, name: string): unknown {
  if ("get" in headers && typeof headers.get === "function") {
    return headers.get(name);
  }
  const entries = Object.entries(headers);
  return entries.find(([key]) => key.toLowerCase() === name)?.[1];
}
"#,
    );
    messages(out, module);
}

fn messages(out: &mut String, module: &Module) {
    let Module { catalogue, .. } = module;
    out.push_str(
        "
/** What a message is, where it is one that the catalogue has for the code. */
export interface Match {",
    );
    if catalogue.has_cases {
        out.push_str(
            "
  /** The id of the case, where the code has cases. */
  readonly case?: string;",
        );
    }
    out.push_str(
        "
  /** The parameters, where the message has any. */
  readonly parameters?: Parameters;
}

/** Which message of the catalogue a text is, for one code. */
export function matchMessage(id: string, text: string): Match | undefined {",
    );
    if catalogue.has_cases {
        out.push_str(
            r#"
  const found = templatesOf(id);
  if (!found) return undefined;
  if (!("cases" in found)) return matchOne(found, text);
  for (const [name, template] of Object.entries(found.cases)) {
    const match = matchOne(template, text);
    if (match) return { ...match, case: name };
  }
  return undefined;"#,
        );
    } else {
        out.push_str(
            "
  const template = templateOf(id);
  return template && matchOne(template, text);",
        );
    }
    out.push_str(
        r#"
}

function matchOne(
  { message, parameters: types }: MessageTemplate,
  text: string,
): Match | undefined {
  if (!types) return message === text ? {} : undefined;
  const parameters = readParameters(message, types, text);
  return parameters && { parameters };
}

/**
 * The parameters in a text: each goes up to the first place where the literal
 * that follows it in the template stands, and the last literal stands at the
 * end. Where anything does not fit, there are none at all.
 */
function readParameters(
  template: string,
  types: Readonly<Record<string, ParameterType>>,
  text: string,
): Parameters | undefined {
  const { first, fields } = split(template);
  const last = fields.at(-1)?.literal ?? "";
  const end = text.length - last.length;
  let start = first.length;
  if (start > end || !text.startsWith(first) || !text.endsWith(last)) {
    return undefined;
  }
  const parameters: [string, Parameters[string]][] = [];
  for (const [index, { name, literal }] of fields.entries()) {
    const isLast = index === fields.length - 1;
    const stop = isLast ? end : text.indexOf(literal, start);
    if (stop < 0 || (!isLast && stop + literal.length > end)) return undefined;
    const type = types[name];
    const value = type && parseParameter(text.slice(start, stop), type);
    if (value === undefined) return undefined;
    parameters.push([name, value]);
    start = stop + literal.length;
  }
  return Object.fromEntries(parameters);
}

/** A parameter in a template, with the literal that follows it. */
interface Field {
  readonly name: string;
  literal: string;
}

/** A template's first literal, and its parameters. */
function split(template: string): { first: string; fields: Field[] } {
  let first = "";
  const fields: Field[] = [];
  const pieces = template.matchAll(/\{(\w+)\}|\{\{|\}\}|[^{}]+/g);
  for (const [piece, name] of pieces) {
    const literal = piece === "{{" || piece === "}}" ? piece.slice(1) : piece;
    const field = fields.at(-1);
    if (name) fields.push({ name, literal: "" });
    else if (field) field.literal += literal;
    else first += literal;
  }
  return { first, fields };
}

function parseParameter(
  text: string,
  type: ParameterType,
): Parameters[string] | undefined {
  switch (type) {
    case "string":
      return text;
  }
}
"#,
    );
}

fn error_file(out: &mut String, module: &Module) {
    let Module {
        error_class,
        catalogue,
        ..
    } = module;
    put!(
        out,
        r#"// {NOTICE}

import type {{ ErrorCode }} from "./codes.js";
import {{"#
    );
    if catalogue.has_cases {
        out.push_str("\n  type CaseOf,");
    }
    out.push_str(
        r#"
  type Category,
  definitionOf,
  type ErrorId,
  type Group,
  type GroupOf,
  type OpenErrorId,
  type ParametersOf,
  type Retry,
  sectionOf,
} from "./definitions.js";
import { matchMessage, readBody, readCode, readRetryAfter } from "./wire.js";

/** The headers of a response: those of `fetch`, or a record of them. */
export type HeadersLike =
  | { get(name: string): string | null | undefined }
  | Readonly<Record<string, unknown>>;

/** A response without its body; one of `fetch` will do. */
export interface ResponseLike {
  /** The HTTP status. */
  readonly status: number;
  /** The headers, of which only `Retry-After` is read. */
  readonly headers?: HeadersLike | undefined;
}

/** What an error is made of. */
export interface Parts {
  /** The HTTP status of the response. */
  readonly status: number;
  /** The code, as the server sent it. */
  readonly code?: ErrorCode | undefined;
  /** The message, as the server sent it. */
  readonly message?: string | undefined;
  /** How many seconds the server asks to wait. */
  readonly retryAfter?: number | undefined;
  /** The body of the response, as it came. */
  readonly body?: unknown;
}

/**
 * An error that the server answered with.
 *
 * Its `message` begins with the code, and goes on with the server's own.
 */
"#,
    );
    put!(out, "export class {error_class}<\n");
    out.push_str(
        "  Id extends OpenErrorId | undefined = OpenErrorId | undefined,
> extends Error {
  /** The error's name; `undefined` where this version does not know the code. */
  readonly id: Id;
  /** The code, known or not; `undefined` where the response has none. */
  readonly code: ErrorCode | undefined;
  /** The HTTP status of the response. */
  readonly status: number;
  /** The category, for known codes and those in its range. */
  readonly category: Category | (string & {}) | undefined;
  /** The group, for known codes and those in its range. */
  readonly group: Group | (string & {}) | undefined;
  /** Whether the request may be sent again; by the status for an unknown code. */
  readonly retry: Retry;
  /** How many seconds the server asks to wait. */
  readonly retryAfter: number | undefined;",
    );
    if catalogue.has_cases {
        out.push_str(
            "
  /** Which of the messages it is that share the code. */
  readonly case: CaseOf<Id> | undefined;",
        );
    }
    out.push_str(
        "
  /** The parameters in the message; `undefined` where it is not the expected. */
  readonly parameters: ParametersOf<Id> | undefined;
  /** The message, as the server sent it. */
  declare readonly serverMessage: string | undefined;
  /** The body of the response, as it came. */
  declare readonly body: unknown;

  /** Makes an error of its parts; `options` can hold its `cause`. */
  constructor(parts: Parts, options?: ErrorOptions) {
    const code = readCode(parts.code);
    const known = code === undefined ? undefined : definitionOf(code);
    const section = code === undefined ? undefined : (known ?? sectionOf(code));
    const match =
      known && parts.message !== undefined
        ? matchMessage(known.id, parts.message)
        : undefined;
    super(display(parts, code, parts.message), options);
    this.id = known?.id as Id;
    this.code = code;
    this.status = parts.status;
    this.category = section?.category;
    this.group = section?.group;
    this.retry = known?.retry ?? retryOf(parts.status);
    this.retryAfter = parts.retryAfter;",
    );
    if catalogue.has_cases {
        out.push_str("\n    this.case = match?.case as CaseOf<Id> | undefined;");
    }
    out.push_str(
        "
    this.parameters = match?.parameters as ParametersOf<Id> | undefined;
    // Not enumerable, so that neither a console nor `JSON.stringify` shows them.
    Object.defineProperties(this, {
      serverMessage: { value: parts.message },
      body: { value: parts.body },
    });
  }

  /**
   * Makes an error of a response, whatever it holds.
   *
   * @param response - The response of `fetch`, or its status and headers.
   * @param body - Its bytes, its text, or the JSON value in it.
   * @param options - The `cause`, if there is one.
   */
  static fromResponse(
    response: ResponseLike,
    body?: unknown,
    options?: ErrorOptions,
",
    );
    put!(out, "  ): {error_class} {{\n");
    out.push_str(
        "    const { status, headers } = response;
    const { code, message } = readBody(body);
    const retryAfter = headers && readRetryAfter(headers);
    const parts = { status, code, message, retryAfter, body };
",
    );
    put!(
        out,
        r#"    return new {error_class}(parts, options);
  }}

  override get name(): "{error_class}" {{
    return "{error_class}";
  }}
}}

"#
    );
    guards(out, module);
    out.push_str(
        r#"
function display(
  { status }: Parts,
  code: ErrorCode | undefined,
  text: string | undefined,
): string {
  const http = `HTTP ${status}`;
  if (code !== undefined) return `${code}: ${text ?? http}`;
  return text === undefined ? http : `${http}: ${text}`;
}

function retryOf(status: number): Retry {
  if (status === 429) return "throttled";
  return status === 503 ? "transient" : "never";
}
"#,
    );
}

fn guards(out: &mut String, module: &Module) {
    let Module { error_class, .. } = module;
    put!(
        out,
        "/** Whether a value is a {error_class}, of this copy of the module or another. */"
    );
    put!(
        out,
        "
export function is{error_class}(value: unknown): value is {error_class} {{
"
    );
    out.push_str(
        r#"  return (
    typeof value === "object" &&
    value !== null &&
    "name" in value &&
"#,
    );
    put!(
        out,
        r#"    value.name === "{error_class}"
  );
}}

/** Whether a value is a {error_class} that has one of these ids. */
"#
    );
    put!(
        out,
        "export function is{error_class}WithId<Id extends ErrorId>("
    );
    put!(
        out,
        "
  value: unknown,
  ...ids: readonly Id[]
): value is {error_class}<Id> {{
  if (!is{error_class}(value)) return false;
  return ids.some((id) => id === value.id);
}}

/** A {error_class} of a category. */"
    );
    put!(
        out,
        "
export type In<Name extends Category> = {error_class} & {{
  readonly category: Name;
}};

/** Whether a value is a {error_class} of a category, or of one group of it. */
"
    );
    put!(
        out,
        "export function is{error_class}InCategory<Name extends Category>("
    );
    out.push_str(
        "
  value: unknown,
  category: Name,
  group?: GroupOf<Name>,
): value is In<Name> {
",
    );
    put!(
        out,
        "  if (!is{error_class}(value)) return false;
  const isInGroup = group === undefined || value.group === group;
  return value.category === category && isInGroup;
}}
"
    );
}

fn messages_file(out: &mut String, module: &Module) {
    let Module { catalogue, .. } = module;
    put!(out, "// {NOTICE}\n");
    out.push_str(
        r#"// Texts are template literals: formatters leave them on their line.

import {
  type DetailsOf,
  type ErrorId,
  ownValue,
  templateOf,
} from "./definitions.js";
import { fill, subjectOf } from "./texts.js";

/** The messages that are the same whenever they are sent, by the id of the error. */
export const messages = {"#,
    );
    for error in &catalogue.errors {
        if let Some(message) = error.message.filter(|_| error.parameters.is_empty()) {
            put!(out, "\n  {}: ", error.id);
            text(out, message);
            out.push(',');
        }
    }
    out.push_str(
        "
} as const;

/** What a server says of an error: its message, with the parameters filled in. */
export function messageOf<Id extends ErrorId>(
  id: Id,
  ...details: DetailsOf<Id>
): string {
  const plain = ownValue<string>(messages, id);
  if (plain !== undefined) return plain;",
    );
    if catalogue.has_cases {
        out.push_str(
            "
  const { case: caseId, parameters } = subjectOf(id, ...details);
  const template = templateOf(id, caseId);",
        );
    } else {
        out.push_str(
            "
  const { parameters } = subjectOf(id, ...details);
  const template = templateOf(id);",
        );
    }
    out.push_str(
        "
  if (!template) throw new TypeError(`${id} has no such message`);
  return template.parameters
    ? fill(template.message, parameters)
    : template.message;
}
",
    );
}

fn locales_file(out: &mut String, module: &Module) {
    let Module { catalogue, .. } = module;
    put!(
        out,
        "\
// {NOTICE}

/** The locales that there are texts in, by their tags in lower case. */
export const locales = {{"
    );
    for tag in &catalogue.locales {
        put!(out, "\n  {}: \"{tag}\",", key(&tag.to_ascii_lowercase()));
    }
    out.push_str(
        "
} as const;

/** A locale that there are texts in: a BCP 47 tag. */
export type Locale = (typeof locales)[keyof typeof locales];

/** The locale of a reader whose language there are no texts in. */
",
    );
    put!(
        out,
        r#"export const fallback: Locale = "{}";

/**
 * The locale whose texts a reader gets: that of the tag itself, of the tag
 * without its last parts, of the same language, or `{}`.
"#,
        catalogue.locales[catalogue.fallback],
        catalogue.locales[catalogue.fallback]
    );
    out.push_str(
        r#" */
export function localeOf(tag: string): Locale {
  const known = Object.entries(locales);
  const wanted = tag.replaceAll("_", "-").toLowerCase().split("-");
  for (let length = wanted.length; length > 0; length -= 1) {
    const prefix = wanted.slice(0, length).join("-");
    const match = known.find(([key]) => key === prefix);
    if (match) return match[1];
  }
  const [language] = wanted;
  const match = known.find(([key]) => key.split("-")[0] === language);
  return match?.[1] ?? fallback;
}
"#,
    );
}

fn texts_file(out: &mut String, module: &Module) {
    let Module { catalogue, .. } = module;
    put!(out, "// {NOTICE}\n");
    out.push_str(
        r#"
import {
  type DetailsOf,
  type ErrorId,
  type OpenErrorId,
  ownValue,
  type Parameters,
} from "./definitions.js";

/** A text as it is, or one in which `{name}` stands for a parameter. */
export type Text = string | { readonly template: string };

/** The texts of one locale, by the id of the error. */
export interface Texts {
  /** What an error means. */
  readonly descriptions: Readonly<Record<ErrorId, Text>>;
  /** What can be done about it. */
  readonly resolutions: Readonly<Record<string, Text>>;"#,
    );
    if catalogue.has_cases {
        out.push_str(
            "
  /** What each case means, of an error that has cases. */
  readonly cases: Readonly<Record<string, Readonly<Record<string, Text>>>>;",
        );
    }
    out.push_str(
        "
  /** The titles of the categories. */
  readonly categories: Readonly<Record<string, string>>;
  /** The titles of the groups of each category. */
  readonly groups: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Where an error stands: the error itself, or what is known of it. */
export interface Place {
  /** The id of the category. */
  readonly category?: string | undefined;
  /** The id of the group. */
  readonly group?: string | undefined;
}

/** What the texts of an error depend on: the error itself, or as much of it. */
export interface Subject {
  /** The error's id. */
  readonly id: OpenErrorId | undefined;",
    );
    if catalogue.has_cases {
        out.push_str(
            "
  /** Its case, where it has cases. */
  readonly case: string | undefined;",
        );
    }
    out.push_str(
        "
  /** What to fill in; a placeholder without a value stays as it is. */
  readonly parameters: Parameters | undefined;
}

/** A subject to build texts from without an error: nothing of it may be missing. */
export function subjectOf<Id extends ErrorId>(
  id: Id,
  ...details: DetailsOf<Id>
): Subject {",
    );
    if catalogue.has_cases {
        out.push_str(
            r#"
  const [head, next]: [(string | Parameters)?, Parameters?] = details;
  return typeof head === "string"
    ? { id, case: head, parameters: next }
    : { id, case: undefined, parameters: head };"#,
        );
    } else {
        out.push_str("\n  return { id, parameters: details[0] };");
    }
    out.push_str(
        "
}

/** What an error means, in one locale; `undefined` where its code is not known. */
export function descriptionIn(
  texts: Texts,
  subject: Subject,
): string | undefined {",
    );
    if catalogue.has_cases {
        out.push_str(
            "
  const { id, case: caseId } = subject;
  const cases = ownValue(texts.cases, id) ?? {};
  const text = ownValue(cases, caseId) ?? ownValue(texts.descriptions, id);",
        );
    } else {
        out.push_str("\n  const text = ownValue(texts.descriptions, subject.id);");
    }
    out.push_str(
        r#"
  return textFor(subject, text);
}

/** What can be done about an error, in one locale, where the catalogue says. */
export function resolutionIn(
  texts: Texts,
  subject: Subject,
): string | undefined {
  const text = ownValue(texts.resolutions, subject.id);
  return textFor(subject, text);
}

/** The title of the category that an error stands in, in one locale. */
export function categoryTitleIn(
  texts: Texts,
  { category }: Place,
): string | undefined {
  return ownValue(texts.categories, category);
}

/** The title of the group that an error stands in, in one locale. */
export function groupTitleIn(
  texts: Texts,
  { category, group }: Place,
): string | undefined {
  return ownValue(ownValue(texts.groups, category) ?? {}, group);
}

function textFor(subject: Subject, text: Text | undefined): string | undefined {
  return typeof text === "object"
    ? fill(text.template, subject.parameters)
    : text;
}

/** A template with its parameters in their places. */
export function fill(template: string, parameters: Parameters = {}): string {
  return template.replaceAll(
    /\{(\w+)\}|\{\{|\}\}/g,
    (piece, name: string | undefined) =>
      name === undefined
        ? piece.slice(1)
        : String(ownValue(parameters, name) ?? piece),
  );
}
"#,
    );
}

fn descriptions_file(out: &mut String, module: &Module) {
    let Module { catalogue, .. } = module;
    put!(
        out,
        "\
// {NOTICE}

"
    );
    for tag in &catalogue.locales {
        put!(
            out,
            "import {{ {} }} from \"./descriptions/{tag}.js\";\n",
            constant(tag)
        );
    }
    out.push_str(
        r#"import { fallback, type Locale, localeOf } from "./locales.js";
import {
  categoryTitleIn,
  descriptionIn,
  groupTitleIn,
  type Place,
  resolutionIn,
  type Subject,
  type Texts,
} from "./texts.js";

const texts: Readonly<Record<Locale, Texts>> = {"#,
    );
    for tag in &catalogue.locales {
        if *tag == constant(tag) {
            put!(out, "\n  {tag},");
        } else {
            put!(out, "\n  {}: {},", key(tag), constant(tag));
        }
    }
    out.push_str(
        "
};

/**
 * What an error means, in the locale of the reader, or as near to it as there
 * is; `undefined` where its code is not known.
 */
export function descriptionOf(
  subject: Subject,
  locale: string = fallback,
): string | undefined {
  return descriptionIn(textsOf(locale), subject);
}

/** What can be done about an error, where the catalogue says. */
export function resolutionOf(
  subject: Subject,
  locale: string = fallback,
): string | undefined {
  return resolutionIn(textsOf(locale), subject);
}

/** The title of the category that an error stands in. */
export function categoryTitleOf(
  place: Place,
  locale: string = fallback,
): string | undefined {
  return categoryTitleIn(textsOf(locale), place);
}

/** The title of the group that an error stands in. */
export function groupTitleOf(
  place: Place,
  locale: string = fallback,
): string | undefined {
  return groupTitleIn(textsOf(locale), place);
}

/** All texts in the locale of the reader, or as near to it as there is. */
export function textsOf(locale: string): Texts {
  return texts[localeOf(locale)];
}
",
    );
}

fn locale_file(out: &mut String, module: &Module, locale: usize) {
    let Module { catalogue, .. } = module;
    let tag = catalogue.locales[locale];
    put!(out, "// {NOTICE}\n");
    out.push_str(
        r#"// Texts are template literals: formatters leave them on their line.

import type { Texts } from "../texts.js";

"#,
    );
    put!(
        out,
        "\
/** The texts in `{tag}`. */
export const {}: Texts = {{
  descriptions: {{",
        constant(tag)
    );
    for error in &catalogue.errors {
        entry(out, error.id, &error.description, locale, "    ");
    }
    out.push_str(
        "
  },
  resolutions: {",
    );
    for error in &catalogue.errors {
        if let Some(resolution) = &error.resolution {
            entry(out, error.id, resolution, locale, "    ");
        }
    }
    out.push_str("\n  },");
    if catalogue.has_cases {
        out.push_str("\n  cases: {");
        for error in &catalogue.errors {
            if !error.cases.is_empty() {
                put!(out, "\n    {}: {{", error.id);
                for case in &error.cases {
                    entry(out, case.id, &case.description, locale, "      ");
                }
                out.push_str("\n    },");
            }
        }
        out.push_str("\n  },");
    }
    out.push_str("\n  categories: {");
    for category in &catalogue.categories {
        put!(out, "\n    {}: ", category.id);
        text(out, category.title.texts[locale]);
        out.push(',');
    }
    out.push_str(
        "
  },
  groups: {",
    );
    for category in &catalogue.categories {
        put!(out, "\n    {}: {{", category.id);
        for group in catalogue.groups_of(category) {
            put!(out, "\n      {}: ", group.id);
            text(out, group.title.texts[locale]);
            out.push(',');
        }
        out.push_str("\n    },");
    }
    out.push_str(
        "
  },
};
",
    );
}

/// A text: as it is, or marked as a template where it has parameters to fill in.
fn entry(out: &mut String, key: &str, localised: &Localised, locale: usize, indent: &str) {
    if localised.is_template {
        put!(out, "\n{indent}{key}: {{\n{indent}  template: ");
        text(out, localised.texts[locale]);
        put!(out, ",\n{indent}}},");
    } else {
        put!(out, "\n{indent}{key}: ");
        text(out, localised.texts[locale]);
        out.push(',');
    }
}

/// A property with an id, on a line that formatters leave as it is.
fn property(out: &mut String, key: &str, id: &str) {
    // Formatters break a line of more than 80 columns, but not within a template literal.
    let columns = "    ".len() + key.len() + id.len() + "\"\"".len() + 3;
    let quote = if columns <= 80 { '"' } else { '`' };
    put!(out, "\n    {key}: {quote}{id}{quote},");
}

/// The message with parameters of an error, and what they are.
fn template(out: &mut String, error: &Error) {
    out.push_str("\n    message: ");
    text(out, error.message.unwrap_or_default());
    out.push_str(",\n    parameters: {");
    for parameter in &error.parameters {
        put!(out, "\n      {}: \"string\",", parameter.name);
    }
    out.push_str("\n    },");
}

/// A locale as the name of a property.
fn key(tag: &str) -> String {
    if tag.contains('-') {
        format!("\"{tag}\"")
    } else {
        tag.to_owned()
    }
}

/// A locale as the name of a constant.
fn constant(tag: &str) -> String {
    let name = tag.to_lower_camel_case();
    match name.as_str() {
        "do" | "for" | "if" | "in" | "let" | "new" | "try" | "var" => name + "_",
        _ => name,
    }
}

/// A template literal, the one string that no formatter moves to a line of its own.
fn text(out: &mut String, text: &str) {
    out.push('`');
    push_replaced(out, text, |rest| match rest {
        [b'$', b'{', ..] => Some((2, "\\${")),
        [b'`', ..] => Some((1, "\\`")),
        [b'\\', ..] => Some((1, "\\\\")),
        _ => None,
    });
    out.push('`');
}

fn doc(out: &mut String, text: &str, prefix: &str) {
    push_comment(out, text, prefix, 80, doc_line);
}

/// A line of a comment, which editors show as Markdown.
fn doc_line(out: &mut String, line: &str) {
    let length = match line.as_bytes() {
        [b'#' | b'-' | b'+' | b'_' | b'=' | b'|', ..] => 1,
        [b'1', b'.', ..] => 2,
        _ => 0,
    };
    let (start, rest) = line.split_at(length);
    if let Some(mark) = start.chars().next_back() {
        out.push_str(&start[..length - 1]);
        out.push('\\');
        out.push(mark);
    }
    push_replaced(out, rest, |rest| match rest {
        [b'*', b'/', ..] => Some((2, "\\*\\/")),
        [b' ', b'_', ..] => Some((2, " \\_")),
        [b'\\', ..] => Some((1, "\\\\")),
        [b'`', ..] => Some((1, "\\`")),
        [b'*', ..] => Some((1, "\\*")),
        [b'[', ..] => Some((1, "\\[")),
        [b']', ..] => Some((1, "\\]")),
        [b'<', ..] => Some((1, "\\<")),
        [b'>', ..] => Some((1, "\\>")),
        [b'{', ..] => Some((1, "\\{")),
        [b'}', ..] => Some((1, "\\}")),
        [b'@', ..] => Some((1, "\\@")),
        [b'&', ..] => Some((1, "\\&")),
        [b'~', ..] => Some((1, "\\~")),
        _ => None,
    });
}
