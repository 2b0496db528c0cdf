package suite

import (
	"errors"
	"fmt"
	"slices"

	"assay/ir/graph"
	"assay/ir/tensor"
	"assay/onnx"
)

// importer decodes a model with its free dimensions taken from test data, and inputs fixed where they must be.
type importer struct {
	model []byte
	info  *onnx.Info
	data  []data // of the inputs, in order; nil without test data
	fixed []int  // positions of the inputs that are constants
	keep  int    // how many inputs must stay variable
	size  int    // of free dimensions without test data
}

// decode imports with the fixed inputs as they are.
func (m *importer) decode() (*graph.Graph, error) {
	opt := onnx.Options{Dims: map[string]int{}, Constants: map[string]*tensor.Float{}}
	if m.data == nil {
		for _, p := range m.info.Inputs {
			for a, dim := range p.Dims {
				if a > 0 && dim.Size <= 0 {
					opt.Dims[fmt.Sprintf("%s.%d", p.Name, a)] = m.size
				}
			}
		}
	}
	for i, d := range m.data {
		if slices.Contains(m.fixed, i) {
			opt.Constants[d.name] = d.value
			continue
		}
		for a, dim := range m.info.Inputs[i].Dims {
			if dim.Size <= 0 && a < len(d.value.Shape) {
				opt.Dims[fmt.Sprintf("%s.%d", d.name, a)] = d.value.Shape[a]
			}
		}
	}
	g, _, err := onnx.Decode(m.model, opt)
	return g, err
}

// freeSizes are tried for the free dimensions of a model without test data, the leading ones apart.
var freeSizes = []int{1, 16, 64, 320}

// maxFixings bounds how many sets of inputs are tried.
const maxFixings = 200

// search imports with as few inputs fixed as the import takes: those that hold no elements or no numbers, and
// besides the first set of inputs, by size, with which try does not end in a refusal to take an input as a variable.
func (m *importer) search(try func() error) error {
	var always, free []int
	for i, d := range m.data {
		if len(d.value.Data) == 0 || !finite(d.value) {
			always = append(always, i)
		} else {
			free = append(free, i)
		}
	}
	// Later inputs and inputs of integers are fixed first: parameters come after what they apply to.
	slices.SortStableFunc(free, func(a, b int) int {
		x, y := m.data[a].dtype.IsFloat(), m.data[b].dtype.IsFloat()
		if x != y {
			if y {
				return -1
			}
			return 1
		}
		return b - a
	})
	var first error
	tries := 0
	for size := 0; size <= len(free)-m.keep || size == 0; size++ {
		for _, pick := range choose(len(free), size) {
			if tries++; tries > maxFixings {
				return first
			}
			m.fixed = slices.Clone(always)
			for _, p := range pick {
				m.fixed = append(m.fixed, free[p])
			}
			err := try()
			if err == nil || !wantsConstant(err) {
				return err
			}
			if first == nil {
				first = err
			}
		}
	}
	return first
}

// wantsConstant reports whether err refuses an input because it is not known at compile time.
func wantsConstant(err error) bool {
	var coded *graph.Error
	return errors.As(err, &coded) && coded.Code == onnx.CodeNotConstant
}

// choose lists the subsets of [0, n) of a size, in lexical order.
func choose(n, size int) [][]int {
	if size == 0 {
		return [][]int{nil}
	}
	var all [][]int
	for last := size - 1; last < n; last++ {
		for _, rest := range choose(last, size-1) {
			all = append(all, append(slices.Clone(rest), last))
		}
	}
	return all
}

// names are the fixed inputs.
func (m *importer) names() (list []string) {
	for i, d := range m.data {
		if slices.Contains(m.fixed, i) {
			list = append(list, d.name)
		}
	}
	return list
}
