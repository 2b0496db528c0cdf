package program

import (
	"testing"

	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
)

// Rounded tensors stay rounded when constants on their grid come between them.
func TestConstantsOnTheGridKeepIt(t *testing.T) {
	for _, c := range []struct {
		value float64
		keeps bool
	}{{0, true}, {0.5, true}, {0.3, false}, {1e9, false}} {
		b := NewBuilder("grid", Options{Bits: 8, Shift: 10, OutputBits: 20})
		x := b.Input("x", tensor.Shape{2}, Interval{-127. / 256, 127. / 256}, 8)
		y, err := b.Gather(tensor.Shape{4}, []int{0, 2, 1, 3}, 0, x, b.Const(&tensor.Float{Shape: tensor.Shape{2}, Data: []float64{0, c.value}}))
		require.NoError(t, err)
		_, ok := b.TensorOf(y)
		require.Equal(t, c.keeps, ok, "%v", c.value)
		y.Observe(Interval{-1, max(1, c.value)})
		require.NoError(t, b.Output("y", y))
		p, err := b.Program()
		require.NoError(t, err)
		trace, err := p.Run([]*tensor.Int{{Shape: tensor.Shape{2}, Data: []int64{64, -32}}})
		require.NoError(t, err)
		for i, want := range []float64{0.25, 0, -0.125, c.value} {
			require.InDelta(t, want, float64(p.OutputsOf(trace)[0].Data[i])*p.Tensors[p.Outputs[0]].Scale, max(1./512, c.value/1e5), "%v", c.value)
		}
	}
}
