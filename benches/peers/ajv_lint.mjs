// A JSON Schema and a folder of records in, the differences out: what one writes without `registry`.

import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import Ajv from "ajv/dist/2020.js";
import { parse } from "yaml";

const [schema, folder] = process.argv.slice(2);
// The formats are the schema's own; ajv does not know them.
const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
const validate = ajv.compile(JSON.parse(readFileSync(schema, "utf8")));

// The YAML of a record: all of it, or what stands between the first two lines of three hyphens.
function record(name) {
  const text = readFileSync(join(folder, name), "utf8");
  return parse(extname(name) === ".yaml" ? text : text.split("---\n", 2)[1]);
}

let found = 0;
for (const name of readdirSync(folder).filter((name) => [".md", ".yaml"].includes(extname(name))).sort()) {
  if (!validate(record(name))) {
    found += validate.errors.length;
    validate.errors.forEach((error) => console.log(`${name}: ${error.instancePath} ${error.message}`));
  }
}
console.error(`${found} differences`);
process.exit(found ? 1 : 0);
