package benchmarks_test

import (
	"encoding/json"
	"os"
	"testing"

	"assay/benchmarks"

	"github.com/stretchr/testify/require"
)

// What was predicted of the recorded models before they were measured was within a quarter.
func TestPredictionsHold(t *testing.T) {
	raw, err := os.ReadFile("results/bench.json")
	require.NoError(t, err)
	var r benchmarks.Result
	require.NoError(t, json.Unmarshal(raw, &r))
	checked := 0
	for _, x := range r.Rows {
		if x.Error != "" {
			continue
		}
		e := x.Estimate
		require.InEpsilon(t, x.Prove, e.ProveSeconds, 0.25, "%s: seconds to prove", x.Model)
		require.InEpsilon(t, x.ProvePeak, e.PeakBytes, 0.25, "%s: memory to prove", x.Model)
		require.InEpsilon(t, x.SetupPeak, e.SetupPeakBytes, 0.25, "%s: memory to set up", x.Model)
		require.InEpsilon(t, x.Gas, e.Gas, 0.1, "%s: gas", x.Model)
		checked++
	}
	require.Greater(t, checked, 2)
}

// What was recorded of our setup and prover beside gnark's: how much faster they are, and how little of a proof is solving.
func TestProfileHolds(t *testing.T) {
	raw, err := os.ReadFile("results/profile.json")
	require.NoError(t, err)
	var p benchmarks.Profile
	require.NoError(t, json.Unmarshal(raw, &p))
	require.NotEmpty(t, p.Models)
	for _, m := range p.Models {
		if m.Setup.Gnark > 0 {
			require.GreaterOrEqual(t, m.Setup.Gnark/m.Setup.Assay, 8.0, "%s: setup", m.Model)
		}
		require.GreaterOrEqual(t, m.Gnark.Prove/m.Assay.Prove, 1.5, "%s: proof", m.Model)
		require.LessOrEqual(t, m.Assay.Solving(), 0.2, "%s: solving", m.Model)
	}
}
