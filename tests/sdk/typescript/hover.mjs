// node hover.mjs TYPESCRIPT PROJECT: what an editor shows where the mouse rests on a name in one of the client's sources.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";

const [typescript, project] = process.argv.slice(2);
const ts = createRequire(import.meta.url)(typescript);

const config = ts.getParsedCommandLineOfConfigFile(
  join(project, "tsconfig.json"),
  {},
  { ...ts.sys, onUnRecoverableConfigFileDiagnostic: assert.fail },
);
const service = ts.createLanguageService({
  getCompilationSettings: () => config.options,
  getScriptFileNames: () => config.fileNames,
  getScriptVersion: () => "1",
  getScriptSnapshot: (file) =>
    ts.sys.fileExists(file)
      ? ts.ScriptSnapshot.fromString(ts.sys.readFile(file))
      : undefined,
  getCurrentDirectory: () => project,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  readFile: ts.sys.readFile,
  fileExists: ts.sys.fileExists,
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
});

function hover(file, text) {
  const path = join(project, "src", file);
  const position = readFileSync(path, "utf8").indexOf(text);
  assert.notEqual(position, -1, `${file} has no ${text}`);
  const info = service.getQuickInfoAtPosition(path, position + text.length - 1);
  return {
    name: ts.displayPartsToString(info.displayParts),
    documentation: ts.displayPartsToString(info.documentation),
    tags: info.tags?.map(({ name }) => name) ?? [],
  };
}

test("a code shows its number, its status and what it means", () => {
  const shown = hover("matching.test.ts", "PixnetErrorCode.UserAlreadyExists");
  assert.match(shown.name, /UserAlreadyExists: 4200$/);
  assert.match(shown.documentation, /^Code 4200, HTTP 400\.\n/);
  assert.match(shown.documentation, /already exists and cannot be added again/);
});

test("a code of another catalogue shows its text", () => {
  const shown = hover("matching.test.ts", "FullShopErrorCode.CardDeclined");
  assert.match(shown.name, /CardDeclined: "card_declined"$/);
  assert.match(shown.documentation, /^Code card_declined, HTTP 402\.\n/);
  assert.match(shown.documentation, /Since 1\.0\.0\./);
});

test("a deprecated code is marked as such", () => {
  const shown = hover(
    "definitions.test.ts",
    "FullShopErrorCode.CardGatewayBusy",
  );
  assert.deepEqual(shown.tags, ["deprecated"]);
});

test("functions and members say what they are", () => {
  const shown = hover("building.test.ts", "messageOf");
  assert.match(shown.documentation, /Returns the message of an error/);
});
