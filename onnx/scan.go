package onnx

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() {
	registerControl("Scan", 8, scanBatch)
	registerControl("Scan", 9, scan)
}

// sweep is a Scan over one element of a batch.
type sweep struct {
	body      *body
	state     []binding
	in        []*graph.Value
	axes      []int // along which the inputs are cut
	backward  []int // 1 for inputs that are read from the end
	outAxes   []int // along which results are joined
	prepended []int // 1 for outputs whose last result comes first
}

// scan carries out Scan (ONNX 9, 11, 16, 19, 21, 23, 24, 25): it unrolls the body over the elements of its inputs
// along an axis. Values of the iterations that correspond form groups.
func scan(c *call) ([]binding, error) {
	err := c.only("body", "num_scan_inputs", "scan_input_axes", "scan_input_directions", "scan_output_axes", "scan_output_directions")
	if err != nil {
		return nil, err
	}
	s, err := c.sweep(c.in)
	if err != nil {
		return nil, err
	}
	if s.axes, err = c.integers("scan_input_axes", len(s.in)); err != nil {
		return nil, err
	}
	if s.backward, err = c.integers("scan_input_directions", len(s.in)); err != nil {
		return nil, err
	}
	outs := len(s.body.outputs) - len(s.state)
	if s.outAxes, err = c.integers("scan_output_axes", outs); err != nil {
		return nil, err
	}
	if s.prepended, err = c.integers("scan_output_directions", outs); err != nil {
		return nil, err
	}
	return c.unroll(s, c.s, c.o.name)
}

// sweep splits inputs into state and what is scanned.
func (c *call) sweep(in []binding) (*sweep, error) {
	d, err := c.graph("body")
	if err != nil {
		return nil, err
	}
	n, err := c.integer("num_scan_inputs", 0)
	if err != nil {
		return nil, err
	}
	if n < 1 || n > len(in) || len(d.inputs) != len(in) || len(d.outputs) < len(in)-n {
		return nil, &Error{Code: CodeArity, Want: fmt.Sprintf("at least one scanned input, and a body of %d inputs and %d outputs or more", len(in), len(in)-n),
			Got: fmt.Sprintf("%d scanned, %d inputs and %d outputs", n, len(d.inputs), len(d.outputs))}
	}
	s := &sweep{body: d, state: in[:len(in)-n]}
	for i, v := range in {
		if v.value == nil {
			return nil, &Error{Code: CodeType, Want: fmt.Sprintf("input %d a tensor", i), Got: "a sequence, or nothing"}
		}
		if i >= len(s.state) {
			s.in = append(s.in, v.value)
		}
	}
	return s, nil
}

// unroll gives the final state and the joined results. name is the prefix of the iterations' names.
func (c *call) unroll(s *sweep, outer *scope, name string) ([]binding, error) {
	steps := 0
	for i, v := range s.in {
		axis, err := tensor.Axis(s.axes[i], len(v.Type.Shape))
		if err != nil {
			return nil, &Error{Code: CodeShape, Err: err}
		}
		if s.axes[i] = axis; i == 0 {
			steps = v.Type.Shape[axis]
		}
		if v.Type.Shape[axis] != steps {
			return nil, &Error{Code: CodeShape, Want: fmt.Sprintf("%d elements along the scanned axis of each input", steps), Got: fmt.Sprint(v.Type.Shape[axis])}
		}
	}
	states := len(s.state)
	rows := make([][]*graph.Value, len(s.body.outputs)-states)
	var last *scope
	for t := range steps {
		it, err := c.iteration(s.body, last, t)
		if err != nil {
			return nil, err
		}
		for j, v := range s.state {
			it.names[s.body.inputs[j].Name] = v
		}
		for j, v := range s.in {
			at := t
			if s.backward[j] != 0 {
				at = steps - 1 - t
			}
			x, err := c.emit("Gather", map[string]any{"axis": int64(s.axes[j])}, v, c.known(tensor.Int64, nil, float64(at)))
			if err != nil {
				return nil, err
			}
			it.names[s.body.inputs[states+j].Name] = binding{value: x}
		}
		outs, err := c.outputsOf(it)
		if err != nil {
			return nil, err
		}
		s.state, last = outs[:states], it
		if err := collect(rows, outs[states:]); err != nil {
			return nil, err
		}
	}
	outs := append([]binding{}, s.state...)
	for j := range rows {
		p := s.body.outputs[states+j]
		rank := len(p.Dims)
		if steps > 0 {
			rank = len(rows[j][0].Type.Shape)
		}
		axis, err := tensor.Axis(s.outAxes[j], rank+1)
		if err != nil {
			return nil, &Error{Code: CodeShape, Err: err}
		}
		if s.prepended[j] != 0 {
			for a, b := 0, len(rows[j])-1; a < b; a, b = a+1, b-1 {
				rows[j][a], rows[j][b] = rows[j][b], rows[j][a]
			}
		}
		v, err := c.stack(rows[j], axis, p)
		if err != nil {
			return nil, err
		}
		outs = append(outs, binding{value: v})
	}
	return outs, nil
}

// scanBatch carries out Scan (ONNX 8), whose inputs and outputs lead with a batch axis, scanned ones before the axis
// that is scanned. Sequences must all be as long as the inputs are.
func scanBatch(c *call) ([]binding, error) {
	if err := c.only("body", "num_scan_inputs", "directions"); err != nil {
		return nil, err
	}
	if len(c.in) == 0 || c.in[0].isSeq || c.in[0].value != nil {
		return nil, &Error{Code: CodeArity, Want: "inputs without sequence_lens, which is not supported", Got: fmt.Sprint(len(c.in))}
	}
	whole, err := c.sweep(c.in[1:])
	if err != nil {
		return nil, err
	}
	backward, err := c.integers("directions", len(whole.in))
	if err != nil {
		return nil, err
	}
	batch := -1
	for i, v := range c.in[1:] {
		s := v.value.Type.Shape
		if len(s) == 0 || i > 0 && s[0] != batch {
			return nil, &Error{Code: CodeShape, Want: "inputs of one batch extent", Got: s.String()}
		}
		batch = s[0]
	}
	rows := make([][]*graph.Value, len(whole.body.outputs))
	for b := range batch {
		if err := c.b.budget.spend(1); err != nil {
			return nil, err
		}
		at := c.known(tensor.Int64, nil, float64(b))
		pick := func(v *graph.Value) (*graph.Value, error) {
			return c.emit("Gather", map[string]any{"axis": int64(0)}, v, at)
		}
		scans := len(whole.body.outputs) - len(whole.state)
		s := &sweep{body: whole.body, axes: make([]int, len(whole.in)), backward: backward, outAxes: make([]int, scans), prepended: make([]int, scans)}
		for _, v := range whole.state {
			x, err := pick(v.value)
			if err != nil {
				return nil, err
			}
			s.state = append(s.state, binding{value: x})
		}
		for _, v := range whole.in {
			x, err := pick(v)
			if err != nil {
				return nil, err
			}
			s.in = append(s.in, x)
		}
		outs, err := c.unroll(s, c.s, c.o.name)
		if err != nil {
			return nil, err
		}
		if err := collect(rows, outs); err != nil {
			return nil, err
		}
	}
	var outs []binding
	for j := range rows {
		v, err := c.stack(rows[j], 0, whole.body.outputs[j])
		if err != nil {
			return nil, err
		}
		outs = append(outs, binding{value: v})
	}
	return outs, nil
}
