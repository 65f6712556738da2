// What a new version of a catalogue does to programs that were compiled with the old one. tests/compatibility checks which
// sources still compile.
//
// `changes.mjs write FOLDER` writes a catalogue for each change to before.yaml. When each has its module,
// `changes.mjs check FOLDER COMPILER DOCUMENT` runs the programs with each module, and compares what happens with the
// table in the document.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;
const programs = ["catch", "build", "raise"];

const missing = '"There is no order {number}"';
const number = "{ number: { type: string, example: A7 } }";
const closed = "id: order_closed";
const closedError = `      - code: 1001
        id: order_closed
        http: 409
        message: The order is closed
        description: { en: The order is closed. }
`;

/** A group with one error, at the end of the catalogue. */
function group(name, code, id) {
  const error = `{ code: ${code}, id: ${id}, http: 402, message: New, description: { en: New. } }`;
  return `      - { id: ${name}, title: { en: New }, errors: [${error}] }\n`;
}

/** What is replaced for each change. */
const changes = {
  "an error, a group or a category is added": [
    [
      "END",
      `${group("refund", 1300, "refund_late")}
  - id: store
    title: { en: Store }
    groups:
${group("hours", 2000, "store_shut")}`,
    ],
  ],
  "an error is added that is named like a group": [
    ["END", group("late", 1300, "payment")],
  ],
  "an error becomes \`cases\`": [
    [
      `        message: ${missing}
        params: ${number}
        description: { en: "The order {number} does not exist." }
`,
      `        description: { en: The order does not exist. }
        cases:
          - id: unknown
            message: ${missing}
            params: ${number}
            description: { en: "The order {number} does not exist." }
          - id: deleted
            message: The order is deleted
            description: { en: The order is deleted. }
`,
    ],
  ],
  "a message gains its first parameter": [
    [
      "message: The order is closed\n",
      `message: "The order {number} is closed"\n        params: ${number}\n`,
    ],
  ],
  "a message gains another parameter": [
    [missing, '"There is no order {number} in {year}"'],
    [
      number,
      `${number.slice(0, -2)}, year: { type: integer, example: 2020 } }`,
    ],
  ],
  "a message loses a parameter": [
    ['"{count} of {limit} items"', '"More than {limit} items"'],
    ["has {count} items", "has too many items"],
    ["count: { type: integer, example: 7 }, ", ""],
  ],
  "a parameter changes its type": [
    [number, "{ number: { type: integer, example: 7 } }"],
  ],
  "a parameter is renamed": [
    ["{number}", "{order}"],
    ["{ number:", "{ order:"],
  ],
  "an error is renamed": [["id: order_missing", "id: order_not_found"]],
  "an error is deprecated": [
    [closed, `${closed}\n        deprecated: { since: 1.0.0 }`],
  ],
  "an error is retired": [
    [closed, `${closed}\n        retired: { since: 1.0.0 }`],
  ],
  "a retired error is dropped (\`retired: drop\`)": [
    [closed, `${closed}\n        retired: { since: 1.0.0 }`],
    ["typescript: {}", "typescript: { retired: drop }"],
  ],
  "a category gains a group, and an error moves into it": [
    [closedError, ""],
    ["END", group("state", 1001, "order_closed")],
  ],
  "texts, statuses, retry classes or ranges change": [
    ["The card was declined", "No money"],
    ["http: 402", "http: 403\n            retry: throttled"],
    ["1100-1199", "1100-1150"],
    ["title: { en: Payment }", "title: { en: Paying }"],
  ],
};

function write(folder) {
  const before = `${readFileSync(join(here, "before.yaml"), "utf8")}END`;
  Object.values(changes).forEach((replacements, index) => {
    const after = replacements.reduce((text, [old, replacement]) => {
      assert.ok(text.includes(old), `before.yaml has no ${old}`);
      return text.replaceAll(old, () => replacement);
    }, before);
    const place = join(folder, `change${index}`);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "catalog.yaml"), after.replace(/END$/, ""));
  });
}

function check(folder, compiler, document) {
  const names = Object.keys(changes);
  names.forEach((_, index) => {
    const place = join(folder, `change${index}`);
    cpSync(join(place, "typescript"), join(place, "orders-errors"), {
      recursive: true,
    });
    for (const program of programs) {
      cpSync(join(here, `${program}.ts`), join(place, `${program}.ts`));
    }
  });
  // A program with type errors is emitted as well: it is the script that was compiled before.
  spawnSync(process.execPath, [compiler, "--pretty", "false"], { cwd: folder });
  const found = names.map((change, index) => {
    const cells = programs.map((program) => {
      const path = `change${index}/${program}.js`;
      const script = join(folder, "emitted", path);
      return spawnSync(process.execPath, [script]).status === 0;
    });
    return [change, ...cells.map((it) => (it ? "yes" : "no"))].join(" | ");
  });
  const text = readFileSync(document, "utf8");
  const rows = [...text.matchAll(/^\| ((?:an? |texts).*) \|$/gm)];
  assert.deepEqual(
    rows.map(([, row]) => row),
    found,
  );
  console.log(`clients: ${names.length * programs.length}`);
}

const [action, ...values] = process.argv.slice(2);
if (action === "write") write(...values);
else check(...values);
