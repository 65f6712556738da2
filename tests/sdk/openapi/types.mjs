// node types.mjs TOOLCHAIN FOLDER DOCUMENT…: writes the types that openapi-typescript makes of each document to FOLDER, those of
// JSON with enums. One process serves all documents: to start takes longer than to write.

import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [toolchain, folder, ...documents] = process.argv.slice(2);
const { default: openapiTS, astToString } = createRequire(`${toolchain}/package.json`)("openapi-typescript");

for (const [index, document] of documents.entries()) {
  const types = await openapiTS(pathToFileURL(resolve(document)), { enum: document.endsWith(".json") });
  writeFileSync(`${folder}/${index}.ts`, astToString(types));
}
