// The texts of a site's pages, held against the definitions of the conformance vectors.
import assert from "node:assert/strict";

/** Reads a page's texts back with the browser's own reader of HTML. Parameters and braces are as in a definition. */
async function readBack(page, address) {
  return page.evaluate(async (address) => {
    const response = await fetch(address);
    const read = new DOMParser().parseFromString(await response.text(), "text/html");
    const source = (node, isTemplate) => {
      if (node.nodeType === Node.TEXT_NODE) return isTemplate ? node.data.replace(/[{}]/g, "$&$&") : node.data;
      if (node.localName === "var") return `{${node.textContent}}`;
      if (node.className === "char") return String.fromCodePoint(parseInt(node.dataset.char, 16));
      return [...node.childNodes].map((child) => source(child, isTemplate)).join("");
    };
    const text = (element) => source(element, element.querySelector("var") !== null);
    const texts = (selector) => [...read.querySelectorAll(selector)].map(text);
    return {
      status: response.status,
      scripts: [...read.querySelectorAll("script")].map((script) => script.getAttribute("src").split("/").pop()),
      styles: read.querySelectorAll("style, [style]").length,
      handlers: [...read.querySelectorAll("*")].filter((it) => it.getAttributeNames().some((name) => name.startsWith("on"))).length,
      code: texts("h1 .code"),
      id: texts("h1 .id"),
      http: texts(".facts dd")[0] ?? "",
      lead: texts(".lead .description"),
      resolution: texts(".lead .resolution"),
      messages: texts(".message"),
      cases: texts(".form .description"),
      parameters: [...read.querySelectorAll(".form")].map((form) => [...form.querySelectorAll("dt var")].map((it) => it.textContent)),
      crumbs: texts(".crumbs a").slice(1),
      brand: texts(".brand"),
    };
  }, address);
}

/** The description that a page shows: none, where there is none or it is the message. */
function told(description, message) {
  return description === null || description === message ? [] : [description];
}

/**
 * Compares the page of each error in each locale, at the address that `addressOf` gives, with its definition; `page` is any of the
 * browser's. Resolves to how many pages were compared.
 */
export async function compareTexts(page, { definitions, categories, localised = {} }, addressOf) {
  let compared = 0;
  const locales = Object.keys(definitions[0].descriptions);
  for (const definition of definitions) {
    const category = categories.find(({ id }) => id === definition.category);
    const group = category.groups.find(({ id }) => id === definition.group);
    for (const locale of locales) {
      const address = addressOf(definition, locale);
      const read = await readBack(page, address);
      // In the reader's language, if the server answers in that.
      const said = ({ case: name, message }) =>
        localised[name === null ? definition.id : `${definition.id}.${name}`]?.[locale] ?? message;
      const cases = definition.messages.filter((message) => message.case !== null);
      const expected = {
        status: 200,
        scripts: ["theme.js", "site.js"],
        styles: 0,
        handlers: 0,
        code: [String(definition.code)],
        // Nor is a code that is an id.
        id: definition.id === definition.code ? [] : [definition.id],
        http: read.http,
        // What the message beside it says is not said again.
        lead: told(definition.descriptions[locale], cases.length > 0 ? undefined : said(definition.messages[0])),
        resolution: definition.resolutions[locale] === null ? [] : [definition.resolutions[locale]],
        messages: definition.messages.map(said),
        cases: cases.flatMap((message) => told(message.descriptions[locale], said(message))),
        parameters: definition.messages.map(({ parameters }) => Object.keys(parameters)),
        crumbs: [category.titles[locale], ...(group ? [group.titles[locale]] : [])],
        brand: read.brand,
      };
      assert.deepEqual(read, expected, address);
      if (definition.http !== null) assert.ok(read.http.startsWith(String(definition.http)));
      compared += 1;
    }
  }
  return compared;
}
