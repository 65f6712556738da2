// samples.mjs SITE FOLDER CATALOG: writes the code samples of a site's pages to FOLDER/<language>, each as a program that compiles
// with the module beside it, and prints how many there are.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [site, folder, catalog] = process.argv.slice(2);

/** Imports stand at the top of a file, what follows in a function. */
const split = (sample) => sample.split(/\n\n([^]*)/);
const forms = {
  typescript: (sample) => `declare function request(): Promise<void>;\n${sample}\nexport {};\n`,
  python: (sample) => `def request() -> None: ...\n\n\n${sample}\n`,
  swift: (sample, name) => {
    const [imports, code] = split(sample);
    return `${imports}\n\nprivate func request() async throws {}\n\nfunc ${name}() async throws {\n${code}\n}\n`;
  },
  kotlin: (sample, name) => {
    const [imports, code] = split(sample);
    return `package ${catalog}\n\n${imports}\n\nprivate fun request() {}\n\nfun ${name}() {\n${code}\n}\n`;
  },
  rust: (sample) => {
    const [imports, code] = split(sample);
    const result = `Result<(), ${imports.replace(/^use (.*)Code;$/, "$1")}>`;
    return `${imports}\n\nfn request() -> ${result} { Ok(()) }\n\npub fn sample() -> ${result} {\n${code}\nOk(())\n}\n`;
  },
};
const extensions = { typescript: "ts", python: "py", swift: "swift", kotlin: "kt", rust: "rs" };
const entities = { lt: "<", gt: ">", amp: "&" };

let count = 0;
readdirSync(join(site, "errors")).forEach((code, index) => {
  const html = readFileSync(join(site, "errors", code, "index.html"), "utf8");
  const languages = [...html.matchAll(/name="sample" id="sample-(\w+)"/g)].map(([, language]) => language);
  const samples = [...html.slice(html.indexOf('class="samples"')).matchAll(/<code>([^]*?)<\/code><\/pre>/g)];
  languages.forEach((language, at) => {
    const sample = samples[at][1].replace(/&(\w+);/g, (_, name) => entities[name]);
    const name = `sample${index}`;
    mkdirSync(join(folder, language), { recursive: true });
    writeFileSync(join(folder, language, `${name}.${extensions[language]}`), forms[language](sample, name));
    count += 1;
  });
});
console.log(count);
