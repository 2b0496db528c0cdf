package main

import (
	"encoding/hex"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"assay/verifier/envelope"
	"assay/verifier/evm"
)

func (a *app) calldata() *cobra.Command {
	return &cobra.Command{
		Use:   "calldata proof.json",
		Short: "Print the calldata of verify(bytes32,uint256[],bytes) for a proof",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			raw, err := os.ReadFile(args[0])
			if err != nil {
				return fmt.Errorf("read proof: %w", err)
			}
			e, err := envelope.Decode(raw)
			if err != nil {
				return err
			}
			data, err := evm.Calldata(e)
			if err != nil {
				return err
			}
			text := "0x" + hex.EncodeToString(data)
			return a.print(map[string]any{"calldata": text, "bytes": len(data)}, func() { a.say("%s", text) })
		},
	}
}
