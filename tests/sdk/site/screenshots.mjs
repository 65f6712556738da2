// screenshots.mjs SITE FOLDER
import { launch, openPage } from "./browser.mjs";

const [site, folder] = process.argv.slice(2);
const pages = {
  index: "index.html",
  search: "zh-TW/index.html#q=相簿",
  category: "zh-TW/categories/authentication/index.html",
  error: "errors/4200/index.html",
  map: "map/index.html",
};
const widths = {
  desk: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true },
};

const browser = await launch();
for (const [name, path] of Object.entries(pages)) {
  for (const [width, look] of Object.entries(widths)) {
    for (const colorScheme of ["light", "dark"]) {
      const { page, close } = await openPage(browser, { ...look, colorScheme });
      await page.goto(`file://${site}/${path}`);
      if (path.includes("#q=")) await page.locator("#results .code").first().waitFor();
      await page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png` });
      await close();
    }
  }
}
await browser.close();
console.log(`${folder}: ${Object.keys(pages).join(", ")}, each for desk and phone, light and dark`);
