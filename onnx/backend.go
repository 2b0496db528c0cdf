package onnx

import (
	"fmt"

	onnxgo "github.com/owulveryck/onnx-go"
	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/simple"
	gorgonia "gorgonia.org/tensor"

	"assay/ir/tensor"
	"assay/onnx/ops"
)

// node is a value in onnx-go's graph.
type node struct {
	id   int64
	name string
	data gorgonia.Tensor
}

func (n *node) ID() int64                         { return n.id }
func (n *node) SetName(s string)                  { n.name = s }
func (n *node) GetName() string                   { return n.name }
func (n *node) SetTensor(t gorgonia.Tensor) error { n.data = t; return nil }
func (n *node) GetTensor() gorgonia.Tensor        { return n.data }

var (
	_ onnxgo.Backend     = (*recorder)(nil)
	_ onnxgo.Namer       = (*node)(nil)
	_ onnxgo.DataCarrier = (*node)(nil)
)

// operator is a node of the model.
type operator struct {
	nodeMeta
	in, out  []string
	captured []string // names that graphs among the attributes take from outside
	attrs    map[string]any
}

// recorder is an onnx-go backend that keeps what it is told. Values are known by name: onnx-go makes two nodes for
// a name that is both input and output. Edges stay out of the gonum graph, which would merge those of x*x.
type recorder struct {
	*simple.WeightedDirectedGraph
	nodes     []*node
	edges     []graph.WeightedEdge // of the operator being decoded
	operators []operator
}

// NewNode makes a value.
func (r *recorder) NewNode() graph.Node { return &node{id: int64(len(r.nodes))} }

// AddNode keeps a value.
func (r *recorder) AddNode(n graph.Node) {
	r.nodes = append(r.nodes, n.(*node))
	r.WeightedDirectedGraph.AddNode(n)
}

// SetWeightedEdge keeps an edge from an output of the operator that follows to an input, whose position is the
// weight.
func (r *recorder) SetWeightedEdge(e graph.WeightedEdge) { r.edges = append(r.edges, e) }

// ApplyOperation ends an operator. Its edges came just before, once for each output.
func (r *recorder) ApplyOperation(o onnxgo.Operation, outs ...graph.Node) error {
	op := operator{attrs: map[string]any{}}
	op.kind = o.Name
	for _, n := range outs {
		op.out = append(op.out, n.(*node).name)
	}
	for i, e := range r.edges[:len(r.edges)/len(outs)] {
		if int(e.Weight()) != i {
			return fmt.Errorf("operator %s: want edge %d, got %v", o.Name, i, e.Weight())
		}
		op.in = append(op.in, e.To().(*node).name)
	}
	r.edges = r.edges[:0]
	for name, v := range o.Attributes {
		a, err := attribute(v)
		if err != nil {
			return fmt.Errorf("operator %s: attribute %q: %w", o.Name, name, err)
		}
		op.attrs[name] = a
	}
	r.operators = append(r.operators, op)
	return nil
}

// record lets onnx-go decode the body and joins the result with the metadata: the operators in file order, and the
// initializers.
func (d *body) record() (consts map[string]ops.Tensor, err error) {
	if len(d.nodes) == 0 {
		return d.held, nil
	}
	defer func() {
		if p := recover(); p != nil {
			consts, err = nil, &Error{Code: CodeMalformed, Err: fmt.Errorf("onnx-go: panic: %v", p)}
		}
	}()
	r := &recorder{WeightedDirectedGraph: simple.NewWeightedDirectedGraph(0, -1)}
	clean := appendBytes(d.clean[:len(d.clean):len(d.clean)], 12, appendBytes(nil, 1, nil)) // onnx-go wants an output
	if err := onnxgo.NewModel(r).UnmarshalBinary(appendBytes(nil, 7, clean)); err != nil {
		return nil, malformed("", fmt.Errorf("onnx-go: %w", err))
	}
	if len(r.operators) != len(d.nodes) {
		return nil, &Error{Code: CodeMalformed, Want: fmt.Sprintf("%d nodes", len(d.nodes)), Got: fmt.Sprintf("%d from onnx-go", len(r.operators))}
	}
	for i := range r.operators {
		op := &r.operators[i]
		op.nodeMeta = d.nodes[i]
		if op.inputs == 0 {
			op.in = nil
		}
		if len(op.in) != op.inputs || len(op.out) != op.outputs {
			return nil, &Error{Code: CodeMalformed, Node: op.name, Op: op.kind,
				Want: fmt.Sprintf("%d inputs and %d outputs", op.inputs, op.outputs), Got: fmt.Sprintf("%d and %d from onnx-go", len(op.in), len(op.out))}
		}
		for name, v := range op.held {
			op.attrs[name] = v
		}
	}
	consts = d.held
	for _, n := range r.nodes {
		if n.data == nil {
			continue
		}
		if consts[n.name], err = dense(n.data); err != nil {
			return nil, malformed(n.name, err)
		}
	}
	d.list, d.clean = r.operators, nil
	return consts, nil
}

// attribute turns a value of onnx-go into one that ops.NewAttrs takes.
func attribute(v any) (any, error) {
	switch v := v.(type) {
	case int64, string, []int64, []string:
		return v, nil
	case float32:
		return float64(v), nil
	case []float32:
		return reals(v), nil
	case gorgonia.Tensor:
		return dense(v)
	}
	return nil, fmt.Errorf("want a number, string, tensor or list, got %T", v)
}

// dense copies a tensor that onnx-go decoded.
func dense(t gorgonia.Tensor) (r ops.Tensor, err error) {
	var data []float64
	switch v := t.Data().(type) {
	case float32:
		r.DType, data = tensor.Float32, []float64{float64(v)}
	case float64:
		r.DType, data = tensor.Float64, []float64{v}
	case int32:
		r.DType, data = tensor.Int32, []float64{float64(v)}
	case int64:
		r.DType, data = tensor.Int64, []float64{float64(v)}
	case []float32:
		r.DType, data = tensor.Float32, reals(v)
	case []float64:
		r.DType, data = tensor.Float64, reals(v)
	case []int32:
		r.DType, data = tensor.Int32, reals(v)
	case []int64:
		r.DType, data = tensor.Int64, reals(v)
	default:
		return r, fmt.Errorf("want a tensor of float32, float64, int32 or int64, got %T", v)
	}
	r.Value, err = tensor.From(tensor.Shape(t.Shape()), data)
	return r, err
}

func reals[T int32 | int64 | float32 | float64](v []T) []float64 {
	r := make([]float64, len(v))
	for i, x := range v {
		r[i] = float64(x)
	}
	return r
}
