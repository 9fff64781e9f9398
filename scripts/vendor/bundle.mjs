// node bundle.mjs DIRECTORY: writes one file for each library and the licences of all that is in them.

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const out = process.argv[2];
// What comes to us already bundled; swagger-ui-dist has a list of its own.
const inside = { cytoscape: ["heap", "lodash"] };
const swagger = "node_modules/swagger-ui-dist";

const { metafile } = await build({
  entryPoints: ["preact", "table", "plot", "graph"].map((name) => `${name}.js`),
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  metafile: true,
  define: { "process.env.NODE_ENV": '"production"' },
  outdir: out,
});

mkdirSync(join(out, "swagger-ui"), { recursive: true });
for (const name of ["swagger-ui-bundle.js", "swagger-ui.css"]) {
  const text = readFileSync(join(swagger, name), "utf8");
  writeFileSync(join(out, "swagger-ui", name), text.replace(/\n?(\/\/|\/\*)# sourceMappingURL=\S+( \*\/)?\s*$/, "\n"));
}

const packages = new Set(["swagger-ui-dist"]);
for (const path of Object.keys(metafile.inputs)) {
  const name = path.match(/.*node_modules\/((@[^/]+\/)?[^/]+)/)?.[1];
  if (name) for (const each of [name, ...(inside[name] ?? [])]) packages.add(each);
}

function licence(name) {
  const home = join("node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  const files = readdirSync(home).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file) || /\.LICENSE\.txt$/.test(file));
  const own = files.filter((file) => !/\.LICENSE\.txt$/.test(file) || file === "swagger-ui-bundle.js.LICENSE.txt");
  if (!own.some((file) => /^(licen[cs]e|copying)/i.test(file))) throw new Error(`${name} has no licence text`);
  const texts = own.map((file) => readFileSync(join(home, file), "utf8").trim());
  return [`${name} ${version} (${license})`, ...texts].join("\n\n");
}

const rule = `\n\n${"=".repeat(80)}\n\n`;
const licences = [...packages].sort().map(licence).join(rule);
writeFileSync(join(out, "LICENSES.txt"), `${licences.replaceAll("\r\n", "\n")}\n`);

const sums = readdirSync(out, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(join(out, "/").length))
  .sort()
  .map(
    (file) =>
      `${createHash("sha256")
        .update(readFileSync(join(out, file)))
        .digest("hex")}  ${file}\n`,
  );
writeFileSync(join(out, "SHA256SUMS"), sums.join(""));
