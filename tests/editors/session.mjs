// session.mjs TOOLCHAIN REPOSITORY: edits a catalogue as an editor does that has yaml-language-server, over standard input
// and output, and looks at what the server offers and says. The schema is the one that the catalogue's first line names.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [toolchain, repository] = process.argv.slice(2);
const require = createRequire(join(toolchain, "package.json"));
const rpc = require("vscode-jsonrpc/node");

const server = spawn(process.execPath, [require.resolve("yaml-language-server/bin/yaml-language-server"), "--stdio"], {
  stdio: ["pipe", "pipe", "inherit"],
});
const timer = setTimeout(() => {
  console.error("the server has not answered within a minute");
  server.kill();
  process.exit(1);
}, 60_000);
const connection = rpc.createMessageConnection(
  new rpc.StreamMessageReader(server.stdout),
  new rpc.StreamMessageWriter(server.stdin),
);

// What a client has to answer: its settings. The catalogue of public schemas would be asked for over the network.
const settings = { yaml: { schemaStore: { enable: false }, validate: true, hover: true, completion: true } };
connection.onRequest("workspace/configuration", ({ items }) =>
  items.map(({ section }) => settings[section] ?? null),
);
connection.onRequest("client/registerCapability", () => null);
const published = [];
const waiting = [];
connection.onNotification("textDocument/publishDiagnostics", (message) => {
  const next = waiting.shift();
  if (next) next(message.diagnostics);
  else published.push(message.diagnostics);
});
const diagnostics = () =>
  published.length > 0 ? Promise.resolve(published.shift()) : new Promise((resolve) => waiting.push(resolve));
connection.listen();

const uri = pathToFileURL(join(repository, "catalog.yaml")).href;
const root = pathToFileURL(repository).href;
let version = 0;

// Gives the document another text; what the server publishes then is the answer.
async function edit(text) {
  version += 1;
  published.length = 0;
  const textDocument = { uri, version };
  await connection.sendNotification("textDocument/didChange", { textDocument, contentChanges: [{ text }] });
  return await diagnostics();
}

const document = readFileSync(join(repository, "catalog.yaml"), "utf8");
const head = document.slice(0, document.indexOf("\n"));

// A catalogue with one error, of which the last lines are given. `|` is where the cursor is.
function catalogue(...lines) {
  const text = [
    head,
    "catalog: shop",
    "version: 1.0.0",
    "title: { en: Shop errors }",
    "locales: [en]",
    "categories:",
    "  - id: request",
    "    title: { en: Request }",
    "    errors:",
    "      - code: 1",
    "        id: not_found",
    "        http: 404",
    ...lines,
    "",
  ].join("\n");
  const before = text.split("|")[0];
  return {
    text: text.replace("|", ""),
    position: { line: before.split("\n").length - 1, character: before.length - before.lastIndexOf("\n") - 1 },
  };
}

const rest = ["        message: Not found", "        description: { en: Nothing is here. }"];

async function complete(...lines) {
  const { text, position } = catalogue(...lines);
  await edit(text);
  const answer = await connection.sendRequest("textDocument/completion", { textDocument: { uri }, position });
  return new Map((answer.items ?? answer).map((item) => [item.label, item]));
}

async function hover(...lines) {
  const { text, position } = catalogue(...lines);
  await edit(text);
  const answer = await connection.sendRequest("textDocument/hover", { textDocument: { uri }, position });
  return answer?.contents.value ?? "";
}

const checks = {
  async "the real catalogue is clean"() {
    version += 1;
    const textDocument = { uri, languageId: "yaml", version, text: document };
    await connection.sendNotification("textDocument/didOpen", { textDocument });
    assert.deepEqual(await diagnostics(), []);
  },
  async "a misspelt key and a bad status are named where they stand"() {
    const [message, description] = rest;
    const found = await edit(catalogue(message, description, "        severity: high").text.replace("404", "99"));
    const shown = found.map(({ range, message }) => `${range.start.line + 1}: ${message}`).sort();
    assert.deepEqual(shown, ["12: Value is below the minimum of 100.", "15: Property severity is not allowed."]);
  },
  async "a missing key is named"() {
    const found = await edit(catalogue(...rest).text.replace("    title: { en: Request }\n", ""));
    assert.deepEqual(found.map(({ message }) => message), ['Missing property "title".']);
  },
  async "keys are offered, with what they mean"() {
    const items = await complete(...rest, "        re|");
    for (const key of ["resolution", "retry", "retired"]) {
      assert.ok(items.has(key), `${key} is among ${[...items.keys()]}`);
    }
    assert.match(JSON.stringify(items.get("retry").documentation), /Whether the request can be retried/);
  },
  async "words of a closed list are offered"() {
    const items = await complete(...rest, "        retry: |");
    assert.deepEqual([...items.keys()].filter((label) => label.startsWith("t")).sort(), ["throttled", "transient"]);
  },
  async "targets and their options are offered"() {
    const targets = await complete(...rest, "targets:", "  mark|");
    assert.ok(targets.has("markdown"), [...targets.keys()].join());
    const options = await complete(...rest, "targets:", "  markdown:", "    re|");
    assert.ok(options.has("retired"), [...options.keys()].join());
  },
  async "keys of an included file are offered and checked"() {
    const first = head.replace("catalog.schema.json", "include.schema.json");
    const found = await edit([first, "category: payment", "locales: [en]", "errors: []", ""].join("\n"));
    assert.deepEqual(found.map(({ range, message }) => `${range.start.line + 1}: ${message}`).sort(), [
      "3: Property locales is not allowed.",
      "4: Array has too few items. Expected 1 or more.",
    ]);
    await edit([first, "category: payment", "gr", ""].join("\n"));
    const position = { line: 2, character: 2 };
    const answer = await connection.sendRequest("textDocument/completion", { textDocument: { uri }, position });
    const labels = (answer.items ?? answer).map(({ label }) => label);
    for (const key of ["group", "groups", "errors"]) assert.ok(labels.includes(key), labels.join());
  },
  async "a key is explained where the cursor is on it"() {
    assert.match(await hover(...rest, "        ret|ry: transient"), /Whether the request can be retried/);
    assert.match(await hover(rest[0], "        desc|ription: { en: Nothing is here. }"), /What the error means, in each locale/);
  },
};

await connection.sendRequest("initialize", {
  processId: process.pid,
  rootUri: root,
  workspaceFolders: [{ uri: root, name: "repository" }],
  capabilities: {
    workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } },
    textDocument: { completion: { completionItem: { documentationFormat: ["markdown"] } } },
  },
  initializationOptions: {},
});
await connection.sendNotification("initialized", {});

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
  } catch (error) {
    failed += 1;
    console.error(`${name}: ${error.message}`);
  }
}
await connection.sendRequest("shutdown");
const ended = once(server, "exit");
await connection.sendNotification("exit");
assert.deepEqual(await ended, [0, null]);
clearTimeout(timer);
connection.dispose();
console.log(`checks: ${Object.keys(checks).length - failed}`);
process.exitCode = failed > 0 ? 1 : 0;
