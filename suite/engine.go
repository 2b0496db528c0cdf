package suite

import (
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/test"

	"assay/circuits"
	"assay/ir/tensor"
)

// engine runs the constraints of m over an evaluation on gnark's test engine, which keeps none of them in memory.
func engine(m *circuits.Model, inputs []*tensor.Int) error {
	trace, err := m.Program.Run(inputs)
	if err != nil {
		return err
	}
	advice, err := m.Advice(trace)
	if err != nil {
		return fmt.Errorf("trace circuit: %w", err)
	}
	debug.FreeOSMemory()
	assignment := &circuits.Unclaimed{Circuit: *m.Circuit()}
	assignment.H, assignment.P = 1, 0
	if err := test.IsSolved(&circuits.Unclaimed{Circuit: *m.Engine(advice)}, assignment, ecc.BN254.ScalarField()); err != nil {
		reason, _, _ := strings.Cut(err.Error(), "\n") // a stack follows
		return fmt.Errorf("run circuit on the test engine: %s", reason)
	}
	return nil
}
