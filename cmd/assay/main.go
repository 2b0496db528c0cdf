// Command assay turns ONNX models into zero-knowledge proofs of inference: see assay help.
package main

import "os"

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
