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
		checked++
	}
	require.Greater(t, checked, 2)
}
