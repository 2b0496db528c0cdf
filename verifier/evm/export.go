package evm

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"assay/contracts"
	"assay/verifier"
	"assay/verifier/fault"
)

// ErrName is the fault of an exported contract's name.
var ErrName = fault.Define("contract-name", "a contract name is not a free Solidity identifier")

// parts are the sources of a verifier, each before those that use it.
var parts = []string{"interfaces/IAssayVerifier.sol", "libraries/KeyLint.sol", "AssayVerifier.sol"}

var (
	identifier = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
	taken      = []string{"AssayVerifier", "IAssayVerifier", "KeyLint"}
	dropped    = regexp.MustCompile(`(?m)^(// SPDX-License-Identifier:|pragma|import) .*\n`)
)

// ExportSolidity writes one Solidity file whose contract, called name, verifies proofs for the key. It
// needs no constructor arguments: the key is a literal in it.
func ExportSolidity(w io.Writer, key *verifier.Key, schema *verifier.Schema, name string) error {
	if !identifier.MatchString(name) || slices.Contains(taken, name) {
		return fault.New(ErrName, "name", "a Solidity identifier other than "+strings.Join(taken, ", "), strconv.Quote(name))
	}
	if err := key.Lint(); err != nil {
		return fmt.Errorf("export solidity: %w", err)
	}
	if err := key.CheckSchema(schema); err != nil {
		return fmt.Errorf("export solidity: %w", err)
	}
	var b strings.Builder
	b.WriteString("// SPDX-License-Identifier: Apache-2.0\npragma solidity ^0.8.24;\n\n")
	for _, p := range parts {
		src, err := contracts.Source(p)
		if err != nil {
			return fmt.Errorf("export solidity: %w", err)
		}
		b.WriteString(strings.TrimLeft(dropped.ReplaceAllString(src, ""), "\n") + "\n")
	}
	describe(&b, key, schema, name)
	fmt.Fprintf(&b, "contract %s is AssayVerifier {\n    constructor()\n        AssayVerifier(\n%s        )\n    {}\n}\n", name, literal(key.Bytes()))
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write solidity: %w", err)
	}
	return nil
}

// describe writes the model contract's documentation. A tensor's name is the model author's: it is quoted
// in ASCII and kept out of natspec, where it could act as a tag.
func describe(b *strings.Builder, key *verifier.Key, schema *verifier.Schema, name string) {
	fmt.Fprintf(b, "// The %d values of this model, as (integer) * scale; integers are big-endian, less their minimum, as many whole ones as %d bytes hold:\n", key.Values, verifier.Chunk)
	for _, t := range schema.Tensors {
		fmt.Fprintf(b, "//   values[%d..%d]: %s %s, shape %v, %s", t.First, t.First+t.Count-1, t.Role, strconv.QuoteToASCII(t.Name), t.Shape, t.Visibility)
		switch t.Visibility {
		case verifier.Public:
			fmt.Fprintf(b, ", %d byte(s) each, integers %d to %d, scale %v\n", t.Bytes, t.Min, t.Max, t.Scale)
		default:
			b.WriteString(", its digest\n")
		}
	}
	fmt.Fprintf(b, "\n/// @title %s: verifier of one model's inferences\n", name)
	if key.Insecure {
		b.WriteString("/// @notice INSECURE DEVELOPMENT SETUP: one machine knew the secrets of this key. Whoever has them can prove\n/// anything. Do not deploy it where something of value depends on it.\n")
	} else {
		b.WriteString("/// @notice The key comes from a ceremony: it is sound if one contributor was honest.\n")
	}
	fmt.Fprintf(b, "/// @dev Program hash: 0x%x\n/// Key id: 0x%x\n/// Schema digest: 0x%x\n", key.Program, key.ID(), key.Schema)
}

func literal(b []byte) string {
	var s strings.Builder
	for line := range slices.Chunk(b, 32) {
		fmt.Fprintf(&s, "            hex\"%x\"\n", line)
	}
	return s.String()
}
