// Package contracts holds the Solidity sources and what the pinned compiler makes of them, for programs
// that export, deploy or call the contracts without a compiler.
//
// artifacts/NAME.json is written by "npm run build" and compared with the sources by "npm run check".
package contracts

import (
	"embed"
	"encoding/json"
	"fmt"
)

//go:embed src artifacts
var files embed.FS

// Artifact is a compiled contract.
type Artifact struct {
	Compiler     string          `json:"compiler"`     // version of solc
	ABI          json.RawMessage `json:"abi"`          // Solidity contract ABI, JSON
	Bytecode     string          `json:"bytecode"`     // creation code without constructor arguments, 0x hex
	RuntimeBytes int             `json:"runtimeBytes"` // size of the deployed code
}

// Load reads the artifact of a contract, as in Load("AssayVerifier").
func Load(name string) (Artifact, error) {
	b, err := files.ReadFile("artifacts/" + name + ".json")
	if err != nil {
		return Artifact{}, fmt.Errorf("load artifact %s: %w", name, err)
	}
	var a Artifact
	if err := json.Unmarshal(b, &a); err != nil {
		return Artifact{}, fmt.Errorf("decode artifact %s: %w", name, err)
	}
	return a, nil
}

// Source reads a Solidity source by its path under src, as in Source("libraries/KeyLint.sol").
func Source(path string) (string, error) {
	b, err := files.ReadFile("src/" + path)
	if err != nil {
		return "", fmt.Errorf("read source %s: %w", path, err)
	}
	return string(b), nil
}
