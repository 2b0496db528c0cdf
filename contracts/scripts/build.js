"use strict";
// Writes artifacts/NAME.json for every deployable contract under src; with --check it compares instead and
// exits 1 if an artifact is not what the sources give.

const fs = require("fs");
const path = require("path");
const { compile } = require("./compile");

const root = path.join(__dirname, "..");
const deployable = ["AssayVerifier"];

function sources(dir) {
  return fs.readdirSync(path.join(root, dir), { withFileTypes: true }).flatMap((e) => {
    const p = path.posix.join(dir, e.name);
    return e.isDirectory() ? sources(p) : p.endsWith(".sol") ? [p] : [];
  });
}

const files = Object.fromEntries(sources("src").map((p) => [p, fs.readFileSync(path.join(root, p), "utf8")]));
const contracts = compile(files);
let stale = 0;
for (const name of deployable) {
  const target = path.join(root, "artifacts", name + ".json");
  const text = JSON.stringify(contracts[name], null, 2) + "\n";
  if (!process.argv.includes("--check")) {
    fs.writeFileSync(target, text);
    console.log(`${name}: ${contracts[name].runtimeBytes} bytes of runtime code`);
  } else if (!fs.existsSync(target) || fs.readFileSync(target, "utf8") !== text) {
    console.error(`${name}: artifacts/${name}.json is not what the sources give: run "npm run build"`);
    stale++;
  } else {
    console.log(`${name}: up to date`);
  }
}
process.exit(stale > 0 ? 1 : 0);
