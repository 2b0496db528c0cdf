package main

import (
	"io"

	"github.com/spf13/cobra"
)

// version is set by the build.
var version = "dev"

// app is what every command shares.
type app struct {
	json   bool
	out    io.Writer
	errOut io.Writer
}

// run executes one command line and gives the exit status: 0, or 1 after an error has been printed.
func run(args []string, in io.Reader, out, errOut io.Writer) int {
	a := &app{out: out, errOut: errOut}
	root := &cobra.Command{
		Use:   "assay",
		Short: "Prove that an answer came from an ONNX model",
		Long: "Assay compiles an ONNX model into a zero-knowledge circuit, proves inferences of it, and verifies the proofs:\n" +
			"natively, or in a Solidity contract.",
		Version:       version,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.PersistentFlags().BoolVar(&a.json, "json", false, "print JSON for machines")
	root.AddCommand(a.ops(), a.inspect(), a.compile(), a.setup(), a.run(), a.prove(), a.verify(), a.export(), a.calldata(), a.bench(), a.calibrateCosts(), a.demo(), a.suite(), a.serve())
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errOut)
	if err := root.Execute(); err != nil {
		a.fail(err)
		return 1
	}
	return 0
}
