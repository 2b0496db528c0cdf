package onnx

import (
	"fmt"
	"slices"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() {
	registerControl("SequenceEmpty", 11, sequenceEmpty)
	registerControl("SequenceConstruct", 11, sequenceConstruct)
	registerControl("SequenceAt", 11, sequenceAt)
	registerControl("SequenceLength", 11, sequenceLength)
	registerControl("SequenceInsert", 11, sequenceInsert)
	registerControl("SequenceErase", 11, sequenceErase)
	registerControl("ConcatFromSequence", 11, concatFromSequence)
	registerControl("SplitToSequence", 11, splitToSequence)
}

func sequence(vs []*graph.Value) []binding { return []binding{{list: vs, isSeq: true}} }

// items is input i, which must be a sequence.
func (c *call) items(i int) ([]*graph.Value, error) {
	if i >= len(c.in) || !c.in[i].isSeq {
		return nil, &Error{Code: CodeType, Want: fmt.Sprintf("input %d a sequence", i), Got: "a tensor, or nothing"}
	}
	return c.in[i].list, c.b.budget.spend(len(c.in[i].list) / 64)
}

// position is the place that input i names among n, def when it is omitted.
func (c *call) position(i, n, def int) (int, error) {
	v, err := c.tensor(i)
	if err != nil || v == nil {
		return def, err
	}
	x, err := scalar("a position", v)
	if err != nil {
		return 0, err
	}
	if x < 0 {
		x += float64(n)
	}
	if !(x >= 0 && x < float64(n)) {
		return 0, &Error{Code: CodeShape, Want: fmt.Sprintf("a position within %d", n), Got: fmt.Sprint(x)}
	}
	return int(x), nil
}

// sequenceEmpty carries out SequenceEmpty (ONNX 11). The type of its elements is that of what is inserted.
func sequenceEmpty(c *call) ([]binding, error) {
	if err := c.arity(0, 0); err != nil {
		return nil, err
	}
	return sequence(nil), c.only("dtype")
}

// sequenceConstruct carries out SequenceConstruct (ONNX 11).
func sequenceConstruct(c *call) ([]binding, error) {
	if err := c.arity(1, len(c.in)); err != nil {
		return nil, err
	}
	vs, err := c.tensors()
	if err != nil {
		return nil, err
	}
	if slices.Contains(vs, nil) {
		return nil, &Error{Code: CodeArity, Want: "inputs that are all given", Got: "an omitted one"}
	}
	return sequence(vs), c.only()
}

// sequenceAt carries out SequenceAt (ONNX 11).
func sequenceAt(c *call) ([]binding, error) {
	if err := c.arity(2, 2); err != nil {
		return nil, err
	}
	vs, err := c.items(0)
	if err != nil {
		return nil, err
	}
	i, err := c.position(1, len(vs), 0)
	if err != nil {
		return nil, err
	}
	return []binding{{value: vs[i]}}, c.only()
}

// sequenceLength carries out SequenceLength (ONNX 11).
func sequenceLength(c *call) ([]binding, error) {
	if err := c.arity(1, 1); err != nil {
		return nil, err
	}
	vs, err := c.items(0)
	if err != nil {
		return nil, err
	}
	return []binding{{value: c.known(tensor.Int64, nil, float64(len(vs)))}}, c.only()
}

// sequenceInsert carries out SequenceInsert (ONNX 11).
func sequenceInsert(c *call) ([]binding, error) {
	if err := c.arity(2, 3); err != nil {
		return nil, err
	}
	vs, err := c.items(0)
	if err != nil {
		return nil, err
	}
	v, err := c.tensor(1)
	if err != nil {
		return nil, err
	}
	at, err := c.position(2, len(vs)+1, len(vs))
	if err != nil {
		return nil, err
	}
	if p, err := c.tensor(2); err == nil && p != nil && p.Const.Data[0] < 0 {
		at-- // negative places count from the end of what is there
	}
	if at < 0 {
		return nil, &Error{Code: CodeShape, Want: fmt.Sprintf("a position within %d", len(vs)), Got: "one before it"}
	}
	return sequence(slices.Insert(slices.Clone(vs), at, v)), c.only()
}

// sequenceErase carries out SequenceErase (ONNX 11).
func sequenceErase(c *call) ([]binding, error) {
	if err := c.arity(1, 2); err != nil {
		return nil, err
	}
	vs, err := c.items(0)
	if err != nil {
		return nil, err
	}
	at, err := c.position(1, len(vs), len(vs)-1)
	if err != nil {
		return nil, err
	}
	if at < 0 {
		return nil, &Error{Code: CodeShape, Want: "a sequence that is not empty", Got: "an empty one"}
	}
	return sequence(slices.Delete(slices.Clone(vs), at, at+1)), c.only()
}

// concatFromSequence carries out ConcatFromSequence (ONNX 11).
func concatFromSequence(c *call) ([]binding, error) {
	if err := c.arity(1, 1); err != nil {
		return nil, err
	}
	vs, err := c.items(0)
	if err != nil {
		return nil, err
	}
	axis, err := c.integer("axis", 0)
	if err != nil {
		return nil, err
	}
	fresh, err := c.integer("new_axis", 0)
	if err != nil {
		return nil, err
	}
	if len(vs) == 0 || vs[0] == nil {
		return nil, &Error{Code: CodeShape, Want: "a sequence that is not empty", Got: "an empty one"}
	}
	var v *graph.Value
	if fresh != 0 {
		if axis, err = tensor.Axis(axis, len(vs[0].Type.Shape)+1); err != nil {
			return nil, &Error{Code: CodeShape, Err: err}
		}
		v, err = c.stack(slices.Clone(vs), axis, Port{})
	} else {
		v, err = c.emit("Concat", map[string]any{"axis": int64(axis)}, vs...)
	}
	if err != nil {
		return nil, err
	}
	return []binding{{value: v}}, c.only("axis", "new_axis")
}

// splitToSequence carries out SplitToSequence (ONNX 11, 24).
func splitToSequence(c *call) ([]binding, error) {
	if err := c.arity(1, 2); err != nil {
		return nil, err
	}
	x, err := c.tensor(0)
	if err != nil {
		return nil, err
	}
	axis, err := c.integer("axis", 0)
	if err != nil {
		return nil, err
	}
	if axis, err = tensor.Axis(axis, len(x.Type.Shape)); err != nil {
		return nil, &Error{Code: CodeShape, Err: err}
	}
	keep, err := c.integer("keepdims", 1)
	if err != nil {
		return nil, err
	}
	split, err := c.tensor(1)
	if err != nil {
		return nil, err
	}
	parts, err := c.parts(split, x.Type.Shape[axis])
	if err != nil {
		return nil, err
	}
	var vs []*graph.Value
	at := 0
	for _, n := range parts {
		var v *graph.Value
		if split == nil && keep == 0 {
			v, err = c.emit("Gather", map[string]any{"axis": int64(axis)}, x, c.known(tensor.Int64, nil, float64(at)))
		} else {
			number := func(n int) *graph.Value { return c.known(tensor.Int64, tensor.Shape{1}, float64(n)) }
			v, err = c.emit("Slice", nil, x, number(at), number(at+n), number(axis))
		}
		if err != nil {
			return nil, err
		}
		vs = append(vs, v)
		at += n
	}
	return sequence(vs), c.only("axis", "keepdims")
}

// parts are the extents that an axis of extent n splits into: as listed, of one size, or of one element.
func (c *call) parts(split *graph.Value, n int) ([]int, error) {
	if split == nil {
		if err := c.b.budget.spend(n); err != nil {
			return nil, err
		}
		return slices.Repeat([]int{1}, n), nil
	}
	if split.Const == nil {
		return nil, &Error{Code: CodeNotConstant, Want: "a split known at compile time", Got: fmt.Sprintf("variable %q", split.Name)}
	}
	var list []int
	left := n
	take := func(x float64) bool {
		ok := x >= 0 && x <= float64(left)
		if ok {
			list = append(list, int(x))
			left -= int(x)
		}
		return ok
	}
	bad := &Error{Code: CodeShape, Want: fmt.Sprintf("a split of extent %d", n), Got: fmt.Sprint(split.Const.Data[:min(len(split.Const.Data), 8)])}
	if len(split.Type.Shape) == 0 {
		if split.Const.Data[0] < 1 {
			return nil, bad
		}
		for left > 0 {
			if err := c.b.budget.spend(1); err != nil {
				return nil, err
			}
			take(min(split.Const.Data[0], float64(left)))
		}
		return list, nil
	}
	for _, x := range split.Const.Data {
		if !take(x) {
			return nil, bad
		}
	}
	if left > 0 {
		return nil, bad
	}
	return list, nil
}
