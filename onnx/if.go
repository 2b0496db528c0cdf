package onnx

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() { registerControl("If", 1, branch) }

// branch carries out If (ONNX 1, 11, 13, 16, 19, 21, 23, 24, 25). Of a condition that is known the branch taken is
// left; of any other both, and a choice between their outputs, which must then have the same types.
func branch(c *call) ([]binding, error) {
	if err := c.arity(1, 1); err != nil {
		return nil, err
	}
	if err := c.only("then_branch", "else_branch"); err != nil {
		return nil, err
	}
	cond, err := c.tensor(0)
	if err != nil {
		return nil, err
	}
	if cond.Type.Shape.Size() != 1 {
		return nil, &Error{Code: CodeShape, Want: "a condition of one element", Got: cond.Type.String()}
	}
	if cond.Const == nil {
		return c.either(cond)
	}
	if cond.Const.Data[0] != 0 {
		return c.branch("then_branch")
	}
	return c.branch("else_branch")
}

func (c *call) branch(name string) ([]binding, error) {
	d, err := c.graph(name)
	if err != nil {
		return nil, err
	}
	if len(d.inputs) > 0 {
		return nil, &Error{Code: CodeArity, Want: name + " without inputs", Got: fmt.Sprint(len(d.inputs))}
	}
	return c.outputsOf(c.s.inside(d, c.o.name+"/"+name))
}

// either computes both branches.
func (c *call) either(cond *graph.Value) ([]binding, error) {
	refuse := func(got error) error {
		return &Error{Code: CodeNotConstant, Want: "a condition known at compile time, or branches that give the same types", Got: fmt.Sprintf("variable %q", cond.Name), Err: got}
	}
	yes, err := c.branch("then_branch")
	if err != nil {
		return nil, refuse(err)
	}
	no, err := c.branch("else_branch")
	if err != nil {
		return nil, refuse(err)
	}
	if len(yes) != len(no) {
		return nil, refuse(fmt.Errorf("%d and %d outputs", len(yes), len(no)))
	}
	if len(cond.Type.Shape) > 0 {
		if cond, err = c.emit("Reshape", nil, cond, c.known(tensor.Int64, tensor.Shape{0})); err != nil {
			return nil, err
		}
	}
	outs := make([]binding, len(yes))
	for i := range outs {
		x, y := yes[i].value, no[i].value
		if x == nil || y == nil || x.Type.DType != y.Type.DType || !x.Type.Shape.Equal(y.Type.Shape) {
			return nil, refuse(fmt.Errorf("output %d differs in its type", i))
		}
		if outs[i].value = x; x != y {
			if outs[i].value, err = c.emit("Where", nil, cond, x, y); err != nil {
				return nil, err
			}
		}
	}
	return outs, nil
}
