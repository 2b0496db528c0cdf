"use strict";
// Compiles Solidity sources with the pinned solc-js and the settings that the artifacts are made with.

const solc = require("solc");

const pinned = {
  evmVersion: "cancun",
  viaIR: true,
  optimizer: { enabled: true, runs: 1000000 },
  metadata: { bytecodeHash: "none", appendCBOR: false },
};
const outputSelection = { "*": { "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"] } };

// compile takes {path: source text} and returns {contract name: {abi, bytecode, runtimeBytes}}. Errors and
// warnings both fail.
function compile(files, options = pinned) {
  const sources = Object.fromEntries(Object.entries(files).map(([path, content]) => [path, { content }]));
  const settings = { ...options, outputSelection };
  const out = JSON.parse(solc.compile(JSON.stringify({ language: "Solidity", sources, settings })));
  const problems = (out.errors || []).filter((e) => e.severity !== "info");
  if (problems.length > 0) throw new Error(problems.map((e) => e.formattedMessage).join("\n"));
  const contracts = {};
  for (const file of Object.values(out.contracts)) {
    for (const [name, c] of Object.entries(file)) {
      contracts[name] = {
        compiler: solc.version(),
        abi: c.abi,
        bytecode: "0x" + c.evm.bytecode.object,
        runtimeBytes: c.evm.deployedBytecode.object.length / 2,
      };
    }
  }
  return contracts;
}

// Run alone, it compiles the file named by its first argument and prints the result; with --defaults, with the
// compiler's own settings.
if (require.main === module) {
  const text = require("fs").readFileSync(process.argv[2], "utf8");
  process.stdout.write(JSON.stringify(compile({ "input.sol": text }, process.argv.includes("--defaults") ? {} : pinned)));
}

module.exports = { compile };
