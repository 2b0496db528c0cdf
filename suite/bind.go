package suite

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

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
	opt := onnx.Options{Large: true, Dims: map[string]int{}, Constants: map[string]*tensor.Float{}}
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

// search imports with few inputs fixed: those that hold no elements or no numbers, then each that the import names as
// it refuses a variable, and where it names none of the inputs, the first set of them, by size, that it takes.
func (m *importer) search(try func() error) error {
	var always, free []int
	for i, d := range m.data {
		if len(d.value.Data) == 0 || !finite(d.value) {
			always = append(always, i)
		} else {
			free = append(free, i)
		}
	}
	m.fixed = slices.Clone(always)
	for {
		err := try()
		if err == nil || !wantsConstant(err) {
			return err
		}
		i := m.named(err)
		if i < 0 || slices.Contains(m.fixed, i) || len(m.fixed)-len(always) >= len(free)-m.keep {
			return m.exhaust(always, free, try, err)
		}
		m.fixed = append(m.fixed, i)
	}
}

// named is the input that a refusal names, or -1.
func (m *importer) named(err error) int {
	var coded *graph.Error
	if !errors.As(err, &coded) {
		return -1
	}
	return slices.IndexFunc(m.data, func(d data) bool { return strings.Contains(coded.Got, strconv.Quote(d.name)) })
}

// exhaust fixes sets of the free inputs in order of size. It gives first if none will do.
func (m *importer) exhaust(always, free []int, try func() error, first error) error {
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
	tries := 0
	for size := 1; size <= len(free)-m.keep; size++ {
		for _, pick := range choose(len(free), size) {
			if tries++; tries > maxFixings {
				return first
			}
			m.fixed = slices.Clone(always)
			for _, p := range pick {
				m.fixed = append(m.fixed, free[p])
			}
			if err := try(); err == nil || !wantsConstant(err) {
				return err
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
