// screenshots.mjs SITES FOLDER
import { launch, openPage, serve } from "./browser.mjs";

const [sites, folder] = process.argv.slice(2);
const real = (home, query) => ({
  index: `real/${home}`,
  search: `real/${home}#q=${query}`,
  category: `real/${home}categories/authentication/`,
  error: `real/${home}errors/4200/`,
  map: `real/${home}map/`,
});
const pages = {
  en: { ...real("", "album"), missing: "real/errors/4190/" },
  "zh-TW": real("zh-TW/", "相簿"),
  ar: {
    index: "languages/ar/",
    search: "languages/ar/#q=الرف",
    category: "languages/ar/categories/loan/",
    error: "languages/ar/errors/1000/",
    map: "languages/ar/map/",
  },
  branded: { index: "branded/", search: "branded/#q=card", error: "branded/errors/ORDER-GONE/", support: "branded/de/support/" },
};
const widths = {
  desk: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true },
};

const server = await serve({ "/real/": `${sites}/real/site`, "/languages/": `${sites}/languages/site`, "/branded/": `${sites}/branded/site` });
const browser = await launch();
let count = 0;
for (const [width, look] of Object.entries(widths)) {
  for (const colorScheme of ["light", "dark"]) {
    const { page, close } = await openPage(browser, { ...look, colorScheme });
    for (const [locale, paths] of Object.entries(pages)) {
      for (const [name, path] of Object.entries(paths)) {
        await page.goto("about:blank");
        await page.goto(`${server.origin}/${path}`, { waitUntil: "networkidle" });
        if (path.includes("#q=")) await page.locator("#results .code").first().waitFor();
        await page.screenshot({ path: `${folder}/${locale}-${name}-${width}-${colorScheme}.png` });
        count += 1;
      }
    }
    await close();
  }
}
await browser.close();
server.stop();
console.log(`${folder}: ${count} pictures`);
