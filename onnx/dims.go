package onnx

import (
	"fmt"
	"slices"
	"strings"

	"assay/ir/tensor"
)

// bindDims gives each input a static shape. A symbol that leads any input is 1 everywhere unless it is bound.
func bindDims(inputs []Port, opt Options) ([]tensor.Shape, error) {
	unused := map[string]bool{}
	for name, d := range opt.Dims {
		unused[name] = true
		if d < 1 || d > opt.MaxElements {
			return nil, &Error{Code: CodeDims, Node: name, Want: fmt.Sprintf("an extent within [1, %d]", opt.MaxElements), Got: fmt.Sprint(d)}
		}
	}
	leading := map[string]bool{}
	for _, p := range inputs {
		if len(p.Dims) > 0 {
			leading[p.Dims[0].Symbol] = true
		}
	}
	shapes := make([]tensor.Shape, len(inputs))
	for i, p := range inputs {
		if !p.Known {
			return nil, &Error{Code: CodeShape, Node: p.Name, Want: "an input with a shape", Got: "none"}
		}
		s := make(tensor.Shape, len(p.Dims))
		for a, d := range p.Dims {
			place := fmt.Sprintf("%s.%d", p.Name, a)
			delete(unused, place)
			delete(unused, d.Symbol)
			bound := opt.Dims[place]
			if bound == 0 && d.Symbol != "" {
				bound = opt.Dims[d.Symbol]
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
		if _, err := s.CheckedSize(opt.MaxElements); err != nil {
			return nil, &Error{Code: CodeTooLarge, Node: p.Name, Err: err}
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

func dimKey(d Dim, place string) string {
	if d.Symbol != "" {
		return d.Symbol
	}
	return place
}
