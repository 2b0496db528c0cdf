#!/usr/bin/env node
// The two uses that EZKL makes of a solc binary, by the solc-js that contracts/package-lock.json pins.
"use strict";

const fs = require("fs");
const path = require("path");
const solc = require(path.join(__dirname, "..", "..", "contracts", "node_modules", "solc"));

const args = process.argv.slice(2);
if (args.includes("--version")) {
  console.log(`solc, the solidity compiler commandline interface\nVersion: ${solc.version().replace(/\.Emscripten.*/, "")}.Linux.g++`);
} else if (args.includes("--standard-json")) {
  process.stdout.write(solc.compile(fs.readFileSync(0, "utf8")));
} else {
  console.error(`solc.js: want --version or --standard-json, got ${args.join(" ")}`);
  process.exit(1);
}
