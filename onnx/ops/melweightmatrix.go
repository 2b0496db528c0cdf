package ops

import (
	"fmt"
	"math"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("MelWeightMatrix", 17, decodeMelWeightMatrix) }

// decodeMelWeightMatrix is MelWeightMatrix (ONNX 17): triangles over the bins of a spectrum, each column one, whose
// corners are evenly spaced in mels. Its inputs, all constant scalars, are the number of columns, the length of the
// transform, the sample rate, and the lowest and highest frequency.
func decodeMelWeightMatrix(a *Attrs) (graph.Op, error) {
	if !a.inputs(5, 5) {
		return nil, nil
	}
	d := tensor.DType(a.int("output_datatype", int(tensor.Float32)))
	columns, length := saturate(a.constScalar(0, 0)), saturate(a.constScalar(1, 0))
	rate, low, high := a.constScalar(2, 1), a.constScalar(3, 0), a.constScalar(4, 0)
	if a.err != nil {
		return nil, nil
	}
	s := tensor.Shape{length/2 + 1, columns}
	if _, err := s.CheckedSize(tensor.MaxElements); err != nil || !(rate > 0 && 0 <= low && low <= high) {
		return nil, &graph.Error{Code: CodeShape, Want: fmt.Sprintf("at most %d elements, a sample rate above 0 and ascending frequencies", tensor.MaxElements),
			Got: fmt.Sprintf("%v at %v Hz from %v to %v Hz", s, rate, low, high)}
	}
	mel := func(f float64) float64 { return 2595 * math.Log1p(f/700) / math.Ln10 }
	step := (mel(high) - mel(low)) / float64(columns+2)
	bins := make([]int, columns+2)
	for i := range bins {
		f := 700 * math.Expm1((float64(i)*step+mel(low))/2595*math.Ln10)
		bins[i] = saturate(math.Floor(float64(length+1) * f / rate))
		if bins[i] < 0 || bins[i] >= s[0] {
			return nil, &graph.Error{Code: CodeShape, Want: fmt.Sprintf("frequencies within %d bins", s[0]), Got: fmt.Sprintf("bin %d", bins[i])}
		}
	}
	t := tensor.New[float64](s)
	for c := range columns {
		left, top, right := bins[c], bins[c+1], bins[c+2]
		for r := left; r < top; r++ {
			t.Data[r*columns+c] = float64(r-left) / float64(top-left)
		}
		t.Data[top*columns+c] = 1
		for r := top; r < right; r++ {
			t.Data[r*columns+c] = float64(right-r) / float64(right-top)
		}
	}
	return known{graph.Type{DType: d, Shape: s}, func() *tensor.Float { return t }}, nil
}
