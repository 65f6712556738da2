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
const plugins = async (...names) => Promise.all(names.map(async (name) => (await load(name)).default));
const remarkPlugins = await plugins("remark-gfm", "remark-directive", "remark-emoji");
const rehypePlugins = await plugins("rehype-raw");

for (const path of readdirSync(pages, { recursive: true }).filter((path) => path.endsWith(".md"))) {
  const { data, content } = matter(readFileSync(join(pages, path), "utf8"));
  const { format } = data.mdx;
  const { default: Content } = await evaluate(content, { ...runtime, format, remarkPlugins, rehypePlugins });
  // Docusaurus writes the trail to a page into it as a script, without escapes.
  const trail = { type: "application/ld+json", dangerouslySetInnerHTML: { __html: JSON.stringify({ name: data.title }) } };
  const head = createElement(
    "head",
    null,
    createElement("title", null, data.title),
    createElement("meta", { name: "description", content: data.description }),
    createElement("script", trail),
  );
  const main = createElement("main", null, createElement("h1", null, data.title), createElement(Content));
  const page = createElement("html", null, head, main);
  const target = join(output, path.replace(/\.md$/, ".html"));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, `<!doctype html>${renderToStaticMarkup(page)}`);
}
