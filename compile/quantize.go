package compile

import (
	"fmt"
	"math"

	"assay/ir/program"
	"assay/ir/tensor"
)

// Quantize rounds real inputs to the program's. Elements outside the declared range are clamped to it, and
// counted. A missing or additional input, another shape, NaN and infinity are errors.
func Quantize(p *program.Program, s Sample) (in []*tensor.Int, clamped int, err error) {
	if len(s) != len(p.Inputs) {
		return nil, 0, fmt.Errorf("quantize inputs: want %d, got %d", len(p.Inputs), len(s))
	}
	for _, id := range p.Inputs {
		d := p.Tensors[id]
		x := s[d.Name]
		if x == nil {
			return nil, 0, fmt.Errorf("quantize inputs: %s is missing", d.Name)
		}
		if !x.Shape.Equal(d.Shape) {
			return nil, 0, fmt.Errorf("quantize input %s: want shape %v, got %v", d.Name, d.Shape, x.Shape)
		}
		q := tensor.New[int64](d.Shape)
		for i, v := range x.Data {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return nil, 0, fmt.Errorf("quantize input %s: element %d: want a finite number, got %v", d.Name, i, v)
			}
			r := nearest(v, d.Scale)
			c := math.Min(math.Max(r, float64(d.Range.Min)), float64(d.Range.Max))
			if c != r {
				clamped++
			}
			q.Data[i] = int64(c)
		}
		in = append(in, q)
	}
	return in, clamped, nil
}

// Dequantize gives the reals that program outputs stand for, by output name.
func Dequantize(p *program.Program, out []*tensor.Int) map[string]*tensor.Float {
	m := map[string]*tensor.Float{}
	for i, id := range p.Outputs {
		d := p.Tensors[id]
		y := tensor.New[float64](d.Shape)
		for j, q := range out[i].Data {
			y.Data[j] = float64(q) * d.Scale
		}
		m[d.Name] = y
	}
	return m
}
