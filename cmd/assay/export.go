package main

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"assay/bundle"
	"assay/verifier/evm"
)

func (a *app) export() *cobra.Command {
	var path, name string
	c := &cobra.Command{
		Use:   "export bundle/ --solidity Verifier.sol",
		Short: "Write a Solidity contract that verifies the model's proofs",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			b, err := bundle.Open(args[0])
			if err != nil {
				return err
			}
			key, schema, err := b.Key()
			if err != nil {
				return err
			}
			if name == "" {
				name = contractName(b.Manifest.Name)
			}
			var buf bytes.Buffer
			if err := evm.ExportSolidity(&buf, key, schema, name); err != nil {
				return err
			}
			if err := a.output(path, buf.Bytes()); err != nil {
				return err
			}
			if path == "-" {
				return nil
			}
			return a.print(map[string]any{"file": path, "contract": name, "insecure_dev": key.Insecure}, func() {
				a.say("Wrote contract %s to %s. It takes no constructor arguments.", name, path)
				if key.Insecure {
					a.say("Its key is from a development setup: do not let anything of value depend on it.")
				}
			})
		},
	}
	c.Flags().StringVar(&path, "solidity", "", "file to write, - for the standard output (required)")
	c.Flags().StringVar(&name, "name", "", "name of the contract (default from the model's)")
	c.MarkFlagRequired("solidity")
	return c
}

// contractName makes a Solidity identifier of a model's name, as in Lenet5Verifier.
func contractName(model string) string {
	var b strings.Builder
	upper := true
	for _, r := range model {
		if r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			upper = true
			continue
		}
		if b.Len() == 0 && unicode.IsDigit(r) {
			b.WriteString("Model")
		}
		if upper {
			r = unicode.ToUpper(r)
		}
		upper = false
		b.WriteRune(r)
	}
	return b.String() + "Verifier"
}
