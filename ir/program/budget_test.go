package program

import (
	"bytes"
	"math"
	"testing"

	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
)

// Programs of a few lines that ask for much are refused before they get it.
func TestVerifyRefusesExcess(t *testing.T) {
	plane := func(n int) tensor.Shape { return tensor.Shape{1, 1, n} }
	one := tensor.Window{Kernel: []int{1}, Strides: []int{1}, Dilations: []int{1}, Begin: []int{0}, End: []int{0}}
	tall := tensor.Window{Kernel: []int{1 << 19, 1}, Strides: []int{1, 1}, Dilations: []int{1, 1}, Begin: []int{1<<19 - 1, 0}, End: []int{0, 0}}
	scaled := func(s tensor.Shape, m Map) *Linear {
		return &Linear{Terms: []Term{{Map: m}}, Bias: Ints{0}, Shape: s}
	}
	chain := func(n int, s tensor.Shape, kernel func(arg int) Kernel) *Program {
		p := &Program{Inputs: []int{0}, Tensors: []Tensor{{Shape: s, Range: Range{0, 1}, Scale: 1}}, Outputs: []int{n}}
		for i := range n {
			p.Tensors = append(p.Tensors, p.Tensors[0])
			p.Nodes = append(p.Nodes, Node{i + 1, kernel(i)})
		}
		return p
	}
	const most = math.MaxInt32
	for _, c := range []struct {
		name, err string
		p         *Program
	}{
		{"rows of a diagonal", "elements", chain(1, tensor.Shape{most}, func(int) Kernel { return scaled(tensor.Shape{most}, &DiagonalMap{Size: most, Weights: Ints{1}}) })},
		{"rows of a sparse map", "elements", chain(1, tensor.Shape{most}, func(int) Kernel {
			return scaled(tensor.Shape{most}, &SparseMap{Outer: 1, In: 1, Out: 1, Inner: most, Starts: Ints{0, 1}, Index: Ints{0}, Weights: Ints{1}})
		})},
		{"many tensors", "all tensors", chain(8, tensor.Shape{1 << 26}, func(arg int) Kernel { return &Gather{Operands: []int{arg}, Shape: tensor.Shape{1 << 26}} })},
		{"windows of many positions", "at most", chain(1, plane(1<<26), func(int) Kernel { return &Max{Planes: 1, Spatial: []int{1 << 26}, Window: one} })},
		{"windows in many nodes", "taps in all nodes", chain(200, tensor.Shape{1, 1, 1, 1}, func(arg int) Kernel { return &Max{Arg: arg, Planes: 1, Spatial: []int{1, 1}, Window: tall} })},
		{"an output beyond its weights", "extents", chain(1, plane(1), func(int) Kernel {
			return scaled(plane(1<<26), &TransposedMap{Batch: 1, In: 1, Out: 1, Groups: 1, Spatial: []int{1}, Extent: []int{1 << 26},
				Kernel: []int{1}, Strides: []int{1}, Dilations: []int{1}, Begin: []int{0}, Weights: Ints{1}})
		})},
		{"one operand many times", "together", chain(1, tensor.Shape{1 << 25}, func(int) Kernel {
			return &Gather{Operands: make([]int, 16), Shape: tensor.Shape{1}, Index: Ints{0}}
		})},
	} {
		t.Run(c.name, func(t *testing.T) { require.ErrorContains(t, c.p.Verify(), c.err) })
	}
}

func TestVerifyRefusesTensorsOfNothing(t *testing.T) {
	p := &Program{Tensors: []Tensor{{Shape: tensor.Shape{1}, Scale: 1}, {Shape: tensor.Shape{-1}}}, Inputs: []int{0}, Outputs: []int{0}}
	require.ErrorContains(t, p.Verify(), "tensor 1 () is not defined")
	p.Tensors = p.Tensors[:1]
	require.NoError(t, p.Verify())
}

// A product of extents that wraps is not the number of weights.
func TestWeightsAreCountedExactly(t *testing.T) {
	require.True(t, counts(make(Ints, 6), 2, 1, 3))
	require.False(t, counts(nil, 1<<22, 1<<22, 1<<20))
	require.False(t, counts(Ints{1}, -1, -1))
}

// Entries that no index reaches are rows of the circuit's table too.
func TestLookupRefusesFarEntries(t *testing.T) {
	in := []Tensor{{Shape: tensor.Shape{1}, Range: Range{0, 1}}}
	k := &Lookup{Table: Ints{3, 4, MaxMagnitude}}
	_, _, err := k.Infer(in)
	require.NoError(t, err)
	k.Table[2] = math.MinInt64
	_, _, err = k.Infer(in)
	require.ErrorContains(t, err, "63 bits")
}

// References multiply what a file holds.
func TestDecodeRefusesManyReferences(t *testing.T) {
	p := &Program{Outputs: []int{0}}
	values := make(Ints, 1<<19)
	for i := range 300 {
		p.Tensors = append(p.Tensors, Tensor{Shape: tensor.Shape{len(values)}, Scale: 1})
		p.Nodes = append(p.Nodes, Node{i, &Constant{Shape: tensor.Shape{len(values)}, Values: values}})
	}
	var b bytes.Buffer
	require.ErrorContains(t, p.Encode(&b), "repeated constants")
	b.Reset()
	p.Tensors, p.Nodes = p.Tensors[:2], p.Nodes[:2]
	require.NoError(t, p.Encode(&b))
	node := []byte(`,{"out":1,"kind":"constant","kernel":{"shape":[524288],"values":"@0"}}`)
	require.Equal(t, 1, bytes.Count(b.Bytes(), node))
	_, err := Decode(bytes.Replace(b.Bytes(), node, bytes.Repeat(node, 300), 1))
	require.ErrorContains(t, err, "repeated constants")
}
