package cost

import (
	"bytes"
	"cmp"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime"
	"slices"

	"assay/circuits"
	"assay/internal/machine"
)

// Model predicts for one machine.
type Model struct {
	Machine   machine.Machine  `json:"machine"`
	Weights   circuits.Weights `json:"weights"`        // for the planner, in microseconds
	Prove     Rates            `json:"prove"`          // seconds, with a warm prover
	Setup     Rates            `json:"setup"`          // seconds
	Synthesis Rates            `json:"synthesis_peak"` // bytes of memory while the constraint system is made
	ProvePeak Rates            `json:"prove_peak"`     // bytes of memory after that
	SetupPeak Rates            `json:"setup_peak"`     // bytes of memory
	Key       Rates            `json:"key"`            // bytes of proving key
	Samples   []Sample         `json:"samples,omitempty"`
}

// Estimate is a prediction for one circuit.
type Estimate struct {
	ProveSeconds    float64 `json:"prove_s"`
	SetupSeconds    float64 `json:"setup_s"`
	ProvingKeyBytes int     `json:"proving_key_bytes"`
	PeakBytes       int     `json:"prove_peak_bytes"`
	SetupPeakBytes  int     `json:"setup_peak_bytes"`
	Gas             int     `json:"gas"`
	Machine         string  `json:"machine"` // whose rates these are
}

// Gas of a verification, measured on an EVM: with its transaction, and for each public value; and the least that a transaction
// takes by its calldata alone (EIP-7623), 580 bytes and 32 a value, where no byte is zero.
const (
	gasFixed = 278500
	gasValue = 591

	floorFixed = 21000 + 40*580
	floorValue = 40 * 32
)

// gas of a verification with so many public values.
func gas(values int) int { return max(gasFixed+gasValue*values, floorFixed+floorValue*values) }

// Estimate predicts for a circuit of size s with so many public values.
func (m *Model) Estimate(s Size, values int) Estimate {
	return Estimate{
		ProveSeconds:    m.Prove.Of(s),
		SetupSeconds:    m.Setup.Of(s),
		ProvingKeyBytes: whole(m.Key.Of(s)),
		PeakBytes:       whole(m.Peak(s)),
		SetupPeakBytes:  whole(m.SetupPeak.Of(s)),
		Gas:             gas(values),
		Machine:         fmt.Sprintf("%s, %d cores", m.Machine.CPU, m.Machine.Cores),
	}
}

// Peak is the memory of a process that proves a circuit of size s: it makes the constraint system first.
func (m *Model) Peak(s Size) float64 { return max(m.Synthesis.Of(s), m.ProvePeak.Of(s)) }

// Memory is the rates of the stage that takes the most memory for a circuit of size s.
func (m *Model) Memory(s Size) Rates {
	return slices.MaxFunc([]Rates{m.ProvePeak, m.SetupPeak, m.Synthesis}, func(a, b Rates) int { return cmp.Compare(a.Of(s), b.Of(s)) })
}

// whole is x without its fraction, or the largest number where x is larger.
func whole(x float64) int {
	if x >= math.MaxInt {
		return math.MaxInt
	}
	return int(x)
}

//go:embed reference.json
var reference []byte

// Reference is the model of the machine that the project's figures are from, with times in proportion to the number of
// processors of this one, and the planner's own weights: who compiles a model without a calibration gets the same circuit
// anywhere.
func Reference() (*Model, error) {
	m, err := decode(reference)
	if err != nil {
		return nil, fmt.Errorf("read reference costs: %w", err)
	}
	m.Weights = circuits.Reference
	if n := runtime.NumCPU(); n != m.Machine.Cores {
		f := float64(m.Machine.Cores) / float64(n)
		m.Prove, m.Setup = m.Prove.scaled(f), m.Setup.scaled(f)
	}
	return m, nil
}

// maxRate is above the rates of any machine. Sums of rates up to it are finite.
const maxRate = 1e15

func decode(raw []byte) (*Model, error) {
	m := new(Model)
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields() // a rate that is not known would be left out of what it predicts
	if err := d.Decode(m); err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("want one object, got more behind it")
	}
	for _, r := range []Rates{m.Prove, m.Setup, m.Synthesis, m.ProvePeak, m.SetupPeak, m.Key} {
		for _, v := range r.values() {
			if v < 0 || v > maxRate {
				return nil, fmt.Errorf("rates: want numbers from 0 to %g, got %+v", maxRate, r)
			}
		}
	}
	if w := m.Weights; w.Domain <= 0 || w.Lookup < 0 || w.Advice < 0 || max(w.Domain, w.Lookup, w.Advice) > maxRate {
		return nil, fmt.Errorf("weights: want positive numbers, none of them immense, got %+v", w)
	}
	if m.Machine.Cores < 1 {
		return nil, fmt.Errorf("machine: want at least one core, got %d", m.Machine.Cores)
	}
	return m, nil
}
