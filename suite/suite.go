// Package suite runs models and ONNX node tests through the stages from file to proof, and says how far each comes.
//
// A case is a folder in the layout of ONNX's own tests (model.onnx beside test_data_set_N/input_I.pb and
// output_I.pb), a model file, or a bundled model. It passes the stages in order and stops at the first that fails:
//
//   - import: the file becomes a graph with static shapes. Inputs that only have a meaning as constants, such as
//     axes or a shape, take the values of the case's own data, once the import has refused them as variables.
//   - float: the graph's float execution agrees with the stored outputs.
//   - integer: the program, calibrated on the stored input and on others made from it, agrees with the stored
//     outputs: exactly for integers and truth values, within Fidelity for reals.
//   - circuit: the constraints accept the stored input and one drawn from the whole declared range, and refuse a
//     changed public value. Systems beyond Options.Solve constraints run on gnark's test engine instead.
//   - proof: keys, a proof and its verification, for systems of up to Options.Proof constraints.
//
// Each case runs in a process of its own, which can be stopped: a hang or the end of memory is one failed case.
package suite

// Stage is a step of a case, named by what it makes.
type Stage string

// Stages, in order.
const (
	Import  Stage = "import"
	Float   Stage = "float"
	Integer Stage = "integer"
	Circuit Stage = "circuit"
	Proof   Stage = "proof"
)

// Stages lists all stages in order.
var Stages = []Stage{Import, Float, Integer, Circuit, Proof}

// Status is the verdict on a case.
type Status string

// Verdicts. A skipped case is outside of what can be proven, or has no data to compare with; Detail says which.
const (
	Pass Status = "pass"
	Fail Status = "fail"
	Skip Status = "skip"
)

// Kind tells ONNX node tests from models.
type Kind string

// Kinds of cases.
const (
	Node  Kind = "node"
	Model Kind = "model"
)

// Outcome is what became of a case.
type Outcome struct {
	Name        string   `json:"name"`
	Stage       Stage    `json:"stage"` // where it failed, or the last that it passed
	Status      Status   `json:"status"`
	Detail      string   `json:"detail"`
	Kind        Kind     `json:"kind"`
	Operators   []string `json:"operators,omitempty"` // of a node test: the kinds of its nodes
	Opset       int      `json:"opset,omitempty"`
	Code        string   `json:"code,omitempty"`        // stable code of the error
	Fixed       []string `json:"fixed,omitempty"`       // inputs that were bound to the case's data at import
	Folded      bool     `json:"folded,omitempty"`      // every output is a constant
	Cosine      float64  `json:"cosine,omitempty"`      // lowest of the outputs of reals
	Error       float64  `json:"error,omitempty"`       // relative, highest of the outputs of reals
	Top1        *bool    `json:"top1,omitempty"`        // of a classifier: same largest element
	Constraints int      `json:"constraints,omitempty"` // of the whole system, by its plan
	Engine      bool     `json:"engine,omitempty"`      // the circuit ran on gnark's test engine
	Seconds     float64  `json:"seconds"`
}

// Options decide how far cases run.
type Options struct {
	Constraints int  // the circuit stage is left out for larger systems
	Solve       int  // larger systems run on gnark's test engine
	Prove       bool // run the proof stage
	Proof       int  // the proof stage is left out for larger systems
}

// Defaults are the limits that the suite is run with.
var Defaults = Options{Constraints: 4_000_000, Solve: 500_000, Proof: 200_000}
