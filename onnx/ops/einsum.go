package ops

import (
	"fmt"
	"slices"
	"strings"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { register("Einsum", 12, decodeEinsum) }

// einsum (ONNX 12) multiplies elements of its inputs and adds up: each axis has a label, labels that the result lacks
// are summed over. An ellipsis stands for axes that broadcast.
type einsum struct {
	terms  []string // labels of each input
	result string
}

// ellipsis is the label in an equation's term that stands for any number of axes.
const ellipsis = '.'

func decodeEinsum(a *Attrs) (graph.Op, error) {
	a.inputs(1, len(a.In))
	equation := a.string("equation", "")
	text := strings.ReplaceAll(strings.ReplaceAll(equation, " ", ""), "...", string(ellipsis))
	left, right, explicit := strings.Cut(text, "->")
	o := einsum{terms: strings.Split(left, ","), result: right}
	counts := map[rune]int{}
	for _, r := range strings.ReplaceAll(left, ",", "") {
		counts[r]++
	}
	if !explicit {
		if counts[ellipsis] > 0 {
			o.result = string(ellipsis)
		}
		for r := 'A'; r <= 'z'; r++ {
			if counts[r] == 1 {
				o.result += string(r)
			}
		}
	}
	for _, t := range append(slices.Clone(o.terms), o.result) {
		for _, r := range t {
			if letter := r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'; !letter && r != ellipsis {
				a.refuse("equation", "of letters, commas, ellipses and an arrow", equation)
			}
		}
		if strings.Count(t, string(ellipsis)) > 1 {
			a.refuse("equation", "with one ellipsis a term", equation)
		}
	}
	for _, r := range o.result {
		if counts[r] == 0 && r != ellipsis || strings.Count(o.result, string(r)) > 1 {
			a.refuse("equation", "whose result has labels of its terms, each once", equation)
		}
	}
	if len(o.terms) != len(a.In) {
		a.refuse("equation", fmt.Sprintf("of %d terms", len(a.In)), equation)
	}
	return o, nil
}

// labeling gives every axis a number: letters have their own, axes of an ellipsis are negative and counted from its
// end.
type labeling struct {
	terms  [][]int
	result []int
	extent map[int]int
}

func (o einsum) label(shapes []tensor.Shape) (l labeling, err error) {
	l.extent = map[int]int{}
	widest := 0
	for i, s := range shapes {
		axes := []int{}
		hidden := len(s) - len(o.terms[i]) + 1
		for _, r := range o.terms[i] {
			if r != ellipsis {
				axes = append(axes, int(r))
				continue
			}
			for k := hidden; k > 0; k-- {
				axes = append(axes, -k)
			}
			widest = max(widest, hidden)
		}
		if len(axes) != len(s) || hidden < 0 {
			return l, fmt.Errorf("einsum: term %q does not fit shape %v", o.terms[i], s)
		}
		for k, a := range axes {
			n, seen := l.extent[a]
			switch {
			case !seen || n == s[k] || n == 1 && a < 0:
				l.extent[a] = s[k]
			case s[k] == 1 && a < 0:
			default:
				return l, fmt.Errorf("einsum: term %q: axis %d: want extent %d, got %d", o.terms[i], k, n, s[k])
			}
		}
		l.terms = append(l.terms, axes)
	}
	for _, r := range o.result {
		if r != ellipsis {
			l.result = append(l.result, int(r))
			continue
		}
		for k := widest; k > 0; k-- {
			l.result = append(l.result, -k)
		}
	}
	return l, nil
}

// shape is the extents of axes.
func (l labeling) shape(axes []int) tensor.Shape {
	s := make(tensor.Shape, len(axes))
	for i, a := range axes {
		s[i] = l.extent[a]
	}
	return s
}

func (o einsum) Infer(in []*graph.Value) ([]graph.Type, error) {
	shapes := make([]tensor.Shape, len(in))
	for i, v := range in {
		shapes[i] = v.Type.Shape
	}
	l, err := o.label(shapes)
	return []graph.Type{{DType: in[0].Type.DType, Shape: l.shape(l.result)}}, err
}

// Eval adds up the products over all positions of all labels.
func (o einsum) Eval(in []*tensor.Float) ([]*tensor.Float, error) {
	shapes := make([]tensor.Shape, len(in))
	for i, t := range in {
		shapes[i] = t.Shape
	}
	l, err := o.label(shapes)
	if err != nil {
		return nil, err
	}
	axes := slices.Clone(l.result)
	for _, term := range l.terms {
		for _, a := range term {
			if !slices.Contains(axes, a) {
				axes = append(axes, a)
			}
		}
	}
	// steps is how far one step along each of axes moves in an operand; an extent of one is stretched.
	steps := func(term []int, s tensor.Shape) []int {
		st := make([]int, len(axes))
		for k, stride := range s.Strides() {
			if s[k] > 1 {
				st[slices.Index(axes, term[k])] += stride
			}
		}
		return st
	}
	moves := make([][]int, len(in))
	for i := range in {
		moves[i] = steps(l.terms[i], shapes[i])
	}
	out := tensor.New[float64](l.shape(l.result))
	to := steps(l.result, out.Shape)
	walk(l.shape(axes), func(_ int, at []int) {
		product, target := 1.0, 0
		for i, t := range in {
			from := 0
			for k, p := range at {
				from += p * moves[i][k]
			}
			product *= t.Data[from]
		}
		for k, p := range at {
			target += p * to[k]
		}
		out.Data[target] += product
	})
	return []*tensor.Float{out}, nil
}
