package peer

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"assay/benchmarks"
	"assay/internal/replace"
)

// Record is what runs of the comparison leave.
type Record struct {
	Machine benchmarks.Machine `json:"machine"` // of the models that name none
	Peer    Versions           `json:"peer"`
	Limits  Limits             `json:"limits"` // of the peer for a model and mode, and of Assay for a model
	Runs    int                `json:"runs"`   // proofs a side
	Models  []*Comparison      `json:"models"`
}

// Versions are of the peer and what it runs on.
type Versions struct {
	EZKL    string `json:"ezkl"`
	Runtime string `json:"onnxruntime"`
	Python  string `json:"python"`
}

// Comparison is one model: all of its sides on one machine, in one run.
type Comparison struct {
	Model        string              `json:"model"`
	Commit       string              `json:"commit"`                // of Assay
	PeerCommit   string              `json:"peer_commit,omitempty"` // of Assay when the peer was run, if Assay was measured again since
	Machine      *benchmarks.Machine `json:"machine,omitempty"`     // unless it is the record's
	Parameters   int                 `json:"parameters"`
	MultiplyAdds int                 `json:"multiply_adds"`
	Nonlinear    int                 `json:"nonlinear"`
	Input        string              `json:"input"`       // where the measured input is from
	Calibration  int                 `json:"calibration"` // inputs on which both sides calibrate
	Reference    string              `json:"reference"`   // what computed the float answer
	Left         int                 `json:"left"`        // operators that Assay leaves to the reader of the answer, and EZKL proves
	Assay        *Side               `json:"assay"`
	Calibrated   *Side               `json:"calibrated"`
	Tuned        *Side               `json:"tuned"`
}

// LeftWhole reports whether all that is not linear in the model is left to the reader of Assay's answer, and proven by EZKL
// alone: then the sides did not do the same work.
func (c *Comparison) LeftWhole() bool { return c.Left > 0 && c.Nonlinear == 0 }

// Status of a side.
type Status string

const (
	Done    Status = "done"
	Stopped Status = "did not finish" // at a limit
	Refused Status = "refused"        // the model or its arguments
	Failed  Status = "failed"         // at a later stage
)

// Side is what one prover made of a model. Times are seconds of wall clock, sizes and peaks bytes; a zero has not been
// measured.
type Side struct {
	Status  Status  `json:"status"`
	Stage   string  `json:"stage,omitempty"` // at which it ended, unless it is done
	Reason  string  `json:"reason,omitempty"`
	Note    string  `json:"note,omitempty"`
	Elapsed float64 `json:"elapsed_s"` // of the stages that count against the limit

	Constraints  int       `json:"constraints,omitempty"` // of Assay
	Rows         int       `json:"rows,omitempty"`        // of EZKL
	K            int       `json:"k,omitempty"`           // of EZKL: its circuit has 2^k rows
	Arguments    any       `json:"arguments,omitempty"`   // of EZKL
	Finalists    []float64 `json:"finalists_s,omitempty"` // first proof with each layout that the search left
	Tried        []string  `json:"tried,omitempty"`
	PublicValues int       `json:"public_values,omitempty"`

	Prepare      float64   `json:"prepare_s,omitempty"` // from the file to a circuit, calibration or search included
	Setup        float64   `json:"setup_s,omitempty"`
	Witness      float64   `json:"witness_s,omitempty"` // of EZKL, whose proof starts from it
	Prove        float64   `json:"prove_s,omitempty"`   // median, keys loaded
	ProveAll     []float64 `json:"prove_all_s,omitempty"`
	Call         float64   `json:"call_s,omitempty"` // median, from a new process: loading and one proof
	CallAll      []float64 `json:"call_all_s,omitempty"`
	Verify       float64   `json:"verify_s,omitempty"`
	ProofBytes   int       `json:"proof_bytes,omitempty"`
	ProvingKey   int64     `json:"proving_key_bytes,omitempty"`
	VerifyingKey int64     `json:"verifying_key_bytes,omitempty"`

	PreparePeak int64 `json:"prepare_peak_bytes,omitempty"`
	SetupPeak   int64 `json:"setup_peak_bytes,omitempty"`
	ProvePeak   int64 `json:"prove_peak_bytes,omitempty"`

	Error *Error `json:"error,omitempty"`
	EVM   *EVM   `json:"evm,omitempty"`
}

// EVM is a verification on an Ethereum chain.
type EVM struct {
	Gas       uint64 `json:"gas,omitempty"` // of the whole transaction
	DeployGas uint64 `json:"deploy_gas,omitempty"`
	Runtime   int    `json:"contract_bytes,omitempty"`
	Calldata  int    `json:"calldata_bytes,omitempty"`
	Reason    string `json:"reason,omitempty"` // why there is no gas
}

// tooLarge reports whether the contract cannot be deployed for its size.
func (e *EVM) tooLarge() bool { return strings.Contains(e.Reason, "size exceeded") }

// Finished reports whether s has proofs.
func (s *Side) Finished() bool { return s != nil && s.Status == Done && s.Prove > 0 }

// Load reads a record; a file that is not there is an empty one.
func Load(path string) (*Record, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return &Record{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read record: %w", err)
	}
	r := &Record{}
	if err := json.Unmarshal(b, r); err != nil {
		return nil, fmt.Errorf("read record %s: %w", path, err)
	}
	for i, c := range r.Models {
		if c == nil || c.Assay == nil || c.Calibrated == nil || c.Tuned == nil {
			return nil, fmt.Errorf("read record %s: model %d: want three sides, got fewer", path, i)
		}
	}
	return r, nil
}

// conditions are what figures depend on besides the models, and the machine and the commit, which each model names.
func (r *Record) conditions() string {
	return fmt.Sprintf("EZKL %s, %v and %d bytes a model and mode, %d proofs", r.Peer.EZKL, r.Limits.Time, r.Limits.Memory, r.Runs)
}

// Continue makes next, a record that has no models yet, go on with those of r and their machine. Figures under other limits do
// not belong into one record: then it is an error.
func (r *Record) Continue(next *Record) error {
	if len(r.Models) == 0 {
		return nil
	}
	if r.conditions() != next.conditions() {
		return fmt.Errorf("resume record: want the conditions of its models, %s; got %s", r.conditions(), next.conditions())
	}
	next.Machine, next.Models = r.Machine, r.Models
	return nil
}

// machine is where c was measured.
func (r Record) machine(c *Comparison) benchmarks.Machine {
	if c.Machine != nil {
		return *c.Machine
	}
	return r.Machine
}

// Save writes a record in place of the one at path.
func (r *Record) Save(path string) error {
	b, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return fmt.Errorf("write record: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("write record: %w", err)
	}
	return replace.File(path, append(b, '\n'), 0o644)
}

// Find gives a model's comparison, nil if there is none.
func (r *Record) Find(model string) *Comparison {
	i := slices.IndexFunc(r.Models, func(c *Comparison) bool { return c.Model == model })
	if i < 0 {
		return nil
	}
	return r.Models[i]
}

// Put adds a comparison, in place of an older one of the same model.
func (r *Record) Put(c *Comparison) {
	if c.Machine != nil && c.Machine.Same(r.Machine) {
		c.Machine = nil
	}
	if i := slices.IndexFunc(r.Models, func(o *Comparison) bool { return o.Model == c.Model }); i >= 0 {
		r.Models[i] = c
		return
	}
	r.Models = append(r.Models, c)
}
