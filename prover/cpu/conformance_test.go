package cpu_test

import (
	"testing"

	"assay/prover"
	"assay/prover/backendtest"
	"assay/prover/cpu"
)

func TestConformance(t *testing.T) {
	backendtest.Run(t, func(testing.TB) prover.Backend { return cpu.New(cpu.Options{}) })
}
