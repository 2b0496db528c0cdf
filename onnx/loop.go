package onnx

import (
	"fmt"
	"math"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { registerControl("Loop", 1, loop) }

// loop carries out Loop (ONNX 1, 11, 13, 16, 19, 21, 23, 24, 25): it unrolls the body while the condition, which must
// be known at each step, holds. Values of the iterations that correspond form groups.
func loop(c *call) ([]binding, error) {
	if err := c.only("body"); err != nil {
		return nil, err
	}
	d, err := c.graph("body")
	if err != nil {
		return nil, err
	}
	for len(c.in) < 2 {
		c.in = append(c.in, binding{})
	}
	state := c.in[2:]
	scans := len(d.outputs) - 1 - len(state)
	if len(d.inputs) != 2+len(state) || scans < 0 {
		return nil, &Error{Code: CodeArity, Want: fmt.Sprintf("a body of %d inputs and at least %d outputs", 2+len(state), 1+len(state)), Got: fmt.Sprintf("%d and %d", len(d.inputs), len(d.outputs))}
	}
	trips, going := math.Inf(1), true
	if v, err := c.tensor(0); err != nil {
		return nil, err
	} else if v != nil {
		if trips, err = scalar("a trip count", v); err != nil {
			return nil, err
		}
	}
	if v, err := c.tensor(1); err != nil {
		return nil, err
	} else if v != nil {
		cond, err := scalar("a condition", v)
		if err != nil {
			return nil, err
		}
		going = cond != 0
	}
	rows := make([][]*graph.Value, scans)
	var last *scope
	for i := 0; float64(i) < trips && going; i++ {
		s, err := c.iteration(d, last, i)
		if err != nil {
			return nil, err
		}
		s.names[d.inputs[0].Name] = binding{value: c.known(tensor.Int64, nil, float64(i))}
		s.names[d.inputs[1].Name] = binding{value: c.known(tensor.Bool, nil, 1)}
		for j, v := range state {
			s.names[d.inputs[2+j].Name] = v
		}
		outs, err := c.outputsOf(s)
		if err != nil {
			return nil, err
		}
		if outs[0].value == nil {
			return nil, &Error{Code: CodeType, Want: "a condition that is a tensor", Got: "a sequence, or nothing"}
		}
		cond, err := scalar("a condition", outs[0].value)
		if err != nil {
			return nil, err
		}
		going, state, last = cond != 0, outs[1:1+len(state)], s
		if err := collect(rows, outs[1+len(state):]); err != nil {
			return nil, err
		}
	}
	outs := append([]binding{}, state...)
	for j := range rows {
		v, err := c.stack(rows[j], 0, d.outputs[1+len(state)+j])
		if err != nil {
			return nil, err
		}
		outs = append(outs, binding{value: v})
	}
	return outs, nil
}

// iteration is the scope of iteration i of a body.
func (c *call) iteration(d *body, last *scope, i int) (*scope, error) {
	if err := c.b.budget.spend(1 + (len(d.inputs)+len(d.outputs))/8); err != nil {
		return nil, err
	}
	s := c.s.inside(d, fmt.Sprintf("%s/%d", c.o.name, i))
	s.group = fmt.Sprintf("%s%s/", c.s.group, c.o.name)
	if c.s.group == "" {
		s.group = c.s.prefix + s.group
	}
	if last != nil {
		s.previous = last.done
		last.done, last.previous = nil, nil
	}
	return s, nil
}

// collect adds an iteration's results to the rows of each output.
func collect(rows [][]*graph.Value, outs []binding) error {
	for j, v := range outs {
		if v.value == nil {
			return &Error{Code: CodeType, Want: "results of an iteration that are tensors", Got: "a sequence, or nothing"}
		}
		rows[j] = append(rows[j], v.value)
	}
	return nil
}

// stack joins tensors of one type along a new axis. Of none it is empty, of the type that the body declares.
func (c *call) stack(rows []*graph.Value, axis int, p Port) (*graph.Value, error) {
	if len(rows) == 0 {
		s := tensor.Shape{}
		for _, d := range p.Dims {
			s = append(s, d.Size)
		}
		if axis > len(s) || !p.Known {
			return nil, &Error{Code: CodeShape, Want: "an iteration, or a body that declares its outputs' shapes", Got: "no iteration"}
		}
		s = append(s[:axis:axis], append(tensor.Shape{0}, s[axis:]...)...)
		return c.known(p.DType, s), nil
	}
	at := c.known(tensor.Int64, tensor.Shape{1}, float64(axis))
	for i, v := range rows {
		var err error
		if rows[i], err = c.emit("Unsqueeze", nil, v, at); err != nil {
			return nil, err
		}
	}
	return c.emit("Concat", map[string]any{"axis": int64(axis)}, rows...)
}
