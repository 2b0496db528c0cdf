package ops

import (
	"fmt"
	"math"

	"assay/ir/graph"
	"assay/ir/tensor"
)

// labels are the classes of a classifier of ai.onnx.ml. A class whose label is a string is represented by its index.
type labels struct {
	ints    []int
	strings []string
}

// labels reads the attributes of that names, of which one is present.
func (a *Attrs) labels(ints, strings string) labels {
	l := labels{a.ints(ints), a.texts(strings)}
	if (len(l.ints) == 0) == (len(l.strings) == 0) {
		a.refuse(ints, "or "+strings+", one of them", fmt.Sprintf("%d and %d labels", len(l.ints), len(l.strings)))
	}
	return l
}

// texts is a list of strings, nil when the attribute is absent.
func (a *Attrs) texts(name string) []string { return read(a, name, []string(nil)) }

func (l labels) count() int { return max(len(l.ints), len(l.strings)) }

// of is what stands for class i.
func (l labels) of(i int) float64 {
	if l.ints != nil {
		return float64(l.ints[i])
	}
	return float64(i)
}

// Names are, of a classifier's first output, the strings that its indices stand for; nil where labels are integers.
func (l labels) Names(i int) []string {
	if i > 0 {
		return nil
	}
	return l.strings
}

// Columns implements graph.Named.
func (l labels) Columns(int) []string { return nil }

// decision makes a label and the scores to report of a row of raw scores. The label is that of the largest of the
// scores among, the first of equals, or where that is nil the second of pair if score of exceeds above, else the first.
type decision struct {
	labels
	among  []int
	of     int
	above  float64
	pair   [2]float64
	report transform
}

func (d decision) eval(raw []float64) (label float64, scores []float64) {
	label = d.pair[0]
	if d.among != nil {
		best := math.Inf(-1)
		for _, i := range d.among {
			if raw[i] > best {
				best, label = raw[i], d.labels.of(i)
			}
		}
	} else if raw[d.of] > d.above {
		label = d.pair[1]
	}
	return label, d.report.eval(raw)
}

// rows applies the decision to rows of scores.
func (d decision) rows(raw *tensor.Float) []*tensor.Float {
	n, k := raw.Shape[0], raw.Shape[1]
	label, scores := tensor.New[float64](tensor.Shape{n}), &tensor.Float{}
	for r := range n {
		y, s := d.eval(raw.Data[r*k : (r+1)*k])
		label.Data[r], scores.Data = y, append(scores.Data, s...)
	}
	scores.Shape = tensor.Shape{n, len(scores.Data) / n}
	return []*tensor.Float{label, scores}
}

// types are those of the outputs for n rows of k raw scores.
func (d decision) types(n, k int) []graph.Type {
	return []graph.Type{
		{DType: tensor.Int64, Shape: tensor.Shape{n}},
		{DType: tensor.Float32, Shape: tensor.Shape{n, len(d.report.eval(make([]float64, k)))}},
	}
}

// expand gives label and scores of rows of raw scores.
func (d decision) expand(c *compose, raw *graph.Value) []*graph.Value {
	s := c.shape(raw)
	if s == nil {
		return []*graph.Value{nil, nil}
	}
	return []*graph.Value{d.label(c, raw, tensor.Shape{s[0]}), d.report.expand(c, raw)}
}

func (d decision) label(c *compose, raw *graph.Value, s tensor.Shape) *graph.Value {
	var index *graph.Value
	var values []float64
	if d.among == nil {
		beyond := c.op("Greater", nil, c.slice(raw, 1, d.of, d.of+1), c.number(raw, d.above))
		index, values = c.cast(c.reshape(beyond, s), tensor.Int64), d.pair[:]
	} else {
		if len(d.among) < c.shape(raw)[1] {
			raw = c.op("Gather", attrs{"axis": int64(1)}, raw, c.ints(d.among...))
		}
		index = c.op("ArgMax", attrs{"axis": int64(1), "keepdims": int64(0)}, raw)
		for _, i := range d.among {
			values = append(values, d.labels.of(i))
		}
	}
	return c.choose(index, values)
}

// choose gives values[i] of each index i.
func (c *compose) choose(index *graph.Value, values []float64) *graph.Value {
	counting := true
	for i, v := range values {
		counting = counting && v == float64(i)
	}
	if counting || c.err != nil {
		return index
	}
	table := c.x.Const(tensor.Int64, &tensor.Float{Shape: tensor.Shape{len(values)}, Data: values})
	return c.op("Gather", attrs{"axis": int64(0)}, table, index)
}

// complement reports a score p as 1-p and p.
var complement = transform{
	eval: func(s []float64) []float64 { return []float64{1 - s[0], s[0]} },
	expand: func(c *compose, s *graph.Value) *graph.Value {
		s = c.slice(s, 1, 0, 1)
		return c.concat(1, c.plus(c.neg(s), 1), s)
	},
}

// opposite reports a score s as -s and s.
var opposite = transform{
	eval: func(s []float64) []float64 { return []float64{-s[0], s[0]} },
	expand: func(c *compose, s *graph.Value) *graph.Value {
		s = c.slice(s, 1, 0, 1)
		return c.concat(1, c.neg(s), s)
	},
}

// after applies second to what first makes.
func after(first, second transform) transform {
	return transform{
		eval:   func(s []float64) []float64 { return second.eval(first.eval(s)) },
		expand: func(c *compose, s *graph.Value) *graph.Value { return second.expand(c, first.expand(c, s)) },
	}
}

// odds reports a score s as the logistic function of -s and of s.
var odds = transform{
	eval: func(s []float64) []float64 { return []float64{1 - logistic(s[0]), logistic(s[0])} },
	expand: func(c *compose, s *graph.Value) *graph.Value {
		p := c.op("Sigmoid", nil, c.slice(s, 1, 0, 1))
		return c.concat(1, c.plus(c.neg(p), 1), p)
	},
}
