package ops

import (
	"fmt"
	"math/bits"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("Det", 11, decodeDet) }

// det (ONNX 11, 22) is the determinant of each matrix of the last two axes. Its integer form expands it along the rows
// from the last up, each minor once, and is for matrices of at most detExpanded rows.
type det struct{}

var _ graph.Composite = det{}

// detExpanded is the most rows of a determinant that is proven: n rows take n*2^(n-1) products.
const detExpanded = 6

func decodeDet(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	return det{}, nil
}

// split gives the leading extents and the number of rows.
func (det) split(s tensor.Shape) (lead tensor.Shape, n int, err error) {
	r := len(s)
	if r < 2 || s[r-1] != s[r-2] {
		return nil, 0, fmt.Errorf("det of %v: want square matrices", s)
	}
	return s[:r-2].Clone(), s[r-1], nil
}

// Infer implements graph.Op.
func (o det) Infer(in []*graph.Value) ([]graph.Type, error) {
	lead, _, err := o.split(in[0].Type.Shape)
	return []graph.Type{{DType: in[0].Type.DType, Shape: lead}}, err
}

// Eval implements graph.Op, by elimination with the largest pivot.
func (o det) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	lead, n, err := o.split(in[0].Shape)
	if err != nil {
		return nil, err
	}
	out := tensor.New[float64](lead)
	for b := range out.Data {
		m := append([]float64(nil), in[0].Data[b*n*n:(b+1)*n*n]...)
		d := 1.0
		for i := 0; i < n && d != 0; i++ {
			p := i
			for r := i + 1; r < n; r++ {
				if m[r*n+i]*m[r*n+i] > m[p*n+i]*m[p*n+i] {
					p = r
				}
			}
			for c := range n {
				if p != i {
					m[p*n+c], m[i*n+c] = m[i*n+c], m[p*n+c]
				}
			}
			if p != i {
				d = -d
			}
			if d *= m[i*n+i]; d == 0 {
				break
			}
			for r := i + 1; r < n; r++ {
				f := m[r*n+i] / m[i*n+i]
				for c := i; c < n; c++ {
					m[r*n+c] -= f * m[i*n+c]
				}
			}
		}
		out.Data[b] = d
	}
	return []*tensor.Float{out}, nil
}

// Expand implements graph.Composite.
func (o det) Expand(x *graph.Expansion, in []*graph.Value) ([]*graph.Value, error) {
	lead, n, err := o.split(in[0].Type.Shape)
	if err != nil {
		return nil, err
	}
	if n < 1 || n > detExpanded {
		return nil, notLowered(fmt.Sprintf("1 to %d rows", detExpanded), fmt.Sprint(n))
	}
	c := composing(x)
	v := c.reshape(in[0], tensor.Shape{lead.Size(), n * n})
	at := func(row, column int) *graph.Value { return c.slice(v, 1, row*n+column, row*n+column+1) }
	// minors are those of the rows from row on, by the set of their columns.
	minors := map[uint]*graph.Value{}
	for column := range n {
		minors[1<<column] = at(n-1, column)
	}
	for row := n - 2; row >= 0; row-- {
		next := map[uint]*graph.Value{}
		for set := uint(0); set < 1<<n; set++ {
			if bits.OnesCount(set) != n-row {
				continue
			}
			var sum *graph.Value
			for column, sign := 0, 1; column < n; column++ {
				if set>>column&1 == 0 {
					continue
				}
				term := c.mul(at(row, column), minors[set&^(1<<column)])
				switch {
				case sum == nil:
					sum = term
				case sign > 0:
					sum = c.add(sum, term)
				default:
					sum = c.sub(sum, term)
				}
				sign = -sign
			}
			next[set] = sum
		}
		minors = next
	}
	return c.done(c.reshape(minors[1<<n-1], lead))
}
