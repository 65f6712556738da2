// Chromium, and a server for what it shows: a site below a path, with 404.html for what is not there.
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join, normalize } from "node:path";

const require = createRequire(`${process.env.TOOLCHAIN}/package.json`);
const { chromium } = require("playwright-core");

const types = {
  css: "text/css", html: "text/html; charset=utf-8", js: "text/javascript; charset=utf-8", json: "application/json",
  svg: "image/svg+xml", txt: "text/plain; charset=utf-8", xml: "application/xml",
};

/** Serves folders by their first path segments, `{ "/real/base/": folder }`; resolves to the origin and a way to stop. */
export async function serve(sites) {
  const server = createServer(async (request, response) => {
    const path = new URL(`http://x${request.url}`).pathname.replace(/(%[0-9A-F]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll("%", ""), "hex").toString());
    // A page without a policy, from which a test can read the others.
    if (path === "/blank") return response.writeHead(200, { "Content-Type": types.html }).end("<!DOCTYPE html><title>-</title><link rel=icon href=data:,>");
    const base = Object.keys(sites).find((prefix) => path.startsWith(prefix));
    const send = async (status, file) => {
      const content = await readFile(file);
      response.writeHead(status, { "Content-Type": types[file.split(".").pop()] ?? "application/octet-stream" });
      response.end(content);
    };
    if (!base) return response.writeHead(404).end();
    const file = join(sites[base], normalize(path.slice(base.length)));
    const index = (await stat(file).catch(() => null))?.isDirectory() ? join(file, "index.html") : file;
    try {
      await send(200, index);
    } catch {
      await send(404, join(sites[base], "404.html"));
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync",
    ],
  });
}

/** A page of its own that fails the test where anything is said on its console, or a script of a text runs. */
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  // On a busy machine, an action can take longer than Playwright's 30 seconds.
  context.setDefaultTimeout(180_000);
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("dialog", (dialog) => {
    said.push(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  return { page, said, close: () => context.close() };
}
