package main

import (
	"strings"

	"github.com/spf13/cobra"

	"assay/onnx"
)

func (a *app) ops() *cobra.Command {
	return &cobra.Command{
		Use:   "ops",
		Short: "List the supported ONNX operators with their opset ranges",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			list := onnx.Operators()
			return a.print(list, func() {
				rows := [][]string{{"OPERATOR", "OPSETS"}}
				for _, e := range list {
					rows = append(rows, []string{strings.TrimPrefix(e.Domain+"."+e.Name, "."), e.Opsets})
				}
				a.table(rows)
				a.say("\n%d operators. Each form in an opset range is decoded by its own rules.", len(list))
			})
		},
	}
}
