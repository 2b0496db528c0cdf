// Command gpu measures a GPU against the processor of the same machine: scripts/gpu/measure.sh runs it.
//
//	gpu rates            rates of the device's own arithmetic, by size
//	gpu prove MODEL ...  proofs of models on both: bundled or made ones by name, others from ONNX files
//
// It prints one JSON object a line, each as soon as it is known.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"

	"assay/prover/gpu"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	f := flag.NewFlagSet("gpu", flag.ContinueOnError)
	kind := f.String("kind", gpu.CUDA, "kind of device, CUDA or CPU")
	runs := f.Int("runs", 5, "proofs of a model on each side")
	mads := f.Float64("mads", 0, "32-bit multiply-adds that the card makes in a second, to say what share of it is used")
	largest := f.Int("log", 22, "largest size of an operation, as a power of two")
	if len(args) == 0 {
		return fmt.Errorf("want rates or prove MODEL ..., got nothing")
	}
	if err := f.Parse(args[1:]); err != nil {
		return err
	}
	if *runs < 1 || *largest < 4 || *largest > 26 {
		return fmt.Errorf("want one run or more and sizes of 4 to 26, got %d and %d", *runs, *largest)
	}
	o := gpu.Options{Kind: *kind}
	out := json.NewEncoder(os.Stdout)
	switch args[0] {
	case "rates":
		var logs []int
		for l := *largest; l >= 4 && len(logs) < 5; l -= 2 {
			logs = append(logs, l)
		}
		r, err := gpu.MeasureRates(o, logs)
		if err != nil {
			return err
		}
		return out.Encode(struct {
			*gpu.Rates
			Shares []share `json:"share_of_limit,omitempty"`
		}{r, shares(r, *mads)})
	case "prove":
		device, err := gpu.Open(o)
		if err != nil {
			return err
		}
		for _, name := range f.Args() {
			row := measure(name, device, *runs)
			if err := out.Encode(row); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("want rates or prove MODEL ..., got %q", args[0])
}
