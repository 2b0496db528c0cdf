package cost

import (
	"math"
	"math/rand"
	"path/filepath"
	"testing"

	"assay/circuits"
	"assay/internal/testprogram"
	"assay/ir/program"
	"assay/prover/cpu"

	"github.com/stretchr/testify/require"
)

func TestFitFindsRates(t *testing.T) {
	want := Rates{Fixed: 0.02, Full: 9e-6, Domain: 5e-6, Term: 3e-8}
	rng := rand.New(rand.NewSource(1))
	var sizes []Size
	var values []float64
	for range 12 {
		n := 1000 + rng.Intn(200_000)
		s := Size{Constraints: n, Full: n - rng.Intn(n/2), Domain: circuits.Domain(n), Advice: rng.Intn(n), Terms: rng.Intn(5_000_000)}
		sizes, values = append(sizes, s), append(values, want.Of(s))
	}
	got, err := fit(sizes, values, stored)
	require.NoError(t, err)
	for i, s := range sizes {
		require.InEpsilon(t, values[i], got.Of(s), 0.01)
	}
	for _, v := range got.values() {
		require.GreaterOrEqual(t, v, 0.0)
	}
	_, err = fit(sizes, values[1:])
	require.Error(t, err)
	values[0] = 0
	_, err = fit(sizes, values, stored)
	require.Error(t, err)
}

func TestSizeCountsAdvice(t *testing.T) {
	p := testprogram.Convnet(t, rand.New(rand.NewSource(1)))
	m, err := circuits.NewModel(p, circuits.Public, circuits.Public)
	require.NoError(t, err)
	s, err := Of(m)
	require.NoError(t, err)
	trace, err := p.Run(testprogram.Inputs(rand.New(rand.NewSource(2)), p))
	require.NoError(t, err)
	advice, err := m.Advice(trace)
	require.NoError(t, err)
	n := 0
	for _, xs := range advice {
		n += len(xs)
	}
	require.Equal(t, n, s.Advice, "advice of other inputs")
	require.Equal(t, m.Plan.Constraints(), s.Constraints)
	require.GreaterOrEqual(t, s.Domain, s.Constraints)
	require.Less(t, s.Domain, 2*s.Constraints)
	require.LessOrEqual(t, s.Full, s.Constraints)
	require.Positive(t, s.Terms)
}

// Each integer among the weights counts once, whatever layers have it.
func TestSizeCountsDistinctWeights(t *testing.T) {
	layer := func(weights ...int64) program.Node {
		return program.Node{Kernel: &program.Linear{Terms: []program.Term{{Map: &program.DenseMap{In: len(weights), Out: 1, Batch: 1, Weights: weights}}}}}
	}
	p := &program.Program{Nodes: []program.Node{layer(1, -1, 63, 64, 1), {Kernel: &program.Lookup{}}, layer(64, -64, -65, 1<<40, -1<<40)}}
	require.Equal(t, 8, distinct(p))
	p.Nodes = append(p.Nodes, p.Nodes[0]) // which shares its weights
	require.Equal(t, []int{5, 0, 5, 0}, Stored(p))
	require.Equal(t, 8, distinct(p))
	require.Zero(t, distinct(new(program.Program)))
}

// Times scales what a circuit is made of; what follows from that is counted anew.
func TestTimesDerives(t *testing.T) {
	s := Size{Constraints: 1000, Full: 900, Domain: 1024, Advice: 800, Terms: 5000, Stored: 5000, Distinct: 300}.derived()
	require.Positive(t, s.Additions)
	twice := s.Times(2, 2048)
	require.Equal(t, Size{Constraints: 2000, Full: 1800, Domain: 2048, Advice: 1600, Terms: 10000, Stored: 10000, Distinct: 600}.derived(), twice)
	require.Less(t, twice.Additions, 2*s.Additions, "of a longer sum, a point takes less")
}

func TestMedian(t *testing.T) {
	of := []Sample{{Setup: 3, Prove: 1, SetupPeak: 7, Synthesis: 1, ProvePeak: 2, Key: 5}, {Setup: 1, Prove: 3, SetupPeak: 8, Synthesis: 2, ProvePeak: 3, Key: 5},
		{Setup: 2, Prove: 2, SetupPeak: 9, Synthesis: 9, ProvePeak: 1, Key: 5}}
	require.Equal(t, Sample{Setup: 2, Prove: 2, SetupPeak: 8, Synthesis: 2, ProvePeak: 2, Key: 5}, Median(of))
}

// A specimen goes through the real setup and prover, and a model fitted to it predicts it.
func TestSpecimenIsMeasured(t *testing.T) {
	s := Specimen{Inputs: 4, Elements: 60, Shift: 6, Products: true}
	dir := t.TempDir()
	require.NoError(t, s.Write(dir))
	sample, err := s.MeasureSetup(dir)
	require.NoError(t, err)
	proof, err := s.MeasureProve(dir, 1, cpu.New(cpu.Options{}))
	require.NoError(t, err)
	require.Positive(t, proof.Synthesis)
	m, err := Fit([]Sample{*sample.With(proof)})
	require.NoError(t, err)
	require.Less(t, m.Worst(), 0.01)
	require.NotZero(t, m.Weights)
	file := filepath.Join(dir, "costs.json")
	require.NoError(t, m.Save(file))
	t.Setenv("ASSAY_COSTS", file)
	got, err := Local()
	require.NoError(t, err)
	require.Equal(t, m, got)
}

func TestReferencePredicts(t *testing.T) {
	t.Setenv("ASSAY_COSTS", filepath.Join(t.TempDir(), "none.json"))
	m, err := Local()
	require.NoError(t, err)
	require.Equal(t, circuits.Reference, m.Weights)
	small := m.Estimate(Size{Constraints: 10_000, Full: 9000, Domain: 16384, Advice: 9000}.derived(), 10)
	large := m.Estimate(Size{Constraints: 1_000_000, Full: 900_000, Domain: 1 << 20, Advice: 900_000}.derived(), 10)
	require.Less(t, small.ProveSeconds, large.ProveSeconds)
	require.Less(t, small.SetupSeconds, large.SetupSeconds)
	require.Less(t, small.PeakBytes, large.PeakBytes)
	require.Less(t, small.ProvingKeyBytes, large.ProvingKeyBytes)
}

// The planner's own weights are those of the reference machine, rounded: full-size wires, domain and advice go along with
// each other in most circuits, so that their shares move from one calibration to the next.
func TestReferenceWeightsAreMeasured(t *testing.T) {
	m, err := decode(reference)
	require.NoError(t, err)
	got, want := circuits.Reference, m.Weights
	require.InEpsilon(t, want.Lookup/want.Domain, got.Lookup/got.Domain, 0.5)
	require.InDelta(t, want.Advice/want.Domain, got.Advice/got.Domain, 0.3)
}

func TestSpecimensAreCircuits(t *testing.T) {
	for _, s := range Specimens() {
		m, err := s.model(t.TempDir())
		require.NoError(t, err)
		require.Positive(t, m.Plan.Constraints())
	}
}

// A need beyond all numbers is no small one.
func TestNeedsDoNotWrap(t *testing.T) {
	m := &Model{ProvePeak: Rates{Constraint: maxRate}, SetupPeak: Rates{Domain: maxRate}, Key: Rates{Term: maxRate}}
	e := m.Estimate(Size{Constraints: 1 << 27, Domain: 1 << 27, Terms: 1 << 40}, 1)
	require.Equal(t, []int{math.MaxInt, math.MaxInt, math.MaxInt}, []int{e.PeakBytes, e.SetupPeakBytes, e.ProvingKeyBytes})
}

func TestStoreRefusesNonsense(t *testing.T) {
	for _, raw := range []string{``, `{}`, `{"machine":{"cores":2},"weights":{"domain":-1}}`, `{"machine":{"cores":2},"weights":{"domain":1},"prove":{"full":-1}}`, `{"machine":{"cores":0},"weights":{"domain":1}}`,
		`{"machine":{"cores":2},"weights":{"domain":1},"prove_peak":{"full":1e300}}`, `{"machine":{"cores":2},"weights":{"domain":1e300}}`,
		`{"machine":{"cores":2},"weights":{"domain":1},"prove":{"of_later_versions":1}}`, `{"machine":{"cores":2},"weights":{"domain":1}} {}`} {
		_, err := decode([]byte(raw))
		require.Error(t, err, raw)
	}
	_, err := decode([]byte(`{"machine":{"cores":2},"weights":{"domain":1},"prove":{"full":1}}`))
	require.NoError(t, err)
}

// A process that proves makes the constraint system first: its peak is the larger of the two.
func TestPeakIsOfTheLargerStage(t *testing.T) {
	m := &Model{Synthesis: Rates{Constraint: 3}, ProvePeak: Rates{Domain: 2}, SetupPeak: Rates{Full: 1}}
	require.Equal(t, 300.0, m.Peak(Size{Constraints: 100, Domain: 128, Full: 90}))
	require.Equal(t, m.Synthesis, m.Memory(Size{Constraints: 100, Domain: 128, Full: 90}))
	require.Equal(t, 512.0, m.Peak(Size{Constraints: 150, Domain: 256}))
	require.Equal(t, m.ProvePeak, m.Memory(Size{Constraints: 150, Domain: 256}))
	require.Equal(t, m.SetupPeak, m.Memory(Size{Constraints: 10, Full: 90}))
}
