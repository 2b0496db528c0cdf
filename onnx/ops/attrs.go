package ops

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"assay/ir/graph"
	"assay/ir/tensor"
)

// Tensor is a tensor attribute.
type Tensor struct {
	DType tensor.DType
	Value *tensor.Float
}

// Attrs is a node as its decoder sees it: attributes by name, inputs with types and constants, and how many
// outputs the model uses. The first failed read is kept and reported by Decode.
type Attrs struct {
	Domain  string         // of the operator; "" is ONNX's own
	Opset   int            // version of the domain
	In      []*graph.Value // nil where an optional input is omitted; trailing omitted ones are cut off
	Outputs int
	values  map[string]any
	seen    map[string]bool
	outputs int // most outputs that the decoder allows
	err     error
}

// NewAttrs wraps the attributes of a node of ONNX's own domain, whose values are int64, float64, string, Tensor, or slices of the first
// three. A value of any other type is refused when it is read.
func NewAttrs(opset int, in []*graph.Value, outputs int, values map[string]any) *Attrs {
	for len(in) > 0 && in[len(in)-1] == nil {
		in = in[:len(in)-1]
	}
	return &Attrs{Opset: opset, In: in, Outputs: outputs, values: values, seen: map[string]bool{}, outputs: 1}
}

func (a *Attrs) fail(code, want, got string) {
	if a.err == nil {
		a.err = &graph.Error{Code: code, Want: want, Got: got}
	}
}

// refuse reports an attribute whose value is not supported.
func (a *Attrs) refuse(name, want string, got any) {
	a.fail(CodeBadAttribute, "attribute "+name+" "+want, fmt.Sprintf("%v", got))
}

func (a *Attrs) check() error {
	if a.err == nil && a.Outputs > a.outputs {
		a.fail(CodeArity, fmt.Sprintf("at most %d outputs", a.outputs), fmt.Sprint(a.Outputs))
	}
	var unknown []string
	for name := range a.values {
		if !a.seen[name] {
			unknown = append(unknown, name)
		}
	}
	if a.err == nil && len(unknown) > 0 {
		slices.Sort(unknown)
		a.fail(CodeBadAttribute, "no other attributes", strings.Join(unknown, ", "))
	}
	return a.err
}

// inputs requires between low and high inputs, the first low of them present.
func (a *Attrs) inputs(low, high int) bool {
	n := len(a.In)
	ok := n >= low && n <= high
	for i := 0; ok && i < low; i++ {
		ok = a.In[i] != nil
	}
	if !ok {
		a.fail(CodeArity, fmt.Sprintf("%d to %d inputs", low, high), fmt.Sprint(n))
	}
	return ok
}

// input is input i, or nil.
func (a *Attrs) input(i int) *graph.Value {
	if i < len(a.In) {
		return a.In[i]
	}
	return nil
}

// ignore accepts attributes that do not change the result.
func (a *Attrs) ignore(names ...string) {
	for _, n := range names {
		a.seen[n] = true
	}
}

func (a *Attrs) has(name string) bool { _, ok := a.values[name]; return ok }

func read[T any](a *Attrs, name string, def T) T {
	a.seen[name] = true
	v, ok := a.values[name]
	if !ok {
		return def
	}
	t, ok := v.(T)
	if !ok {
		a.refuse(name, fmt.Sprintf("of type %T", def), fmt.Sprintf("%T", v))
		return def
	}
	return t
}

func (a *Attrs) int(name string, def int) int { return int(read(a, name, int64(def))) }

// flag is an int attribute that must be 0 or 1.
func (a *Attrs) flag(name string, def bool) bool {
	v := read(a, name, map[bool]int64{false: 0, true: 1}[def])
	if v != 0 && v != 1 {
		a.refuse(name, "0 or 1", v)
	}
	return v == 1
}

func (a *Attrs) float(name string, def float64) float64      { return read(a, name, def) }
func (a *Attrs) string(name, def string) string              { return read(a, name, def) }
func (a *Attrs) floats(name string, def []float64) []float64 { return read(a, name, def) }

// ints is nil when the attribute is absent.
func (a *Attrs) ints(name string) []int {
	v := read(a, name, []int64(nil))
	if v == nil {
		return nil
	}
	r := make([]int, len(v))
	for i := range v {
		r[i] = int(v[i])
	}
	return r
}

// constant is the tensor of input i, which must be known at compile time; nil when it is omitted.
func (a *Attrs) constant(i int) *tensor.Float {
	v := a.input(i)
	if v == nil {
		return nil
	}
	if v.Const == nil {
		a.fail(CodeNotConstant, fmt.Sprintf("input %d known at compile time", i), fmt.Sprintf("variable %q", v.Name))
	}
	return v.Const
}

// constInts is constant as integers, saturating; a scalar is a list of one. It is nil when the input is omitted.
func (a *Attrs) constInts(i int) []int {
	t := a.constant(i)
	if t == nil {
		return nil
	}
	if len(t.Shape) > 1 {
		a.fail(CodeShape, fmt.Sprintf("input %d a list", i), t.Shape.String())
	}
	r := make([]int, len(t.Data))
	for j, x := range t.Data {
		r[j] = saturate(x)
	}
	return r
}

// constScalar is constant with one element; def when the input is omitted.
func (a *Attrs) constScalar(i int, def float64) float64 {
	t := a.constant(i)
	if t == nil {
		return def
	}
	if len(t.Data) != 1 {
		a.fail(CodeShape, fmt.Sprintf("input %d of one element", i), t.Shape.String())
		return def
	}
	return t.Data[0]
}

// saturate turns an integer held as a real into an int; the extreme int64 values stand for "to the end".
func saturate(x float64) int {
	switch {
	case x >= math.MaxInt64:
		return math.MaxInt64
	case x <= math.MinInt64:
		return math.MinInt64
	}
	return int(x)
}
