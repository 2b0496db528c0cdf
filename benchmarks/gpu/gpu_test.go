package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"assay/circuits"
	"assay/prover/gpu"
)

func TestMadeModels(t *testing.T) {
	for name, least := range map[string]int{"dense4m": 8_000, "wide": 4_000_000} {
		t.Run(name, func(t *testing.T) {
			if name == "wide" && testing.Short() {
				t.Skip("it is large")
			}
			p, err := made[name]()
			require.NoError(t, err)
			m, err := circuits.NewModel(p, circuits.Public, circuits.Public)
			require.NoError(t, err)
			require.GreaterOrEqual(t, m.Plan.Constraints(), least)
			t.Logf("%d constraints", m.Plan.Constraints())
		})
	}
}

func TestSampler(t *testing.T) {
	s := &sampler{}
	s.take("90, 1000, 300.5, 5, 16")
	require.Nil(t, s.use(), "the processor's turn")
	s.sample(true)
	s.take("50, 2000, 100, 5, 16")
	s.take("100, 3000, 200, 5, 16")
	s.take("[N/A]")
	require.Equal(t, &Use{Samples: 2, Mean: 75, Max: 100, Memory: 3000, Watts: 150, LinkGen: 5, LinkWide: 16}, s.use())
}

func TestCommandLine(t *testing.T) {
	require.Error(t, run(nil))
	require.ErrorContains(t, run([]string{"fly"}), "want rates")
	require.ErrorContains(t, run([]string{"rates", "-log", "40"}), "sizes")
	require.Error(t, run([]string{"prove", "-kind", "abacus"}))
}

func TestShares(t *testing.T) {
	r := &gpu.Rates{MSM: []gpu.Rate{{Kind: "G1", Log: 4, PerSecond: 5}}, NTT: []gpu.Rate{{Kind: "NTT", Log: 4, PerSecond: 250}}}
	require.Empty(t, shares(r, 0))
	require.Equal(t, []share{{"G1", 4, 10, 0.5}, {"NTT", 4, 800, 0.3125}}, shares(r, 10*madsOfProduct*windows*addProducts))
}
