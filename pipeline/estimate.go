package pipeline

import "runtime"

// Estimate predicts cost from the number of constraints and public values. The rates were measured with assay
// bench on a two-core x86-64 machine without AVX-512; see docs/benchmarks.md. Times scale with the cores of
// this machine.
type Estimate struct {
	ProveSeconds    float64 `json:"prove_s"`
	SetupSeconds    float64 `json:"setup_s"`
	ProvingKeyBytes int     `json:"proving_key_bytes"`
	PeakBytes       int     `json:"prove_peak_bytes"`
	Gas             int     `json:"gas"`
}

// Rates of the estimate.
const (
	rateCores   = 2
	proveMicros = 16     // a constraint
	setupMicros = 230    // a constraint
	keyBytes    = 480    // of proving key a constraint
	peakBytes   = 2250   // of memory a constraint while proving
	peakFixed   = 90e6   // of memory for any model
	gasFixed    = 278500 // a verification, with its transaction
	gasValue    = 591    // a public value
)

// NewEstimate predicts.
func NewEstimate(constraints, values int) Estimate {
	scale := float64(rateCores) / float64(max(runtime.NumCPU(), 1))
	return Estimate{
		ProveSeconds:    scale * proveMicros * 1e-6 * float64(constraints),
		SetupSeconds:    scale * setupMicros * 1e-6 * float64(constraints),
		ProvingKeyBytes: keyBytes * constraints,
		PeakBytes:       peakFixed + peakBytes*constraints,
		Gas:             gasFixed + gasValue*values,
	}
}
