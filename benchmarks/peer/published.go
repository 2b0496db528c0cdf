package peer

import (
	"fmt"
	"io"

	"assay/benchmarks"
)

// Publication is a figure that others published: measured by them, on their machine.
type Publication struct {
	System  string
	Model   string
	Prove   string // seconds
	Verify  string
	Machine string
	Hides   string
	Source  string
	Ours    string // the model of the same shape in this repository's table, "" if there is none
}

// publications are of circuits that Assay is asked about.
var publications = []Publication{
	{"DeepProve v1", "Dense, 4M parameters", "2.34", "0.52", "not stated in its repository; its blog names an AMD EPYC 7B12 server", "nothing; commits to the weights",
		"github.com/Lagrange-Labs/deep-prove, README", "dense4m"},
	{"DeepProve v1", "CNN, 264k parameters, 32x32 images", "1.24", "0.60", "as above", "nothing; commits to the weights",
		"github.com/Lagrange-Labs/deep-prove, README", "cnn264k"},
	{"EZKL, as DeepProve ran it", "Dense, 4M parameters", "126.8", "", "as above", "as configured there", "github.com/Lagrange-Labs/deep-prove, README", "dense4m"},
	{"EZKL, as DeepProve ran it", "CNN, 264k parameters", "196.6", "", "as above", "as configured there", "github.com/Lagrange-Labs/deep-prove, README", "cnn264k"},
	{"Bionetta", "LeNet-5, 28x28 images", "3.75", "0.01 to 0.02", "Intel Xeon E5-2665, 16 threads", "the input; weights are constants of the circuit",
		"Bionetta's paper", "lenet5"},
	{"zkCNN, as Bionetta ran it", "LeNet-5, 28x28 images", "1.05", "0.3 to 1.5", "Intel Xeon E5-2665, 16 threads", "zero knowledge is incomplete", "Bionetta's paper", "lenet5"},
	{"Jolt Atlas", "nanoGPT, 0.25M parameters, 64 tokens", "2.29", "0.13", "Apple M3", "nothing in its default build; weights are public",
		"github.com/ICME-Lab/jolt-atlas, README", "ezkl_nanoGPT"},
}

// Publications writes them beside Assay's own row of the model, where ours has one.
func Publications(w io.Writer, ours benchmarks.Result) error {
	t := &table{w: w}
	t.head("system", "model", "prove s", "verify s", "machine", "hides", "source", "Assay's row, prove s here")
	for _, p := range publications {
		own := "-"
		for _, r := range ours.Rows {
			if r.Model == p.Ours && r.Error == "" {
				own = fmt.Sprintf("%s %.2f", r.Model, r.Prove)
			}
		}
		t.line(p.System, p.Model, p.Prove, p.Verify, p.Machine, p.Hides, p.Source, own)
	}
	t.say("\nAssay: %s, commit %s; inputs and outputs public, weights constants of the circuit, a development setup of its own for each circuit.\n",
		words(ours.Machine), ours.Machine.Commit)
	return t.err
}
