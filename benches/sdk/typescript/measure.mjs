// node measure.mjs FOLDER TSC ESBUILD: measures FOLDER/small and FOLDER/large. Times are ratios within this run: the two sides
// take turns, and the medians count.

import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const [folder, tsc, esbuild] = process.argv.slice(2);

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** How long each of some functions takes, in nanoseconds: the medians of turns. */
function times(turns, ...functions) {
  const taken = functions.map(() => []);
  for (let turn = 0; turn < turns; turn += 1) {
    for (const [index, run] of functions.entries()) {
      const start = process.hrtime.bigint();
      run();
      taken[index].push(Number(process.hrtime.bigint() - start));
    }
  }
  return taken.map(median);
}

function threeDigits(value) {
  const shown = Number(value.toPrecision(3));
  return String(shown);
}

function size(bytes) {
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, "kB"] : [bytes / 1e6, "MB"];
  return `${threeDigits(value)} ${unit}`;
}

function ratio([ours, theirs]) {
  return `${threeDigits(ours / theirs)} ×`;
}

/** A ratio, and the time itself of each of `count` calls. */
function ratioWithTime([ours, theirs], count) {
  const each = ours / count;
  const time =
    each < 1e3 ? `${threeDigits(each)} ns` : `${threeDigits(each / 1e3)} µs`;
  return `${ratio([ours, theirs])} (${time})`;
}

function run(program, args, cwd) {
  execFileSync(program, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
}

/** The programs that are measured, and what each of them is made of. */
function programs(error) {
  return {
    empty: "",
    parse: `
      import { ${error}, is${error}WithId } from "./module/index.js";
      const body = process.argv[2] ?? "";
      const error = ${error}.fromResponse({ status: 400 }, body);
      if (is${error}WithId(error, process.argv[3])) console.log(error.message);
    `,
    raise: `
      import { raise, responseOf } from "./module/server.js";
      console.log(responseOf(raise(process.argv[2])));
    `,
    everything: `
      import * as index from "./module/index.js";
      import * as descriptions from "./module/descriptions.js";
      import * as locales from "./module/locales.js";
      import * as messages from "./module/messages.js";
      import * as server from "./module/server.js";
      import * as texts from "./module/texts.js";
      console.log(index, descriptions, locales, messages, server, texts);
    `,
  };
}

function bundle(project, name) {
  const output = join(project, `${name}.js`);
  const flags = [
    "--bundle",
    "--minify",
    "--format=esm",
    "--platform=node",
    "--log-level=warning",
  ];
  run(esbuild, [`src/${name}.mjs`, ...flags, `--outfile=${output}`], project);
  return output;
}

function compileTimes(project) {
  const empty = join(project, "empty");
  mkdirSync(join(empty, "src"), { recursive: true });
  writeFileSync(join(empty, "src/index.ts"), "export {};\n");
  for (const at of [project, empty]) {
    writeFileSync(
      join(at, "tsconfig.json"),
      JSON.stringify({
        extends: join(folder, "tsconfig.json"),
        compilerOptions: { types: [], rootDir: "src", outDir: "dist" },
        include: ["src/**/*.ts"],
      }),
    );
  }
  return times(
    5,
    () => run(tsc, ["--project", project], project),
    () => run(tsc, ["--project", empty], empty),
  );
}

function lookUpTimes({ definitionOf }, codes) {
  const map = new Map(codes.map((code) => [code, definitionOf(code)]));
  const shuffled = codes.toSorted((a, b) => hash(a) - hash(b));
  const rounds = Math.ceil(200_000 / codes.length);
  const through = (find) => () => {
    let found = 0;
    for (let round = 0; round < rounds; round += 1) {
      for (const code of shuffled) if (find(code)) found += 1;
    }
    if (found !== rounds * codes.length) throw new Error("a code is missing");
  };
  const taken = times(
    31,
    through(definitionOf),
    through((code) => map.get(code)),
  );
  return ratioWithTime(taken, rounds * codes.length);
}

/** An order that is neither that of the table nor another in every run. */
function hash(code) {
  return Math.imul(Number(code), 0x9e3779b1) >>> 0;
}

function parseTimes(ErrorClass, bodies) {
  const rounds = Math.ceil(10_000 / bodies.length);
  const through = (read) => () => {
    for (let round = 0; round < rounds; round += 1) bodies.forEach(read);
  };
  const taken = times(
    21,
    through((body) => ErrorClass.fromResponse({ status: 400 }, body)),
    through((body) => JSON.parse(body)),
  );
  return ratioWithTime(taken, rounds * bodies.length);
}

async function measure(project) {
  const source = join(project, "src/module");
  const files = readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
  const [, error] = /^export class (\w+)/m.exec(
    readFileSync(join(source, "error.ts"), "utf8"),
  );
  const bundles = Object.fromEntries(
    Object.entries(programs(error)).map(([name, text]) => {
      writeFileSync(join(project, "src", `${name}.mjs`), text);
      return [name, bundle(project, name)];
    }),
  );
  const compile = compileTimes(project);
  const { definitionOf } = await import(
    pathToFileURL(join(project, "dist/module/definitions.js"))
  );
  const index = await import(
    pathToFileURL(join(project, "dist/module/index.js"))
  );
  const { vectors, definitions } = JSON.parse(
    readFileSync(join(project, "vectors.json"), "utf8"),
  );
  const shipped = (name) => {
    const bytes = readFileSync(bundles[name]);
    return [bytes.length, gzipSync(bytes, { level: 9 }).length].map(size);
  };
  const [parse, parseZipped] = shipped("parse");
  const [raise, raiseZipped] = shipped("raise");
  const [all, allZipped] = shipped("everything");
  return {
    source: size(files.reduce((sum, { length }) => sum + length, 0)),
    "compile (× an empty program)": ratio(compile),
    "compiled: parse one response, minified": parse,
    "compiled: parse one response, minified and gzipped": parseZipped,
    "compiled: raise and write one error, minified": raise,
    "compiled: raise and write one error, minified and gzipped": raiseZipped,
    "compiled: everything, minified": all,
    "compiled: everything, minified and gzipped": allZipped,
    "start (× a program without it)": ratio(
      times(
        21,
        () => run(process.execPath, [bundles.parse], project),
        () => run(process.execPath, [bundles.empty], project),
      ),
    ),
    "look-up by code (× the language's own hash map)": lookUpTimes(
      { definitionOf },
      definitions.map(({ code }) => code),
    ),
    "parse a response (× the language's own JSON reader on the same body)":
      parseTimes(
        index[error],
        vectors.map(({ response }) => response.body.text),
      ),
  };
}

const small = await measure(join(folder, "small"));
const large = await measure(join(folder, "large"));
for (const what of Object.keys(small)) {
  console.log([what, small[what], large[what]].join("\t"));
}
