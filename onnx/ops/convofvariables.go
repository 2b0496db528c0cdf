package ops

import (
	"assay/ir/graph"
	"assay/ir/tensor"
)

// convOfVariables is a convolution whose weights or bias vary: a matrix product of gathered columns.
type convOfVariables struct{ conv }

// Expand makes columns, N x groups x places x taps, of what each window reads, padding being a zero at the end of the
// input, and multiplies them by the weights, groups x taps x M/groups.
func (o convOfVariables) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	var bias *graph.Value
	if len(in) > 2 {
		bias = in[2]
	}
	s, w := in[0].Type.Shape, in[1].Type.Shape
	win, out, err := o.fit(s, w, nil)
	if err != nil {
		return nil, err
	}
	c := composing(x)
	var y *graph.Value
	if in[1].Const != nil {
		outs, err := x.Add("Conv", o.conv, in[0], in[1])
		if err != nil {
			return nil, err
		}
		y = outs[0]
	} else {
		index := o.columns(s, w, out, win)
		g, mg, k, places := o.groups, w[0]/o.groups, w[1:].Size(), out[2:].Size()
		flat := c.concat(0, c.reshape(in[0], tensor.Shape{s.Size()}), c.tensor(in[0], tensor.New[float64](tensor.Shape{1})))
		columns := c.reshape(c.op("Gather", nil, flat, c.ints(index...)), tensor.Shape{s[0], g, places, k})
		weights := c.transpose(c.reshape(in[1], tensor.Shape{1, g, mg, k}), 0, 1, 3, 2)
		y = c.reshape(c.transpose(c.matmul(columns, weights), 0, 1, 3, 2), out)
	}
	if bias != nil {
		y = c.addToChannels(y, bias)
	}
	return c.done(y)
}

// columns is the element of the input that each element of the columns is, or its size for padding.
func (o conv) columns(s, w, out tensor.Shape, win tensor.Window) []int {
	sp, spo := []int(s[2:]), []int(out[2:])
	area, places, taps, cg := s[2:].Size(), out[2:].Size(), w[2:].Size(), w[1]
	index := make([]int, 0, s[0]*o.groups*places*cg*taps)
	row := make([]int, taps)
	for n := range s[0] {
		for g := range o.groups {
			for p := range places {
				for i := range row {
					row[i] = -1
				}
				win.Visit(sp, spo, p, func(tap, at int) { row[tap] = at })
				for c := range cg {
					for _, at := range row {
						if at < 0 {
							index = append(index, s.Size())
						} else {
							index = append(index, ((n*o.groups+g)*cg+c)*area+at)
						}
					}
				}
			}
		}
	}
	return index
}
