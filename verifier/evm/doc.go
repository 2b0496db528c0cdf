// Package evm connects the verifier to the Ethereum virtual machine: the Solidity source of a model's
// verifier, its creation code, the calldata of a proof and the reasons of a refusal. Package devnet, below
// it, runs them on an EVM inside the process.
package evm
