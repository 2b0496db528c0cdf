// Command assay turns ONNX models into zero-knowledge proofs of inference: see assay help.
package main

import (
	"os"

	"assay/internal/machine"
	"assay/internal/startup"
)

func main() {
	startup.End()
	machine.Collect(machine.Compiling)
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
