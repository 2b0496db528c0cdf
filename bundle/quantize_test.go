package bundle

import (
	"testing"

	"assay/circuits"
	"assay/input"
	"assay/ir/program"
	"assay/ir/tensor"

	"github.com/stretchr/testify/require"
)

func TestOutsideTheDeclaredRange(t *testing.T) {
	p := &program.Program{Tensors: []program.Tensor{{Name: "x", Shape: tensor.Shape{2}, Range: program.Range{Min: -8, Max: 7}, Scale: 0.5}}, Inputs: []int{0}}
	within, outside := &tensor.Float{Shape: tensor.Shape{2}, Data: []float64{1, -4}}, &tensor.Float{Shape: tensor.Shape{2}, Data: []float64{1, 40}}
	for _, policy := range []Outside{Clamp, Refuse} {
		b := &Bundle{Manifest: &Manifest{Name: "m", Outside: policy}, Model: &circuits.Model{Program: p}}
		in, clamped, err := b.Quantize(map[string]*tensor.Float{"x": within})
		require.NoError(t, err)
		require.Zero(t, clamped)
		require.Equal(t, []int64{2, -8}, in[0].Data)
		in, clamped, err = b.Quantize(map[string]*tensor.Float{"x": outside})
		require.Equal(t, 1, clamped)
		if policy == Clamp {
			require.NoError(t, err)
			require.Equal(t, []int64{2, 7}, in[0].Data)
			continue
		}
		var coded *input.Error
		require.ErrorAs(t, err, &coded)
		require.Equal(t, input.CodeRange, coded.Code)
	}
	require.False(t, Outside("wrap").valid())
}
