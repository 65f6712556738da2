// mdx.mjs TOOLCHAIN PAGES OUTPUT: renders pages as Docusaurus does, with MDX and its own remark plugins. Its packages are
// found in the toolchain.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const [toolchain, pages, output] = process.argv.slice(2);
const resolve = createRequire(join(toolchain, "package.json")).resolve;
const load = async (name) => import(pathToFileURL(resolve(name)).href);
const { evaluate } = await load("@mdx-js/mdx");
const { default: matter } = await load("gray-matter");
const runtime = await load("react/jsx-runtime");
const { createElement } = await load("react");
const { renderToStaticMarkup } = await load("react-dom/server");
const plugins = ["remark-gfm", "remark-directive", "remark-emoji"];
const remarkPlugins = await Promise.all(plugins.map(async (name) => (await load(name)).default));

for (const path of readdirSync(pages, { recursive: true }).filter((path) => path.endsWith(".md"))) {
  const { data, content } = matter(readFileSync(join(pages, path), "utf8"));
  const { default: Content } = await evaluate(content, { ...runtime, remarkPlugins });
  const page = createElement(
    "html",
    null,
    createElement("head", null, createElement("title", null, data.title), createElement("meta", { name: "description", content: data.description })),
    createElement("main", null, createElement("h1", null, data.title), createElement(Content)),
  );
  const target = join(output, path.replace(/\.md$/, ".html"));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, `<!doctype html>${renderToStaticMarkup(page)}`);
}
