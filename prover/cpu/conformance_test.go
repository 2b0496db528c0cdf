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

// Tables are made between a key's first proof and its second, and given up with the key.
func TestConformanceWithTables(t *testing.T) {
	if testing.Short() {
		t.Skip("tables of every key take a while")
	}
	backendtest.Run(t, func(testing.TB) prover.Backend { return cpu.New(cpu.Options{Threads: 3, Tables: 8 << 20}) })
}
