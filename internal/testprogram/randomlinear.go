package testprogram

import (
	"math/rand"

	"assay/ir/program"
	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
)

// spread applies a linear map of another form than a dense one to arg, as one line.
func (b *Builder) spread(rng *rand.Rand, arg int) int {
	d := b.p.Tensors[arg]
	n := d.Shape.Size()
	if d.Range.MaxAbs() > 1<<30 {
		arg = b.small(rng, arg, -15)
	}
	weights := func(n int) (ws program.Ints) {
		for range n {
			ws = append(ws, int64(rng.Intn(31)-15))
		}
		return ws
	}
	groups := 1
	if n%2 == 0 {
		groups += rng.Intn(2)
	}
	line, size, dilation, stride, out := n/groups, 1+rng.Intn(3), 1+rng.Intn(2), 1+rng.Intn(2), groups*(1+rng.Intn(2))
	x := b.Add(&program.Gather{Operands: []int{arg}, Shape: tensor.Shape{1, groups, line}})
	w := Window([]int{size}, stride, rng.Intn(dilation*(size-1)+1))
	w.Dilations[0] = dilation
	for line+w.Begin[0]+w.End[0] < dilation*(size-1)+1 {
		w.End[0]++
	}
	var m program.Map
	switch rng.Intn(4) {
	case 0:
		m = &program.ConvMap{Batch: 1, In: groups, Out: out, Groups: groups, Spatial: []int{line}, Window: w, Weights: weights(out * size)}
	case 1:
		extent := (line-1)*stride + dilation*(size-1) + 1
		begin := rng.Intn(2)
		m = &program.TransposedMap{Batch: 1, In: groups, Out: out, Groups: groups, Spatial: []int{line}, Extent: []int{extent}, Kernel: []int{size},
			Strides: []int{stride}, Dilations: []int{dilation}, Begin: []int{begin}, Weights: weights(groups * (out / groups) * size)}
	case 2:
		positions, err := w.Out([]int{line})
		require.NoError(b.t, err)
		m = &program.WindowMap{Planes: groups, Spatial: []int{line}, Window: w, Weights: weights(positions[0])}
	default:
		s := &program.SparseMap{Outer: groups, In: line, Out: 1 + rng.Intn(4), Inner: 1, Starts: program.Ints{0}}
		for range s.Out {
			for j := range line {
				if rng.Intn(2) == 0 {
					s.Index = append(s.Index, int64(j))
				}
			}
			s.Starts = append(s.Starts, int64(len(s.Index)))
		}
		s.Weights = weights(len(s.Index))
		m = s
	}
	rows, err := m.Check(b.p.Tensors[x].Shape)
	require.NoError(b.t, err)
	return b.Add(&program.Linear{Terms: []program.Term{{Arg: x, Map: m}}, Bias: program.Ints{int64(rng.Intn(40) - 20)}, Shape: tensor.Shape{1, rows}})
}
