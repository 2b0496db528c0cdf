package cost

import (
	"fmt"
	"math/rand"

	"assay/ir/program"
	"assay/ir/tensor"
)

// Specimen is a circuit made to be measured: a layer of so many inputs, rounded and clamped, whose elements may be
// multiplied by each other.
type Specimen struct {
	Inputs   int  `json:"inputs"`
	Elements int  `json:"elements"`
	Shift    uint `json:"shift"`    // bits that are rounded away: more than the range table has take several lookups
	Products bool `json:"products"` // squares of the elements
	Rows     int  `json:"rows"`     // of the table of the rounded elements, most of which nothing looks up; 0 for 256
}

// Specimens are measured by Calibrate. Some fill their domain and some do not; they differ in terms, advice and products a
// constraint, and in how many weights are distinct.
func Specimens() []Specimen {
	return []Specimen{
		{Inputs: 16, Elements: 200, Shift: 8},
		{Inputs: 8, Elements: 3000, Shift: 10},
		{Inputs: 8, Elements: 20, Shift: 6, Rows: 15000},
		{Inputs: 8, Elements: 500, Shift: 6, Rows: 60000},
		{Inputs: 200, Elements: 700, Shift: 24},
		{Inputs: 1000, Elements: 1500, Shift: 12},
		{Inputs: 8, Elements: 8000, Shift: 10},
		{Inputs: 24, Elements: 12000, Shift: 10, Products: true},
		{Inputs: 8, Elements: 19000, Shift: 24},
		{Inputs: 100, Elements: 20000, Shift: 12},
		{Inputs: 8, Elements: 40000, Shift: 10},
		{Inputs: 16, Elements: 60000, Shift: 12, Products: true},
		{Inputs: 8, Elements: 140000, Shift: 10},
		{Inputs: 16, Elements: 360000, Shift: 11},
	}
}

// Program builds the specimen.
func (s Specimen) Program() (*program.Program, error) {
	p := &program.Program{Name: fmt.Sprintf("specimen %d x %d", s.Inputs, s.Elements)}
	add := func(k program.Kernel) (int, error) {
		in := make([]program.Tensor, len(k.Args()))
		for i, a := range k.Args() {
			in[i] = p.Tensors[a]
		}
		shape, r, err := k.Infer(in)
		if err != nil {
			return 0, fmt.Errorf("build specimen: %w", err)
		}
		id := len(p.Tensors)
		p.Tensors = append(p.Tensors, program.Tensor{Name: fmt.Sprintf("t%d", id), Shape: shape, Range: r, Scale: 1})
		p.Nodes = append(p.Nodes, program.Node{Out: id, Kernel: k})
		return id, nil
	}
	p.Tensors = []program.Tensor{{Name: "x", Shape: tensor.Shape{1, s.Inputs}, Range: program.Range{Min: 0, Max: 255}, Scale: 1}}
	p.Inputs = []int{0}
	rng := rand.New(rand.NewSource(int64(s.Elements)))
	dense := func(arg, in, out int, most int64) *program.Linear {
		w := make([]int64, in*out)
		for i := range w {
			w[i] = rng.Int63n(2*most+1) - most
		}
		return &program.Linear{Terms: []program.Term{{Arg: arg, Map: &program.DenseMap{In: in, Out: out, Batch: 1, Weights: w}}},
			Bias: make([]int64, out), Shape: tensor.Shape{1, out}}
	}
	ramp := make(program.Ints, 256)
	if s.Rows > 0 {
		ramp = make(program.Ints, s.Rows)
	}
	for i := range ramp {
		ramp[i] = int64(i * 256 / len(ramp))
	}
	most := max(int64(len(ramp))<<s.Shift/int64(256*s.Inputs), 1)
	x, err := add(dense(0, s.Inputs, s.Elements, most))
	if err != nil {
		return nil, err
	}
	if x, err = add(&program.Lookup{Arg: x, Shift: s.Shift, Table: ramp}); err != nil {
		return nil, err
	}
	if s.Products {
		if x, err = add(&program.Product{A: x, B: x}); err != nil {
			return nil, err
		}
	}
	if x, err = add(dense(x, s.Elements, 2, 3)); err != nil {
		return nil, err
	}
	p.Outputs = []int{x}
	if err := p.Verify(); err != nil {
		return nil, fmt.Errorf("build specimen: %w", err)
	}
	return p, nil
}
