// samples.mjs SITE FOLDER: writes the code samples of a site's pages, as readers copy them, to FOLDER/<target>/sample<number>.txt,
// and prints how many there are.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [site, folder] = process.argv.slice(2);
const entities = { lt: "<", gt: ">", amp: "&" };

let count = 0;
readdirSync(join(site, "errors")).forEach((code, index) => {
  const html = readFileSync(join(site, "errors", code, "index.html"), "utf8");
  const targets = [...html.matchAll(/name="sample" id="sample-(\w+)"/g)].map(([, target]) => target);
  const samples = [...html.slice(html.indexOf('class="samples"')).matchAll(/<code>([^]*?)<\/code><\/pre>/g)];
  targets.forEach((target, at) => {
    const sample = samples[at][1].replace(/&(\w+);/g, (_, name) => entities[name]);
    mkdirSync(join(folder, target), { recursive: true });
    writeFileSync(join(folder, target, `sample${index}.txt`), `${sample}\n`);
    count += 1;
  });
});
console.log(count);
