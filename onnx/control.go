package onnx

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"assay/ir/graph"
	"assay/onnx/ops"
)

// controller carries out the use of an operator that is gone once the model is read, and gives its outputs.
type controller func(*call) ([]binding, error)

// controlForm is a form of an operator in versions of its domain from since to before until.
type controlForm struct {
	since, until int
	apply        controller
}

// controls are the forms by domain and kind of the operator.
var controls = map[[2]string][]controlForm{}

// registerControl adds the form of an operator that opset since introduced. A duplicate panics.
func registerControl(kind string, since int, apply controller) {
	addControl("", kind, controlForm{since, ops.MaxOpset + 1, apply})
}

// registerContrib adds an operator of com.microsoft.
func registerContrib(kind string, apply controller) {
	_, last, _ := ops.Versions(ops.DomainMicrosoft)
	addControl(ops.DomainMicrosoft, kind, controlForm{1, last + 1, apply})
}

// registerLegacy adds the form that an operator of package ops had from opset 1 to before until.
func registerLegacy(kind string, until int, apply controller) {
	addControl("", kind, controlForm{1, until, apply})
}

func addControl(domain, kind string, form controlForm) {
	k := [2]string{domain, kind}
	for _, f := range controls[k] {
		if f.since == form.since {
			panic(fmt.Sprintf("onnx: %s of version %d of domain %q is registered twice", kind, form.since, domain))
		}
	}
	controls[k] = append(controls[k], form)
	slices.SortFunc(controls[k], func(a, b controlForm) int { return a.since - b.since })
}

// control is the form that a model of the given version uses; nil for any other operator.
func control(domain, kind string, version int) (apply controller) {
	for _, f := range controls[[2]string{domain, kind}] {
		if f.since <= version && version < f.until {
			apply = f.apply
		}
	}
	return apply
}

// Operators lists the operators that a model may use, by domain and name: those of package ops, and control flow.
func Operators() []ops.Entry {
	list := ops.List()
	for i, e := range list {
		if forms := controls[[2]string{e.Domain, e.Name}]; forms != nil {
			list[i].Opsets = fmt.Sprintf("%d-%d", forms[0].since, ops.MaxOpset)
		}
	}
	for k, forms := range controls {
		_, last, _ := ops.Versions(k[0])
		if forms[0].until <= last {
			continue
		}
		e := ops.Entry{Domain: k[0], Name: k[1], Opsets: fmt.Sprintf("%d-%d", forms[0].since, last)}
		for _, f := range forms {
			e.Since = append(e.Since, f.since)
		}
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b ops.Entry) int {
		return cmp.Or(strings.Compare(a.Domain, b.Domain), strings.Compare(a.Name, b.Name))
	})
	return list
}

// arity checks the number of inputs, of which the first low have to be given.
func (c *call) arity(low, high int) error {
	ok := len(c.in) >= low && len(c.in) <= high
	for i := 0; ok && i < low; i++ {
		ok = c.in[i].value != nil || c.in[i].isSeq
	}
	if !ok {
		return &Error{Code: CodeArity, Want: fmt.Sprintf("%d to %d inputs", low, high), Got: fmt.Sprint(len(c.in))}
	}
	return nil
}

// become applies another operator, of opset emitOpset, in place of the node.
func (c *call) become(kind string, attrs map[string]any, in ...*graph.Value) ([]binding, error) {
	n := &graph.Node{Name: c.n.Name, Kind: kind}
	return c.apply(n, ops.NewAttrs(emitOpset, slices.Clone(in), c.outputs, attrs), c.o.out[:c.outputs])
}

// only refuses attributes of other names.
func (c *call) only(names ...string) error {
	for name := range c.attrs {
		if !slices.Contains(names, name) {
			return &Error{Code: CodeBadAttribute, Want: "no other attributes", Got: name}
		}
	}
	return nil
}

// graph is an attribute that is a graph.
func (c *call) graph(name string) (*body, error) {
	d, ok := c.attrs[name].(*body)
	if !ok {
		return nil, &Error{Code: CodeBadAttribute, Want: "attribute " + name + ", a graph", Got: fmt.Sprintf("%T", c.attrs[name])}
	}
	return d, d.load()
}

// integer is an attribute.
func (c *call) integer(name string, def int) (int, error) {
	v, ok := c.attrs[name]
	if !ok {
		return def, nil
	}
	n, ok := v.(int64)
	if !ok {
		return 0, &Error{Code: CodeBadAttribute, Want: "attribute " + name + ", an integer", Got: fmt.Sprintf("%T", v)}
	}
	return int(n), nil
}

// integers is an attribute of n integers, zeros where it is absent.
func (c *call) integers(name string, n int) ([]int, error) {
	r := make([]int, n)
	v, ok := c.attrs[name]
	if !ok {
		return r, nil
	}
	list, ok := v.([]int64)
	if !ok || len(list) != n {
		return nil, &Error{Code: CodeBadAttribute, Want: fmt.Sprintf("attribute %s, %d integers", name, n), Got: fmt.Sprintf("%v", v)}
	}
	for i, x := range list {
		r[i] = int(x)
	}
	return r, nil
}

// tensor is input i, which must be a tensor; nil when it is omitted.
func (c *call) tensor(i int) (*graph.Value, error) {
	if i >= len(c.in) {
		return nil, nil
	}
	if c.in[i].isSeq {
		return nil, &Error{Code: CodeType, Want: fmt.Sprintf("input %d a tensor", i), Got: "a sequence"}
	}
	return c.in[i].value, nil
}

// scalar is the only element of v, which must be known when the model is read.
func scalar(what string, v *graph.Value) (float64, error) {
	switch {
	case v.Const == nil:
		return 0, &Error{Code: CodeNotConstant, Want: what + " known at compile time", Got: fmt.Sprintf("variable %q", v.Name)}
	case len(v.Const.Data) != 1:
		return 0, &Error{Code: CodeShape, Want: what + " of one element", Got: v.Type.String()}
	}
	return v.Const.Data[0], nil
}

// outputsOf runs the body of s and gives its outputs.
func (c *call) outputsOf(s *scope) ([]binding, error) {
	if err := c.b.run(s); err != nil {
		return nil, err
	}
	outs := make([]binding, len(s.body.outputs))
	for i, p := range s.body.outputs {
		v, ok := s.find(p.Name)
		if !ok {
			return nil, &Error{Code: CodeMissingTensor, Want: fmt.Sprintf("an output %q that a node defines", p.Name), Got: "none of that name"}
		}
		outs[i] = v
	}
	return outs, nil
}
