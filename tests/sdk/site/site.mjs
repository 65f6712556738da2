// What a site is held against, in a browser. What is expected is written here, or comes from the conformance vectors.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { gzipSync } from "node:zlib";

import { launch, openPage, serve } from "./browser.mjs";
import { compareTexts } from "./texts.mjs";

const { LARGE, SCRATCH, TOOLCHAIN } = process.env;
const names = ["real", "full", "history", "hostile", "languages", "minimal", "properties"];
const folder = (name) => join(SCRATCH, name, "site");
const vectors = Object.fromEntries(
  names.map((name) => [name, JSON.parse(readFileSync(join(SCRATCH, name, "conformance/vectors.json"), "utf8"))]),
);
const index = Object.fromEntries(names.map((name) => [name, JSON.parse(readFileSync(join(folder(name), "index.json"), "utf8"))]));
const axe = readFileSync(createRequire(`${TOOLCHAIN}/package.json`).resolve("axe-core/axe.min.js"), "utf8");
const fallbacks = { real: "en", full: "en", history: "en", hostile: "en", languages: "en", minimal: "en", properties: "en" };
const home = (name, locale) => (locale === fallbacks[name] ? "" : `${locale}/`);

let browser;
let server;
const url = (name, path = "") => `${server.origin}/${name}/under/a/path/${path}`;

before(async () => {
  server = await serve(Object.fromEntries(names.map((name) => [`/${name}/under/a/path/`, folder(name)])));
  browser = await launch();
});
after(async () => {
  await browser.close();
  server.stop();
});

/** Runs a test in a page of its own, which has to stay silent. */
async function visit(address, options, run) {
  const { page, said, close } = await openPage(browser, options);
  try {
    await page.goto(address);
    await run(page);
    assert.deepEqual(said, [], address);
  } finally {
    await close();
  }
}

const codes = (page) => page.locator("#results .code").allTextContents();
const searchFor = async (page, query) => {
  await page.keyboard.press("/");
  await page.keyboard.type(query);
  await page.locator("#results .count").filter({ hasText: /\S/ }).waitFor();
};

// ---- Texts ----

/** A control character that an attribute or the title cannot hold is not compared; the page's own texts have all. */
describe("every text is shown literally", () => {
  let compared = 0;
  after(() => console.log(`definitions: ${compared}`));
  for (const name of names) {
    test(name, async () => {
      const { definitions } = vectors[name];
      const folders = new Map(index[name].errors.map((error) => [error.id, error.path]));
      assert.equal(definitions.length, index[name].errors.length);
      await visit(`${server.origin}/blank`, {}, async (page) => {
        const address = (definition, locale) => url(name, home(name, locale) + folders.get(definition.id));
        compared += await compareTexts(page, vectors[name], address);
      });
    });
  }

  test("also where a page of a hostile text is opened, and found by search", async () => {
    await visit(url("hostile"), {}, async (page) => {
      for (const error of index.hostile.errors.filter(({ id }) => id.startsWith("text_"))) {
        await page.goto(url("hostile", error.path));
        assert.equal(await page.locator("h1 .code").textContent(), String(error.code));
      }
      await page.goto(url("hostile"));
      await searchFor(page, "alert(1)");
      assert.ok((await codes(page)).includes("</script>"));
      const shown = await page.locator("#results .said").allTextContents();
      assert.ok(shown.includes("<b>bold</b> </script><script>alert(1)</script> &amp; <!--"));
    });
  });
});

// ---- Links ----

const pagesOf = (name) =>
  readdirSync(folder(name), { recursive: true }).filter((file) => file.endsWith(".html") && file !== "404.html").sort();

describe("every link answers", () => {
  for (const name of names) {
    test(name, async () => {
      await visit(`${server.origin}/blank`, {}, async (page) => {
        const pages = pagesOf(name).map((file) => file.split("/").map(encodeURIComponent).join("/"));
        const found = await page.evaluate(async (addresses) => {
          const ids = new Map();
          const links = [];
          for (const address of addresses) {
            const response = await fetch(address);
            const read = new DOMParser().parseFromString(await response.text(), "text/html");
            ids.set(response.url, new Set([...read.querySelectorAll("[id]")].map(({ id }) => id)));
            for (const element of read.querySelectorAll("[href], [src]")) {
              const isPublished = /^(canonical|alternate)$/.test(element.rel ?? "");
              const link = element.getAttribute("href") ?? element.getAttribute("src");
              if (!isPublished) links.push({ from: address, to: new URL(link, response.url).href, link });
            }
          }
          const dead = [];
          const known = new Map();
          for (const { from, to, link } of links) {
            const [file, fragment] = to.split("#");
            if (!known.has(file)) known.set(file, ids.has(file) || (await fetch(file)).ok);
            if (!known.get(file) || (fragment && !ids.get(file)?.has(decodeURIComponent(fragment)))) dead.push(`${from}: ${link}`);
            // A link to a folder opens a list of files where there is no server.
            if (/^(\/|[a-z]+:)/.test(link) || file.endsWith("/")) dead.push(`${from}: ${link} does not work from a folder`);
          }
          return { dead, count: links.length };
        }, pages.map((path) => url(name, path)));
        assert.deepEqual(found.dead, []);
        assert.ok(found.count > pages.length * 5);
      });
    });
  }
});

// ---- Each kind of page ----

const kinds = ["index.html", "errors/4109/index.html", "errors/4200/index.html", "categories/input/index.html", "map/index.html"];

/** What axe-core has to say of a page; its script is the test's, and not bound by the page's policy. */
async function violations(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"], preload: false, rules: { "target-size": { enabled: true } } }));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html)}`);
}

const shift = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += entry.value))).observe({
          type: "layout-shift",
          buffered: true,
        });
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(sum), 50)));
      }),
  );

describe("each kind of page", () => {
  const desk = { colorScheme: "light", viewport: { width: 1280, height: 800 } };
  const phone = { colorScheme: "dark", viewport: { width: 390, height: 844 } };
  for (const path of kinds) {
    for (const [where, look, address] of [
      ["a desk, from a server", desk, () => url("real", path)],
      ["a phone, from a folder", phone, () => `file://${folder("real")}/zh-TW/${path}`],
    ]) {
      test(`${path}: no violation, no shift, nothing on the console; on ${where}`, () =>
        visit(address(), look, async (page) => {
          assert.equal(await shift(page), 0);
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(overflow <= 0, `${path} is ${overflow} px too wide`);
          assert.deepEqual(await violations(page), []);
        }));
    }
  }

  test("deprecated, retired, sensitive and results too", async () => {
    for (const path of ["errors/card_retry/", "errors/order_gone/", "errors/card_declined/", "zh-Hant-TW/map/", "de/#q=karte"]) {
      await visit(url("full", path), {}, async (page) => assert.deepEqual(await violations(page), [], path));
    }
    for (const path of ["changes/", "zh-TW/changes/", "errors/1002/"]) {
      await visit(url("history", path), {}, async (page) => assert.deepEqual(await violations(page), [], path));
    }
    await visit(url("full", "errors/card_retry/"), {}, async (page) => {
      await page.locator(".notice a").click();
      await page.waitForURL("**/errors/gateway/");
    });
  });

  test("can be read without scripts", async () => {
    await visit(url("real", "errors/4200/"), { javaScriptEnabled: false }, async (page) => {
      assert.equal(await page.locator(".lead .description").isVisible(), true);
      assert.equal(await page.locator("#find").isVisible(), false);
      assert.equal(await page.locator(".copy").first().isVisible(), false);
    });
  });

  test("prints what it says, without what is for clicking", async () => {
    await visit(url("real", "errors/4200/"), {}, async (page) => {
      await page.emulateMedia({ media: "print" });
      assert.equal(await page.locator(".bar").isVisible(), false);
      assert.equal(await page.locator(".samples .block").last().isVisible(), true);
      const labels = await page.locator(".samples .block").evaluateAll((blocks) =>
        blocks.map((block) => getComputedStyle(block, "::before").content.replaceAll('"', "")));
      assert.deepEqual(labels, await page.locator(".samples label").allTextContents());
      assert.ok(labels.length > 1);
      assert.equal(await page.locator(".printed").textContent(), url("real", "errors/4200/"));
      assert.equal(await page.locator(".printed").isVisible(), true);
    });
  });

  test("code fits its block", async () => {
    for (const width of [1280, 390]) {
      await visit(url("real", "errors/4200/"), { viewport: { width, height: 800 } }, async (page) => {
        const cut = await page.locator("pre").evaluateAll((all) => all.filter((pre) => pre.scrollWidth > pre.clientWidth).length);
        assert.equal(cut, 0, `${width}`);
      });
    }
  });
});

// ---- Languages ----

describe("the words of the pages", () => {
  const own = { ar: "الرسالة", de: "Meldung", es: "Mensaje", fr: "Message", it: "Messaggio", ja: "メッセージ", ko: "메시지", pt: "Mensagem", ru: "Сообщение", "zh-CN": "消息", "zh-TW": "訊息" };
  for (const [locale, message] of Object.entries(own)) {
    test(`${locale} has all of its own`, () =>
      visit(url("languages", `${locale}/errors/1000/`), { viewport: { width: 390, height: 844 } }, async (page) => {
        assert.equal(await page.locator(".body h2").first().textContent(), message);
        assert.equal(await page.locator('h2 [lang="en"], dt [lang="en"], .copy [lang="en"]').count(), 0);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${locale} is ${overflow} px too wide`);
        assert.deepEqual(await violations(page), []);
      }));
  }

  test("a language without words has those of English, marked so", () =>
    visit(url("languages", "nb/errors/1000/"), {}, async (page) => {
      assert.equal(await page.locator('.body h2 > [lang="en"]').first().textContent(), "Message");
      assert.equal(await page.locator("html").getAttribute("lang"), "nb");
    }));

  test("code and ranges read from left to right where the page does not", () =>
    visit(url("languages", "ar/errors/1000/"), {}, async (page) => {
      const direction = (selector) => page.locator(selector).first().evaluate((it) => getComputedStyle(it).direction);
      assert.equal(await direction("body"), "rtl");
      for (const selector of ["h1 .code", "h1 .id", ".response", ".samples pre", ".facts .http"]) assert.equal(await direction(selector), "ltr", selector);
      await page.goto(url("languages", "ar/categories/loan/"));
      assert.equal(await direction("h1 .range"), "ltr");
      for (const path of ["ar/", "ar/map/", "ar/categories/loan/"]) {
        await page.goto(url("languages", path));
        assert.deepEqual(await violations(page), [], path);
      }
    }));
});

// ---- Search ----

describe("search", () => {
  const found = [
    ["token", ["1000", "1003", "1201"]],
    ["4109", ["4109"]],
    ["相簿", ["2200", "2202", "3201"]],
    ["albm", ["2200", "2202", "3201"]],
    ["Albmu set", ["2202"]],
    ["請填入訂閱群租", ["4108"]],
    ["找不到的相簿", ["2202"]],
    ["User emma exists", ["4200"]],
    ["qqqqq", []],
    ["ＨＴＴＰＳ", ["1101"]],
  ];
  for (const from of ["server", "folder"]) {
    test(`finds what it should, from a ${from}`, async () => {
      const address = from === "server" ? url("real") : `file://${folder("real")}/index.html`;
      await visit(address, {}, async (page) => {
        for (const [query, expected] of found) {
          await searchFor(page, query);
          const shown = await codes(page);
          for (const code of expected) assert.ok(shown.includes(code), `${query}: ${shown}`);
          if (expected.length === 0) assert.deepEqual(shown, [], query);
          await page.keyboard.press("Escape");
          assert.equal(await page.locator("#page").isVisible(), true);
          await page.keyboard.press("Tab"); // so that / is no text of the next
        }
      });
    });
  }

  // `explain` is held against the same table.
  const queries = JSON.parse(readFileSync(new URL("queries.json", import.meta.url), "utf8"));
  test(`shows first what is meant by ${queries.length} queries, and says where it guesses`, async () => {
    await visit(url("real"), {}, async (page) => {
      await page.locator("#find").focus();
      await searchFor(page, "4109");
      for (const { query, first, guess } of queries) {
        await page.locator("#find").fill(query);
        assert.equal((await codes(page))[0] ?? null, first, query);
        const status = await page.locator("#results .count").textContent();
        assert.equal(status.startsWith("Closest matches"), guess === true, `${query}: ${status}`);
      }
    });
  });

  test("opens what Enter asked for before the index had come", async () => {
    await visit(url("real"), {}, async (page) => {
      let release;
      const released = new Promise((resolve) => (release = resolve));
      await page.route("**/search-index.js", async (route) => {
        await released;
        await route.continue();
      });
      await page.locator("#find").fill("tokenInvalid");
      await page.keyboard.press("Enter");
      release();
      await page.waitForURL("**/errors/1000/**");
    });
  });

  test("says that its index has not come, and tries again", async () => {
    const { page, close } = await openPage(browser);
    await page.goto(url("real"));
    await page.route("**/search-index.js", (route) => route.abort());
    await page.locator("#find").fill("token");
    await page.locator("#results .count").filter({ hasText: "could not be loaded" }).waitFor();
    await page.unroute("**/search-index.js");
    await page.locator("#find").fill("token_invalid");
    await page.locator("#results .code").first().waitFor();
    assert.deepEqual(await codes(page), ["1000"]);
    await close();
  });

  test("follows the address when a link changes only that", async () => {
    await visit(url("real"), {}, async (page) => {
      await page.evaluate(() => (location.hash = "q=4109"));
      await page.locator("#results .code").first().waitFor();
      assert.deepEqual(await codes(page), ["4109"]);
      await page.evaluate(() => (location.hash = ""));
      await page.locator("#results").waitFor({ state: "hidden" });
    });
  });

  test("puts the code that was asked for first", async () => {
    await visit(url("real", "zh-TW/"), {}, async (page) => {
      await searchFor(page, "4109");
      assert.deepEqual((await codes(page))[0], "4109");
      await page.keyboard.press("Enter");
      await page.waitForURL("**/zh-TW/errors/4109/");
    });
    // Another has the word in its name.
    await visit(url("full"), {}, async (page) => {
      await searchFor(page, "gateway");
      assert.deepEqual(await codes(page), ["gateway", "card_retry"]);
    });
  });

  test("needs no mouse", async () => {
    await visit(url("real", "errors/4109/"), {}, async (page) => {
      await page.keyboard.press("Control+k");
      await page.keyboard.type("token");
      await page.locator("#results .code").first().waitFor();
      const second = (await codes(page))[1];
      for (const key of ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"]) await page.keyboard.press(key);
      assert.equal(await page.evaluate(() => document.activeElement.querySelector(".code").textContent), second);
      await page.keyboard.press("Enter");
      await page.waitForURL(`**/errors/${second}/`);
    });
  });

  test("is in the address, and comes back with it", async () => {
    await visit(url("real"), {}, async (page) => {
      await searchFor(page, "token");
      const before = await codes(page);
      await page.locator("#results a").first().click();
      await page.waitForURL("**/errors/**");
      await page.goBack();
      await page.locator("#results .code").first().waitFor();
      assert.deepEqual(await codes(page), before);
      await page.locator(".language").click();
      await page.waitForURL("**/zh-TW/#q=token");
      await page.locator("#results .code").first().waitFor();
      assert.deepEqual(await codes(page), before);
    });
  });

  test("filters by property", async () => {
    const wanted = [
      [{ severity: "warning" }, ["out_of_stock"]],
      [{ visible: "false", areas: "mobile" }, ["shelf_full"]],
      [{ severity: "info" }, ["shelf_full"]],
      [{ areas: "web", severity: "error" }, ["stock_locked", "shelf_full"]],
    ];
    for (const [choice, expected] of wanted) {
      await visit(url("properties"), {}, async (page) => {
        for (const [name, value] of Object.entries(choice)) {
          await page.locator(`select[name="property.${name}"]`).selectOption(value);
        }
        await page.locator("#results .code").first().waitFor();
        assert.deepEqual(await codes(page), expected);
        const address = page.url();
        await page.goto(url("properties", "map/"));
        await page.goto(address);
        await page.locator("#results .code").first().waitFor();
        assert.deepEqual(await codes(page), expected);
      });
    }
  });

  test("filters by category, status and retry", async () => {
    const { definitions } = vectors.real;
    const wanted = [
      [{ retry: "throttled" }, (it) => it.retry === "throttled"],
      [{ category: "authentication", http: "403" }, (it) => it.category === "authentication" && it.http === 403],
      [{ category: "internal", http: "500", retry: "transient" }, (it) => it.category === "internal" && it.http === 500 && it.retry === "transient"],
    ];
    for (const [choice, holds] of wanted) {
      await visit(url("real"), {}, async (page) => {
        for (const [name, value] of Object.entries(choice)) await page.locator(`select[name=${name}]`).selectOption(value);
        await page.locator("#results .code").first().waitFor();
        const expected = definitions.filter(holds).map(({ code }) => String(code));
        assert.ok(expected.length > 0);
        assert.deepEqual(await codes(page), expected);
      });
    }
  });
});

// ---- What changed ----

test("the page of changes is in the menu, and leads to errors and back to a version", async () => {
  await visit(url("history", "index.html"), {}, async (page) => {
    await page.locator(".tools a", { hasText: "What changed" }).click();
    await page.waitForURL("**/changes/index.html");
    const versions = await page.locator("h2").allTextContents();
    assert.deepEqual(versions, ["Next release", "Version 2.0.0", "Version 1.1.0"]);
    await page.locator(".news a", { hasText: "1002" }).click();
    await page.waitForURL("**/errors/1002/index.html");
    await page.locator(".news a").click();
    await page.waitForURL("**/changes/index.html#v2-0-0");
    assert.equal(await page.locator("h2:target").textContent(), "Version 2.0.0");
  });
  await visit(url("minimal", "index.html"), {}, async (page) => {
    assert.equal(await page.locator(".tools a", { hasText: "What changed" }).count(), 0);
  });
});

// ---- What lasts ----

test("the language switch stays on the page", async () => {
  for (const path of ["errors/4109/", "categories/not-found/", "map/", ""]) {
    await visit(url("real", path), {}, async (page) => {
      await page.locator(".language").click();
      await page.waitForURL(url("real", `zh-TW/${path}`));
      assert.equal(await page.locator("html").getAttribute("lang"), "zh-TW");
      await page.locator(".language").click();
      await page.waitForURL(url("real", path));
    });
  }
});

test("dark is dark, and a choice lasts", async () => {
  const paper = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await visit(url("real"), { colorScheme: "dark" }, async (page) => {
    assert.equal(await paper(page), "rgb(20, 22, 26)");
    await page.locator(".theme").click();
    assert.equal(await paper(page), "rgb(255, 255, 255)");
    await page.goto(url("real", "errors/4109/"));
    assert.equal(await paper(page), "rgb(255, 255, 255)");
  });
});

test("the language of the samples lasts", async () => {
  await visit(url("real", "errors/4109/"), {}, async (page) => {
    await page.getByText("Kotlin", { exact: true }).click();
    await page.goto(url("real", "errors/4200/"));
    assert.match(await page.locator(".samples .block:visible").textContent(), /PixnetErrorCode\.USER_ALREADY_EXISTS/);
  });
});

test("copy buttons copy", async () => {
  const options = { permissions: ["clipboard-read", "clipboard-write"] };
  const copied = (page) => page.evaluate(() => navigator.clipboard.readText());
  await visit(url("real", "zh-TW/errors/4200/"), options, async (page) => {
    const expected = ["4200", "user_already_exists", "User {user} exists"];
    for (const [at, text] of expected.entries()) {
      await page.locator(".copy").nth(at).click();
      assert.equal(await copied(page), text);
    }
    await page.locator(".copy").nth(3).click();
    assert.deepEqual(JSON.parse(await copied(page)), { error: 1, code: "4200", message: "User emma exists" });
    await page.locator(".copy-address").click();
    assert.equal(await copied(page), url("real", "errors/4200/"));
  });
  const controls = vectors.hostile.definitions.find(({ id }) => id === "text_controls");
  const { path } = index.hostile.errors.find(({ id }) => id === "text_controls");
  await visit(url("hostile", path), options, async (page) => {
    await page.locator(".copy").nth(2).click();
    assert.equal(await copied(page), controls.messages[0].message);
  });
});

// ---- 404 ----

describe("a page that there is not", () => {
  // The browser says on its console that the page itself was not found.
  const missing = async (path, run) => {
    const { page, said, close } = await openPage(browser);
    await page.goto(url("real", path));
    await run(page);
    assert.deepEqual(said, ["error: Failed to load resource: the server responded with a status of 404 (Not Found)"]);
    await close();
  };
  test("says whose range a code is in that no error has", () =>
    missing("zh-TW/errors/4190/", async (page) => {
      await page.locator(".free-in:visible").waitFor();
      assert.equal(await page.locator(".free-in:visible").textContent(), "This code is not used. It belongs to Missing field 4100–4199.");
      assert.equal(await page.locator("h1").first().textContent(), "No error has the code 4190");
      await page.locator(".free-in a:visible").click();
      await page.waitForURL(url("real", "categories/input/#input-missing-field"));
    }));

  test("does not call a code free that an error has", () =>
    missing("4109", async (page) => {
      await page.locator("#results .code").first().waitFor();
      assert.equal(await page.locator("h1").first().textContent(), "Page not found");
      assert.equal(await page.locator(".free-in:visible").count(), 0);
    }));

  const cases = [
    ["errors/4190/", "4109"],
    ["zh-TW/errors/41099/index.html", "4109"],
    ["4109", "4109"],
    ["errors/token_invalid/", "1000"],
    ["errors/%E0%A4%A/1099", "1099"],
  ];
  for (const [path, expected] of cases) {
    test(`${path} shows ${expected}`, () =>
      missing(path, async (page) => {
        await page.locator("#results .code").first().waitFor();
        assert.ok((await codes(page)).includes(expected), path);
        assert.deepEqual(await violations(page), []);
        await page.locator("#results a").filter({ hasText: expected }).first().click();
        await page.waitForURL(url("real", `errors/${expected}/`));
      }));
  }
});

// A server may show the page under an address that begins with two slashes, as that of another host does.
test("a page that there is not stays on its server", async () => {
  const own = await serve({ "/": folder("real") });
  for (const path of ["//evil.example/errors/4190/", "//evil.example/4190", "///evil.example/zh-TW/map/", "//errors/4190/"]) {
    const { page, close } = await openPage(browser);
    const hosts = new Set();
    page.on("request", (request) => hosts.add(new URL(request.url()).origin));
    await page.goto(own.origin + path, { waitUntil: "networkidle" });
    const links = await page.locator("a, link").evaluateAll((all) => all.map(({ href }) => new URL(href).origin));
    assert.deepEqual([...hosts, ...new Set(links)], [own.origin, own.origin], path);
    if (path.startsWith("//errors/")) {
      const asked = await page.locator("#find").inputValue();
      assert.equal(asked, "4190");
      assert.ok((await codes(page)).includes("4109"), path);
    }
    await close();
  }
  own.stop();
});

test("an address that begins with two slashes can be shortened, and searched in", async () => {
  const own = await serve({ "/": folder("real") });
  await visit(`${own.origin}//zh-TW/index.html`, {}, async (page) => {
    assert.equal(page.url(), `${own.origin}//zh-TW/`);
    await searchFor(page, "token");
    assert.ok(page.url().endsWith("//zh-TW/#q=token"), page.url());
    await page.keyboard.press("Escape");
    assert.equal(page.url(), `${own.origin}//zh-TW/`);
  });
  own.stop();
});

// ---- The branded site ----

test("a branded site has what is the shop's own, and allows no more", async (t) => {
  const own = await serve({ "/": join(SCRATCH, "branded/site") });
  t.after(() => own.stop());
  const paths = ["", "categories/order/", "errors/ORDER-GONE/", "de/support/", "de/errors/CARD-DECLINED/"];
  for (const colorScheme of ["light", "dark"]) {
    for (const path of paths) {
      await visit(`${own.origin}/${path}`, { colorScheme, viewport: { width: 390, height: 844 } }, async (page) => {
        assert.ok(await page.locator(".logo").evaluate((it) => it.naturalWidth > 0), path);
        assert.deepEqual(await page.locator(".tools a:not(.language)").allTextContents(), ["Guide", "Status"], path);
        assert.match(await page.locator("footer").textContent(), /© 2026 Shop Example Ltd\./);
        assert.equal(await page.locator(".bar").evaluate((it) => getComputedStyle(it).borderTopColor), "rgb(11, 110, 79)");
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${path} is ${overflow} px too wide`);
        assert.deepEqual(await violations(page), [], path);
      });
    }
  }
  const { page, close } = await openPage(browser);
  await page.goto(`${own.origin}/errors/ORDER-LOST/`);
  await page.locator("#results .code").first().waitFor();
  await page.waitForFunction(() => document.querySelector(".logo").naturalWidth > 0);
  assert.equal(await page.locator(".bar").evaluate((it) => getComputedStyle(it).borderTopWidth), "3px");
  await page.goto(`${own.origin}/errors/ORDER-GONE/`);
  assert.equal(await page.locator(".report a").getAttribute("href"), "https://github.com/shop-example/api/issues/new?title=order_gone");
  assert.equal(await page.locator('meta[name="theme-color"]').getAttribute("content"), "#0b6e4f");
  const policy = await page.locator("meta[http-equiv]").getAttribute("content");
  assert.equal(policy, "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'");
  // No map, and no link to one.
  assert.equal((await page.goto(`${own.origin}/map/`)).status(), 404);
  await close();
});

// ---- Addresses ----

test("a site that says where it is published names its addresses", async () => {
  const published = join(SCRATCH, "published/site");
  const base = "https://docs.example.com/shop/";
  const sitemap = readFileSync(join(published, "sitemap.xml"), "utf8");
  const addresses = [...sitemap.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, address]) => address);
  const paths = ["", "map/", "categories/request/", "errors/1/"];
  const expected = [...paths, ...paths.map((path) => `zh-TW/${path}`)].map((path) => base + path);
  assert.deepEqual(addresses.toSorted(), expected.toSorted());
  const own = await serve({ "/": published });
  await visit(`${own.origin}/zh-TW/errors/1/`, {}, async (page) => {
    const links = await page.locator("link[hreflang], link[rel=canonical]").evaluateAll((all) => all.map((it) => [it.hreflang, it.href]));
    assert.deepEqual(links, [
      ["", `${base}zh-TW/errors/1/`],
      ["en", `${base}errors/1/`],
      ["zh-TW", `${base}zh-TW/errors/1/`],
      ["x-default", `${base}errors/1/`],
    ]);
    assert.equal(await page.locator('meta[property="og:url"]').getAttribute("content"), `${base}zh-TW/errors/1/`);
  });
  own.stop();
});

// ---- Sizes ----

test("the first page and the index of the search are small", async () => {
  for (const path of ["", "zh-TW/"]) {
    const { page, close } = await openPage(browser);
    let bytes = 0;
    const bodies = [];
    page.on("response", (response) => bodies.push(response.body().then((body) => (bytes += body.length))));
    await page.goto(url("real", path), { waitUntil: "networkidle" });
    await Promise.all(bodies);
    console.log(`# first page: ${bytes} bytes in ${bodies.length} files`);
    assert.ok(bytes > 10_000 && bytes < 60_000, `${path}: ${bytes}`);
    await close();
  }
  const search = gzipSync(readFileSync(join(folder("real"), "search-index.js"))).length;
  console.log(`# search index: ${search} bytes compressed`);
  assert.ok(search < 60_000);
});

// ---- A large catalogue: reported, not asserted ----

if (LARGE) {
  test("a large catalogue", async () => {
    const large = await serve({ "/": LARGE });
    const { page, close } = await openPage(browser);
    await page.goto(`${large.origin}/`);
    await page.locator("#find").focus();
    await page.waitForTimeout(3000);
    for (const query of ["e", "4109", "account missing", "acount", "subscriptoin", "帳號", "帳號存取無效"]) {
      const took = await page.evaluate((query) => {
        const input = document.getElementById("find");
        input.value = query;
        const start = performance.now();
        input.dispatchEvent(new Event("input"));
        document.body.getBoundingClientRect();
        return [performance.now() - start, document.querySelectorAll("#results li").length];
      }, query);
      console.log(`# ${query}: ${took[1]} results ${took[0].toFixed(1)} ms after the key`);
    }
    await close();
    large.stop();
  });
}
