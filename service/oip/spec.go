package oip

import (
	"fmt"
	"slices"

	"assay/ir/tensor"
)

// Spec is what a model says of one of its inputs or outputs.
type Spec struct {
	Name     string   `json:"name" doc:"Name of the input or output"`
	Datatype Datatype `json:"datatype" doc:"Element type, as in FP32"`
	Shape    []int    `json:"shape" doc:"Extent of each axis, outermost first"`
}

// Decode reads the tensors of a request. There must be exactly one for each spec, of its datatype and shape.
func Decode(specs []Spec, tensors []Tensor) (map[string]*tensor.Float, error) {
	out := make(map[string]*tensor.Float, len(specs))
	for _, t := range tensors {
		i := slices.IndexFunc(specs, func(s Spec) bool { return s.Name == t.Name })
		switch {
		case i < 0:
			return nil, fmt.Errorf("tensor %q: want one of %v", t.Name, names(specs))
		case out[t.Name] != nil:
			return nil, fmt.Errorf("tensor %q: given twice", t.Name)
		case specs[i].Datatype != t.Datatype:
			return nil, fmt.Errorf("tensor %q: want datatype %s, got %s", t.Name, specs[i].Datatype, t.Datatype)
		case !slices.Equal(specs[i].Shape, t.Shape):
			return nil, fmt.Errorf("tensor %q: want shape %v, got %v", t.Name, specs[i].Shape, t.Shape)
		}
		v, err := t.Decode()
		if err != nil {
			return nil, err
		}
		out[t.Name] = v
	}
	for _, s := range specs {
		if out[s.Name] == nil {
			return nil, fmt.Errorf("tensor %q: missing", s.Name)
		}
	}
	return out, nil
}

// EncodeAll gives one tensor for each spec, in the order of the specs.
func EncodeAll(specs []Spec, values map[string]*tensor.Float) ([]Tensor, error) {
	out := make([]Tensor, len(specs))
	for i, s := range specs {
		v, ok := values[s.Name]
		if !ok {
			return nil, fmt.Errorf("tensor %q: the model gave none", s.Name)
		}
		t, err := Encode(s.Name, s.Datatype, v)
		if err != nil {
			return nil, err
		}
		out[i] = t
	}
	return out, nil
}

func names(specs []Spec) []string {
	n := make([]string, len(specs))
	for i, s := range specs {
		n[i] = s.Name
	}
	return n
}
