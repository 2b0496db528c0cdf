package input

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"assay/ir/tensor"
)

// array is what a file holds for one model input: one or more samples, row-major.
type array struct {
	name  string // name of a model input, or arr_0, arr_1 ... for its position
	dtype tensor.DType
	shape tensor.Shape
	data  []float64
}

// assemble matches arrays to model inputs, by name or else by position, and cuts them into samples.
func assemble(arrays []array, specs []Spec, opt Options) ([]Sample, error) {
	matched, err := match(arrays, specs)
	if err != nil {
		return nil, err
	}
	var samples []Sample
	for i, spec := range specs {
		a := matched[i]
		count, err := a.count(spec)
		if err != nil {
			return nil, about(err, spec.Name)
		}
		if i == 0 {
			if count > MaxSamples {
				return nil, refuse(CodeLimit, fmt.Sprintf("at most %d samples", MaxSamples), "%d", count)
			}
			if count > opt.maxValues()/sampleSize(specs) {
				return nil, refuse(CodeLimit, fmt.Sprintf("at most %d numbers", opt.maxValues()), "%d samples of %d", count, sampleSize(specs))
			}
			samples = make([]Sample, count)
			for j := range samples {
				samples[j] = make(Sample, len(specs))
			}
		}
		if count != len(samples) {
			return nil, about(refuse(CodeShape, fmt.Sprintf("%d samples, as input %q has", len(samples), specs[0].Name), "%d", count), spec.Name)
		}
		if err := convert(a.data, a.dtype, spec.DType); err != nil {
			return nil, about(err, spec.Name)
		}
		n := spec.Shape.Size()
		for j := range samples {
			samples[j][spec.Name] = &tensor.Float{Shape: spec.Shape.Clone(), Data: a.data[j*n : (j+1)*n : (j+1)*n]}
		}
	}
	return samples, nil
}

// match puts the arrays in the order of specs.
func match(arrays []array, specs []Spec) ([]array, error) {
	at := make(map[string]int, len(specs))
	positional := len(arrays) > 0
	for i, s := range specs {
		at[s.Name] = i
	}
	for _, a := range arrays {
		if _, ok := at[a.name]; ok || !strings.HasPrefix(a.name, "arr_") {
			positional = false
		}
	}
	if positional {
		clear(at)
		for i := range specs {
			at["arr_"+strconv.Itoa(i)] = i
		}
	}
	out := make([]array, len(specs))
	seen := make([]bool, len(specs))
	for _, a := range arrays {
		i, ok := at[a.name]
		switch {
		case !ok:
			return nil, refuse(CodeName, "arrays named "+names(specs), "one named %q", a.name)
		case seen[i]:
			return nil, refuse(CodeName, "each array once", "%q twice", a.name)
		}
		out[i], seen[i] = a, true
	}
	if i := slices.Index(seen, false); i >= 0 {
		return nil, refuse(CodeName, "arrays named "+names(specs), "none for %q", specs[i].Name)
	}
	return out, nil
}

// count is how many samples of the model input the array holds.
func (a array) count(spec Spec) (int, error) {
	s, rank := spec.Shape, len(spec.Shape)
	switch {
	case a.shape.Equal(s):
		return 1, nil
	case len(a.shape) == rank+1 && a.shape[1:].Equal(s) && a.shape[0] > 0:
		return a.shape[0], nil
	case rank > 0 && len(a.shape) == rank && a.shape[1:].Equal(s[1:]) && a.shape[0] > 0 && a.shape[0]%s[0] == 0:
		return a.shape[0] / s[0], nil
	case rank > 0 && s[0] == 1 && a.shape.Equal(s[1:]):
		return 1, nil
	}
	want := s.String()
	if rank > 0 {
		want += ", or that shape for several samples along the leading axis"
	}
	return 0, refuse(CodeShape, want, "%v", a.shape)
}

func names(specs []Spec) string {
	n := make([]string, len(specs))
	for i, s := range specs {
		n[i] = strconv.Quote(s.Name)
	}
	return strings.Join(n, ", ")
}

// sampleSize is how many numbers one sample holds.
func sampleSize(specs []Spec) int {
	n := 0
	for _, s := range specs {
		n += s.Shape.Size()
	}
	return n
}

// checkSpecs refuses a model whose inputs no file can hold.
func checkSpecs(specs []Spec) error {
	if len(specs) == 0 {
		return refuse(CodeShape, "a model with inputs", "none")
	}
	total := 0
	for _, s := range specs {
		n, err := s.Shape.CheckedSize(tensor.MaxElements - total)
		if err != nil || n == 0 {
			return about(refuse(CodeShape, "a model input of fixed, positive extents", "%v", s.Shape), s.Name)
		}
		total += n
		if kindOf(s.DType) == 0 {
			return about(refuse(CodeDType, "a model input of numbers or booleans", "%v", s.DType), s.Name)
		}
	}
	return nil
}
