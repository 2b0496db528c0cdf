package onnx

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"assay/ir/tensor"
)

// bindDims gives each input a static shape. Inputs that are given as constants bind the symbols of their shapes. A
// symbol that leads any other input is 1 everywhere unless it is bound.
func bindDims(inputs []Port, opt Options) ([]tensor.Shape, error) {
	unused := map[string]bool{}
	dims := maps.Clone(opt.Dims)
	if dims == nil {
		dims = map[string]int{}
	}
	for name, d := range opt.Dims {
		unused[name] = true
		if d < 1 || d > opt.MaxElements {
			return nil, &Error{Code: CodeDims, Node: name, Want: fmt.Sprintf("an extent within [1, %d]", opt.MaxElements), Got: fmt.Sprint(d)}
		}
	}
	leading := map[string]bool{}
	for _, p := range inputs {
		if t := opt.Constants[p.Name]; t != nil {
			if err := p.bind(t, dims); err != nil {
				return nil, err
			}
		} else if len(p.Dims) > 0 {
			leading[p.Dims[0].Symbol] = true
		}
	}
	shapes := make([]tensor.Shape, len(inputs))
	for i, p := range inputs {
		if t := opt.Constants[p.Name]; t != nil {
			shapes[i] = t.Shape
			for _, d := range p.Dims {
				delete(unused, d.Symbol)
			}
			continue
		}
		if !p.Known {
			return nil, &Error{Code: CodeShape, Node: p.Name, Want: "an input with a shape", Got: "none"}
		}
		s := make(tensor.Shape, len(p.Dims))
		for a, d := range p.Dims {
			place := fmt.Sprintf("%s.%d", p.Name, a)
			delete(unused, place)
			delete(unused, d.Symbol)
			bound := dims[place]
			if bound == 0 && d.Symbol != "" {
				bound = dims[d.Symbol]
			}
			switch {
			case d.Size > 0:
				s[a] = d.Size
				if bound != 0 && bound != d.Size {
					return nil, &Error{Code: CodeDims, Node: place, Want: fmt.Sprintf("its fixed extent %d", d.Size), Got: fmt.Sprint(bound)}
				}
			case bound != 0:
				s[a] = bound
			case a == 0 || d.Symbol != "" && leading[d.Symbol]:
				s[a] = 1
			default:
				return nil, &Error{Code: CodeDims, Node: p.Name, Want: fmt.Sprintf("dimension %v of axis %d bound, as in %s=1", d, a, dimKey(d, place)), Got: "no binding"}
			}
		}
		if err := opt.check(s); err != nil {
			err.Node = p.Name
			return nil, err
		}
		shapes[i] = s
	}
	if len(unused) > 0 {
		var names []string
		for n := range unused {
			names = append(names, n)
		}
		slices.Sort(names)
		return nil, &Error{Code: CodeDims, Want: "bindings of dimensions that the inputs have", Got: strings.Join(names, ", ")}
	}
	return shapes, nil
}

// bind checks that a constant has the shape of the input, and binds the symbols in it.
func (p Port) bind(t *tensor.Float, dims map[string]int) error {
	if p.Known && len(p.Dims) != len(t.Shape) || len(t.Data) != t.Shape.Size() {
		return &Error{Code: CodeDims, Node: p.Name, Want: fmt.Sprintf("a constant of the shape of %v", p), Got: t.Shape.String()}
	}
	for a, d := range p.Dims {
		n := t.Shape[a]
		if d.Symbol != "" && dims[d.Symbol] == 0 {
			dims[d.Symbol] = n
		}
		if d.Size > 0 && d.Size != n || d.Symbol != "" && dims[d.Symbol] != n {
			return &Error{Code: CodeDims, Node: p.Name, Want: fmt.Sprintf("a constant of the shape of %v", p), Got: t.Shape.String()}
		}
	}
	return nil
}

func dimKey(d Dim, place string) string {
	if d.Symbol != "" {
		return d.Symbol
	}
	return place
}

// maxRank bounds the axes of a tensor.
const maxRank = 32

// check refuses shapes beyond the limits.
func (o Options) check(s tensor.Shape) *Error {
	if len(s) > maxRank {
		return &Error{Code: CodeTooLarge, Want: fmt.Sprintf("at most %d axes", maxRank), Got: fmt.Sprint(len(s))}
	}
	if _, err := s.CheckedSize(o.MaxElements); err != nil {
		return &Error{Code: CodeTooLarge, Err: err}
	}
	return nil
}
