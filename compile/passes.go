package compile

import (
	"fmt"

	"assay/ir/graph"
)

// pass rewrites a graph in place.
type pass struct {
	name string
	why  string
	run  func(*graph.Graph, *Result) error
}

// passes run in this order; the graph is verified after each.
var passes = []pass{
	{"name outputs", "strings and maps are no tensors: their names are stated beside the proof", nameOutputs},
	{"strip final", "a softmax at the end has no integer form and does not change the answer's order", stripFinal},
	{"prune", "what no output needs costs constraints for nothing", prune},
	{"absorb", "a normalization that is written out is rounded as one", absorb},
	{"prune", "what is absorbed must not be expanded", prune},
	{"expand", "an operator that stands for several is quantized at each step, not once", expand},
	{"absorb", "what a mean divides is divided once, not once a weight", absorb},
	{"fuse elementwise", "a function of one tensor is one lookup, however many operators wrote it", fuseElementwise},
	{"prune", "fusion leaves the operators that it replaced", prune},
}

func runPasses(g *graph.Graph, res *Result) error {
	if err := g.Verify(); err != nil {
		return fmt.Errorf("compile: %w", err)
	}
	for _, p := range passes {
		if err := p.run(g, res); err != nil {
			return fmt.Errorf("compile: pass %s: %w", p.name, err)
		}
		if err := g.Verify(); err != nil {
			return fmt.Errorf("compile: after pass %s: %w", p.name, err)
		}
	}
	return nil
}

func expand(g *graph.Graph, _ *Result) error { return g.Expand() }

func absorb(g *graph.Graph, _ *Result) error {
	g.Absorb()
	return nil
}

func prune(g *graph.Graph, _ *Result) error {
	g.Prune()
	return nil
}
