// Command assay turns ONNX models into zero-knowledge proofs of inference: see assay help.
package main

import (
	"os"

	"assay/internal/machine"
	"assay/internal/resident"
)

func main() {
	resident.Shed() // a command uses little of what initialising every package maps
	machine.Collect(machine.Compiling)
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
