package compile

import (
	"math"
	"sort"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// Report says how far the program's answers are from the float model's.
type Report struct {
	Bits        int            `json:"bits"` // of an activation
	Half        bool           `json:"half_bit_less,omitempty"`
	Raised      map[string]int `json:"raised_bits,omitempty"` // of the values that have more, by name
	Calibration Fidelity       `json:"calibration"`           // on the samples that chose the scales
	HeldBack    Fidelity       `json:"held_back"`             // on samples that calibration did not see
	Layers      []Layer        `json:"layers"`                // worst first
	Clamped     int            `json:"clamped_held_back"`     // input elements of held-back samples outside the declared range
	Points      []Point        `json:"points,omitempty"`      // elements of outputs, for a picture
}

// Point is one element of an output, by the float model and by the program.
type Point struct {
	Output  string  `json:"output"`
	Float   float64 `json:"float"`
	Program float64 `json:"program"`
}

// Fidelity compares outputs over a set of samples.
type Fidelity struct {
	Samples int      `json:"samples"`
	Outputs []Output `json:"outputs,omitempty"`
}

// Output compares one output.
type Output struct {
	Name   string  `json:"name"`
	MaxAbs float64 `json:"max_abs_error"`
	Mean   float64 `json:"mean_abs_error"`
	Cosine float64 `json:"cosine"` // of all samples' outputs, concatenated
	// Relative is the root of the mean square error over the root of the mean square value.
	Relative float64 `json:"relative_error"`
	Top1     float64 `json:"top1"`  // share of samples with the same largest element; 1 for outputs of one element
	Exact    float64 `json:"exact"` // share of elements that agree to half a unit: what counts for integers
	// Measure says what Accuracy is: "top1" for the scores of a classifier, whose order counts, "exact" for integers
	// and truth values, "cosine" for everything else: Cosine, or 1 - Relative^2/2 where that is less. The two are about
	// one where errors have no direction; a factor common to all elements shows in the latter alone.
	Measure  string  `json:"measure"`
	Accuracy float64 `json:"accuracy"`
}

// Layer compares one rounded tensor, on the calibration samples.
type Layer struct {
	Node     string  `json:"node"`
	Kind     string  `json:"kind"`
	MaxAbs   float64 `json:"max_abs_error"`
	Relative float64 `json:"relative_error"` // root of mean square error over root of mean square value
	Bits     float64 `json:"bits"`           // of the tensor's declared range
}

// reportSamples bounds how many samples of a set a report runs.
const reportSamples = 64

func (m *model) measure(l *lowered) (*Report, error) {
	r := &Report{}
	layers := make([]errorSum, len(l.tensors))
	index := map[*graph.Value]int{}
	for i, h := range l.tensors {
		index[h.value] = i
	}
	var err error
	c := &comparison{m: m, program: l.program, points: pointsOfOutput}
	if r.Calibration, err = c.run(m.calibration, func(t program.Trace, v *graph.Value, f *tensor.Float) {
		if i, ok := index[v]; ok {
			id := l.tensors[i].tensor
			layers[i].add(f.Data, t[id].Data, l.program.Tensors[id].Scale)
		}
	}); err != nil {
		return nil, err
	}
	r.Points = c.shown
	c = &comparison{m: m, program: l.program}
	if r.HeldBack, err = c.run(m.held, nil); err != nil {
		return nil, err
	}
	r.Clamped = c.clamped
	for i, h := range l.tensors {
		bits := math.Log2(float64(l.program.Tensors[h.tensor].Range.Span()) + 1)
		r.Layers = append(r.Layers, Layer{h.node.Name, h.node.Kind, layers[i].max, layers[i].relative(), math.Round(10*bits) / 10})
	}
	sort.SliceStable(r.Layers, func(i, j int) bool { return r.Layers[i].Relative > r.Layers[j].Relative })
	return r, nil
}

func argmax[T int64 | float64](xs []T) int {
	best := 0
	for i := range xs {
		if xs[i] > xs[best] {
			best = i
		}
	}
	return best
}

// errorSum accumulates a comparison of reals with quantized integers.
type errorSum struct {
	n, exact                  int
	max, abs, sq, ww, qq, dot float64
}

func (s *errorSum) add(want []float64, got []int64, scale float64) {
	for i, w := range want {
		q := float64(got[i]) * scale
		e := math.Abs(w - q)
		s.n++
		if e < 0.5 {
			s.exact++
		}
		s.max = math.Max(s.max, e)
		s.abs += e
		s.sq += e * e
		s.ww += w * w
		s.qq += q * q
		s.dot += w * q
	}
}

func (s *errorSum) relative() float64 {
	if s.ww == 0 {
		return math.Sqrt(s.sq)
	}
	return math.Sqrt(s.sq / s.ww)
}

func (s *errorSum) cosine() float64 {
	if s.ww == 0 && s.qq == 0 {
		return 1
	}
	if s.ww == 0 || s.qq == 0 {
		return 0
	}
	return s.dot / math.Sqrt(s.ww*s.qq)
}
