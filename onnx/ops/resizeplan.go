package ops

import (
	"fmt"
	"math"

	"assay/ir/program"
	"assay/ir/tensor"
)

// resize is Resize and Upsample: each axis is sampled by itself.
type resize struct {
	interpolation
	mode   string  // of coordinates
	beyond float64 // read outside the input by cropAndResize
	axes   []int   // that the lists below are for; nil for all
	scales []float64
	sizes  []int     // in place of scales
	roi    []float64 // starts, then ends
	policy string    // keep_aspect_ratio_policy
}

// samplings gives how each axis of an input is read.
func (o resize) samplings(in tensor.Shape) ([]sampling, error) {
	axes := o.axes
	if axes == nil {
		for i := range in {
			axes = append(axes, i)
		}
	}
	all := make([]sampling, len(in))
	for i, d := range in {
		all[i] = sampling{in: d, out: d, scale: 1, end: 1}
	}
	n := len(axes)
	if len(o.scales) != n && o.sizes == nil || o.sizes != nil && len(o.sizes) != n || len(o.roi) != 0 && len(o.roi) != 2*n {
		return nil, fmt.Errorf("resize %v: want scales or sizes, and a region, for %d axes, got %v, %v, %v", in, n, o.scales, o.sizes, o.roi)
	}
	uniform := 0.0
	seen := map[int]bool{}
	for i, x := range axes {
		a, err := tensor.Axis(x, len(in))
		if err != nil {
			return nil, err
		}
		if seen[a] || in[a] < 1 {
			return nil, fmt.Errorf("resize %v: want distinct axes with elements, got %v", in, axes)
		}
		seen[a] = true
		s := &all[a]
		if o.sizes == nil {
			s.scale = o.scales[i]
			s.out = int(min(math.Floor(s.scale*float64(s.in)), maxGeometry+1))
		} else {
			s.out = o.sizes[i]
			s.scale = float64(s.out) / float64(s.in)
			if i == 0 || o.policy == "not_larger" && s.scale < uniform || o.policy == "not_smaller" && s.scale > uniform {
				uniform = s.scale
			}
		}
		if len(o.roi) > 0 {
			s.start, s.end = o.roi[i], o.roi[n+i]
		}
		if !(s.scale > 0) || s.out < 1 || s.out > maxGeometry {
			return nil, fmt.Errorf("resize %v: axis %d: want an extent within [1, %d], got scale %v, extent %d", in, a, maxGeometry, s.scale, s.out)
		}
	}
	if o.sizes != nil && o.policy != "stretch" {
		for a := range seen {
			all[a].scale, all[a].out = uniform, int(math.Floor(uniform*float64(all[a].in)+0.5))
		}
	}
	for a, s := range all {
		if s.out < 1 || s.out > maxGeometry {
			return nil, fmt.Errorf("resize %v: axis %d: want an extent within [1, %d], got %d", in, a, maxGeometry, s.out)
		}
	}
	return all, nil
}

// maxWeights bounds the weights of a plan.
const maxWeights = 1 << 22

// plan multiplies the matrices of the axes that change, and of those between them.
func (o resize) plan(in tensor.Shape) (spreading, error) {
	all, err := o.samplings(in)
	if err != nil {
		return spreading{}, err
	}
	p := spreading{in: 1, outer: 1, inner: 1}
	for _, s := range all {
		p.out = append(p.out, s.out)
	}
	if _, err := p.out.CheckedSize(tensor.MaxElements); err != nil {
		return spreading{}, err
	}
	matrices := make([][][]program.Weight, len(in))
	first, last := len(in), -1
	for a, s := range all {
		m, same := o.matrix(s)
		matrices[a] = m
		if !same {
			first, last = min(first, a), a
		}
	}
	weights := 1
	for a := first; a <= last; a++ {
		n := 0
		for _, row := range matrices[a] {
			n += max(len(row), 1)
		}
		if n > maxWeights/weights {
			return spreading{}, fmt.Errorf("resize %v: want at most %d weights to %v", in, maxWeights, p.out)
		}
		weights *= n
	}
	p.rows = [][]program.Weight{{{Index: 0, Coef: 1}}}
	for a, m := range matrices {
		switch {
		case a < first:
			p.outer *= in[a]
		case a > last:
			p.inner *= in[a]
		default:
			p.rows = kronecker(p.rows, m, in[a])
			p.in *= in[a]
		}
	}
	for i, row := range p.rows {
		if row == nil {
			if p.shift == nil {
				p.shift = make([]float64, len(p.rows))
			}
			p.shift[i] = o.beyond
		}
	}
	return p, nil
}

// matrix gives the rows of one axis, nil for what lies beyond the input, and whether it is the identity.
func (o resize) matrix(s sampling) (rows [][]program.Weight, same bool) {
	same = s.in == s.out
	for i := range s.out {
		x := float64(coordinates[o.mode](s, float32(i)))
		var row []program.Weight
		if o.mode != cropAndResize || x >= 0 && x <= float64(s.in-1) {
			row = o.weigh(s, x)
		}
		same = same && len(row) == 1 && row[0] == program.Weight{Index: i, Coef: 1}
		rows = append(rows, row)
	}
	return rows, same
}

// kronecker is the product of matrices of outer axes and of the next axis, of extent n. A row that is nil in either
// is nil.
func kronecker(outer, inner [][]program.Weight, n int) [][]program.Weight {
	rows := make([][]program.Weight, 0, len(outer)*len(inner))
	for _, a := range outer {
		for _, b := range inner {
			var row []program.Weight
			if a != nil && b != nil {
				row = make([]program.Weight, 0, len(a)*len(b))
			}
			for _, x := range a {
				for _, y := range b {
					row = append(row, program.Weight{Index: x.Index*n + y.Index, Coef: x.Coef * y.Coef})
				}
			}
			rows = append(rows, row)
		}
	}
	return rows
}
