// read_back.mjs SITE…: all texts of whole sites, in a browser, beside each of which stand the vectors of its catalogue.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { launch, openPage, serve } from "./browser.mjs";
import { compareTexts } from "./texts.mjs";

const read = (...path) => JSON.parse(readFileSync(join(...path), "utf8"));
const browser = await launch();
let compared = 0;
for (const site of process.argv.slice(2)) {
  const vectors = read(site, "../conformance/vectors.json");
  const index = read(site, "index.json");
  const paths = new Map(index.errors.map(({ id, path }) => [id, path]));
  const server = await serve({ "/": site });
  const { page, said, close } = await openPage(browser);
  await page.goto(`${server.origin}/blank`);
  // A locale's folder has another name where it would be that of a device or of another folder.
  const links = readFileSync(join(site, "index.html"), "utf8").matchAll(/hreflang="([^"]+)" href="([^"]*)index\.html"/g);
  const homes = new Map([...links].map(([, locale, folder]) => [locale, folder]));
  const home = (locale) => homes.get(locale) ?? "";
  compared += await compareTexts(page, vectors, ({ id }, locale) => `${server.origin}/${home(locale)}${paths.get(id)}`);
  // The pages' own scripts see the texts as well: all of them, in a search.
  await page.goto(`${server.origin}/`);
  await page.keyboard.press("/");
  await page.keyboard.type("a");
  await page.locator("#results .count").filter({ hasText: /\S/ }).waitFor();
  if (said.length > 0) throw new Error(said.join("\n"));
  await close();
  server.stop();
}
await browser.close();
console.log(`pages: ${compared}`);
