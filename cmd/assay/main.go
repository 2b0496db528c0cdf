// Command assay turns ONNX models into zero-knowledge proofs of inference: see assay help.
package main

import (
	"os"
	"runtime/debug"
)

// garbage is by how many per cent the heap may grow between collections, where GOGC does not say. Memory decides which models a
// machine can prove, and what is large holds no pointers: collecting twice as often as Go does by default hardly takes time.
const garbage = 50

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
