package testprogram

import (
	"fmt"
	"testing"

	"assay/ir/program"
	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
)

// Builder makes a program kernel by kernel.
type Builder struct {
	t testing.TB
	p *program.Program
}

// New starts an empty program.
func New(t testing.TB, name string) *Builder {
	return &Builder{t, &program.Program{Name: name}}
}

// Input adds an input and gives its tensor.
func (b *Builder) Input(s tensor.Shape, low, high int64) int {
	id := b.tensor(s, program.Range{Min: low, Max: high})
	b.p.Inputs = append(b.p.Inputs, id)
	return id
}

// Add adds a node and gives its tensor.
func (b *Builder) Add(k program.Kernel) int {
	b.t.Helper()
	in := make([]program.Tensor, len(k.Args()))
	for i, a := range k.Args() {
		in[i] = b.p.Tensors[a]
	}
	s, r, err := k.Infer(in)
	require.NoError(b.t, err)
	id := b.tensor(s, r)
	b.p.Nodes = append(b.p.Nodes, program.Node{Out: id, Kernel: k})
	return id
}

// Range is the interval of a tensor.
func (b *Builder) Range(id int) program.Range { return b.p.Tensors[id].Range }

// Done declares the outputs and gives the program, verified.
func (b *Builder) Done(outputs ...int) *program.Program {
	b.t.Helper()
	b.p.Outputs = outputs
	require.NoError(b.t, b.p.Verify())
	return b.p
}

func (b *Builder) tensor(s tensor.Shape, r program.Range) int {
	id := len(b.p.Tensors)
	b.p.Tensors = append(b.p.Tensors, program.Tensor{Name: fmt.Sprintf("t%d", id), Shape: s, Range: r, Scale: 1})
	return id
}

// Dense is the kernel of a dense layer, weights row-major [out][in].
func Dense(arg, in int, bias, weights []int64) *program.Linear {
	out := len(weights) / in
	return &program.Linear{Terms: []program.Term{{Arg: arg, Map: &program.DenseMap{In: in, Out: out, Batch: 1, Weights: weights}}},
		Bias: bias, Shape: tensor.Shape{1, out}}
}

// Window is a window of one extent a spatial axis, with stride and padding on both sides.
func Window(kernel []int, stride, pad int) tensor.Window {
	w := tensor.Window{Kernel: kernel}
	for range kernel {
		w.Strides = append(w.Strides, stride)
		w.Dilations = append(w.Dilations, 1)
		w.Begin = append(w.Begin, pad)
		w.End = append(w.End, pad)
	}
	return w
}

// Ramp is a table of f over the integers from low to high.
func Ramp(low, high int64, f func(int64) int64) program.Ints {
	var t program.Ints
	for i := low; i <= high; i++ {
		t = append(t, f(i))
	}
	return t
}
