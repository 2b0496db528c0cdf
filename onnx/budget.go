package onnx

import (
	"fmt"

	"assay/ir/graph"
	"assay/onnx/ops"
)

// budget is what is left of the limits on a model's import, and on one execution of the graph that it becomes.
// Each use of it is charged before the work is done.
type budget struct {
	nodes     int   // operators, those of every iteration and call counted
	names     int   // bytes of names
	folded    int64 // elements of constants that are computed
	foldWork  int64 // elementary operations for them
	variables int64 // elements of variables
	work      int64 // elementary operations of one execution of the graph
}

func (o Options) budget() budget {
	work := int64(o.MaxWork)
	return budget{o.MaxUnrolled, maxNames, int64(o.MaxFolded), work / foldShare, int64(o.MaxActivations), work}
}

const (
	maxNames  = 1 << 25 // bytes of all names that unrolling makes
	foldShare = 8       // of the work of an execution that an import may take
)

// take lowers what is left, or refuses.
func take[T int | int64](left *T, n T, what string) error {
	if n > *left {
		return &Error{Code: CodeTooLarge, Want: fmt.Sprintf("%s: at most %d more", what, *left), Got: fmt.Sprint(n)}
	}
	*left -= n
	return nil
}

// spend charges operators, or what costs an import as much.
func (b *budget) spend(n int) error {
	return take(&b.nodes, n, "operators once loops, branches and functions are unrolled")
}

// name charges the bytes of a name.
func (b *budget) name(n int) error {
	return take(&b.names, n, "bytes of names once loops, branches and functions are unrolled")
}

// fold charges the computation of the constants that n makes. An operator that gathers needs as much again for indices.
func (b *budget) fold(n *graph.Node) error {
	size := elements(n.Out)
	if len(n.In) > 0 {
		size *= 2
	}
	if err := take(&b.folded, size, "elements of computed constants"); err != nil {
		return err
	}
	return take(&b.foldWork, graph.Work(n), "elementary operations for constants")
}

// run charges what n adds to an execution of the graph.
func (b *budget) run(n *graph.Node) error {
	if err := take(&b.variables, elements(n.Out), "elements of variables"); err != nil {
		return err
	}
	return take(&b.work, graph.Work(n), "elementary operations of an execution")
}

func elements(vs []*graph.Value) (n int64) {
	for _, v := range vs {
		n += int64(v.Type.Shape.Size())
	}
	return n
}

// classic charges an operator of ai.onnx.ml, whose model is in its attributes: each element of the input meets each
// of an attribute at most once.
func (b *budget) classic(in []*graph.Value, attrs map[string]any) error {
	size, numbers := 0, 0
	for _, v := range in {
		if v != nil {
			size += v.Type.Shape.Size()
		}
	}
	for _, v := range attrs {
		switch v := v.(type) {
		case []float64:
			numbers += len(v)
		case []int64:
			numbers += len(v)
		case ops.Tensor:
			numbers += len(v.Value.Data)
		}
	}
	return take(&b.work, graph.Times(size, numbers), "elementary operations of an execution")
}
