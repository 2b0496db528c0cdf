package peer

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"assay/benchmarks"
)

// example has a model that all finish, one that only Assay finishes, and one that Assay refuses.
func example() *Record {
	share := 1.0
	done := func(prove, call float64, peak, key int64) *Side {
		return &Side{Status: Done, Prove: prove, Call: call, Setup: 10 * prove, ProvePeak: peak, ProvingKey: key, ProveAll: []float64{prove}, Error: &Error{Abs: 1e-3, Rel: 2e-3, Top1: &share},
			EVM: &EVM{Gas: 280_400}}
	}
	return &Record{
		Machine: benchmarks.Machine{CPU: "a processor", Cores: 2, Memory: 24 << 30},
		Peer:    Versions{EZKL: "23.0.5", Runtime: "1.31.1", Python: "3.11"},
		Limits:  Limits{Time: 20 * time.Minute, Memory: 20e9},
		Runs:    3,
		Models: []*Comparison{
			{Model: "small", Commit: "abc", Assay: done(0.5, 1, 100e6, 10e6), Calibrated: done(50, 60, 1000e6, 1000e6), Tuned: done(5, 6, 400e6, 100e6)},
			{Model: "two", Commit: "abc", Assay: done(0.1, 0.1, 100e6, 10e6), Calibrated: done(40, 40, 4000e6, 1000e6), Tuned: &Side{Status: Refused, Stage: "tune", Reason: "no trial"}},
			{Model: "large", Commit: "abc", Assay: done(4, 5, 900e6, 1), Calibrated: &Side{Status: Stopped, Stage: "setup", K: 22, Rows: 3e6, Reason: "stopped | at a limit"}, Tuned: &Side{Status: Stopped, Stage: "tune"}},
			{Model: "strange", Commit: "abc", Assay: &Side{Status: Refused, Stage: "compile", Reason: "unsupported"}, Calibrated: done(4, 5, 1, 1), Tuned: &Side{Status: Refused}},
		},
	}
}

// A run goes on with a record of its own limits and versions alone, and keeps its machine.
func TestRecordIsContinuedAsItBegan(t *testing.T) {
	next := func() *Record {
		n := example()
		n.Models = nil
		return n
	}
	n := next()
	n.Machine.CPU = "another"
	require.NoError(t, example().Continue(n))
	require.Len(t, n.Models, 4)
	require.Equal(t, "a processor", n.Machine.CPU)
	for _, change := range []func(*Record){
		func(r *Record) { r.Limits.Time++ }, func(r *Record) { r.Limits.Memory++ }, func(r *Record) { r.Runs++ }, func(r *Record) { r.Peer.EZKL = "24" },
	} {
		n := next()
		change(n)
		require.ErrorContains(t, example().Continue(n), "resume record")
		require.NoError(t, (&Record{}).Continue(n), "an empty record has no conditions")
	}
}

// A comparison names its machine where that is not the record's.
func TestRecordOfMachines(t *testing.T) {
	r := example()
	here := r.Machine
	here.Commit = "later"
	there := benchmarks.Machine{CPU: "other processor", Cores: 4, Memory: 8 << 30}
	r.Put(&Comparison{Model: "two", Commit: "abc", Machine: &here, Assay: r.Find("two").Assay})
	require.Nil(t, r.Find("two").Machine)
	require.Equal(t, r.Machine, r.machine(r.Find("two")))
	r.Put(&Comparison{Model: "elsewhere", Commit: "def", Machine: &there, Assay: r.Find("two").Assay})
	require.Equal(t, there, r.machine(r.Find("elsewhere")))
	require.Equal(t, "2 cores of an a processor with 24 GiB (both sides of elsewhere on 4 cores of an other processor with 8 GiB), Assay at abc and def", r.on())
	for _, c := range r.Models[1:] {
		c.Machine = &there
	}
	require.Equal(t, "4 cores of an other processor with 8 GiB (both sides of small on 2 cores of an a processor with 24 GiB), Assay at abc and def", r.on(), "most are there")
}

func TestRecordKeepsEverything(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deep", "peer.json")
	empty, err := Load(path)
	require.NoError(t, err)
	require.Empty(t, empty.Models)
	r := example()
	require.NoError(t, r.Save(path))
	back, err := Load(path)
	require.NoError(t, err)
	require.Empty(t, cmp.Diff(r, back))

	require.Equal(t, "two", back.Find("two").Model)
	require.Nil(t, back.Find("other"))
	back.Put(&Comparison{Model: "two", Parameters: 7})
	back.Put(&Comparison{Model: "other"})
	require.Len(t, back.Models, len(r.Models)+1)
	require.Equal(t, 7, back.Find("two").Parameters)

	require.NoError(t, os.WriteFile(path, []byte("{"), 0o644))
	_, err = Load(path)
	require.ErrorContains(t, err, path)
}

// The names in the file are read by others.
func TestRecordFormat(t *testing.T) {
	b, err := json.Marshal(example().Models[0].Assay)
	require.NoError(t, err)
	require.JSONEq(t, `{"status": "done", "elapsed_s": 0, "setup_s": 5, "prove_s": 0.5, "prove_all_s": [0.5], "call_s": 1, "proving_key_bytes": 10000000,
		"prove_peak_bytes": 100000000, "error": {"max_abs": 0.001, "max_rel": 0.002, "same_top1": 1}, "evm": {"gas": 280400}}`, string(b))
}

func TestRatios(t *testing.T) {
	r := example()
	calibrated, tuned := r.Ratios(Modes[0]), r.Ratios(Modes[1])
	require.Equal(t, 2, calibrated.Models, "models that one side did not finish do not count")
	require.InDelta(t, 200, calibrated.Prove, 1e-9) // of 100 and 400
	require.InDelta(t, 154.919, calibrated.Call, 1e-3)
	require.InDelta(t, 20, calibrated.Peak, 1e-9)
	require.Equal(t, Ratios{Models: 1, Prove: 10, Call: 6, Setup: 10, Peak: 4, Key: 10}, roundRatios(tuned))
	require.Zero(t, geometric(nil))
	require.InDelta(t, 3, median([]float64{9, 1, 3}), 0)
	require.InDelta(t, 2, median([]float64{1, 3}), 0)
}

// roundRatios takes off what logarithms leave.
func roundRatios(r Ratios) Ratios {
	for _, x := range []*float64{&r.Prove, &r.Call, &r.Setup, &r.Peak, &r.Key} {
		*x = float64(int(*x*1e6+0.5)) / 1e6
	}
	return r
}

func TestTables(t *testing.T) {
	var full, short bytes.Buffer
	require.NoError(t, example().Markdown(&full))
	require.NoError(t, example().Summary(&short))
	for _, want := range []string{"| small | EZKL calibrated |", "did not finish at setup: stopped / at a limit", "3000000 rows of 2^22", "EZKL calibrated over Assay, geometric means of 2 models", "280k"} {
		require.Contains(t, full.String(), want)
	}
	for _, want := range []string{"| small |", "100x, 10.0x", "400x, -", "within 20 minutes and 20 GB", "| large | 4.00 s, error 1.0e-03 | did not finish at setup, 3000000 rows of 2^22 | did not finish at tune |", "| strange | refused at compile | 4.00 s",
		"geometric means over 2 models: proves **200x** as fast"} {
		require.Contains(t, short.String(), want)
	}
	require.NotContains(t, short.String(), "* Assay leaves")
	require.NotContains(t, full.String(), "does not run")
	require.ErrorIs(t, example().Markdown(broken{}), io.ErrClosedPipe)
}

// A model of which Assay proves the linear part alone is shown, marked, and counts in no mean.
func TestMeansAreOfTheSameWork(t *testing.T) {
	r := example()
	r.Models[1].Left = 1
	require.Equal(t, 1, r.Ratios(Modes[0]).Models)
	var short bytes.Buffer
	require.NoError(t, r.Summary(&short))
	require.Contains(t, short.String(), "| two * |")
	require.Contains(t, short.String(), "\n\\* Assay leaves")
	r.Models[1].Nonlinear = 1
	require.Equal(t, 2, r.Ratios(Modes[0]).Models, "what is left ends a model that has more")
}

func TestContractsThatAreTooLarge(t *testing.T) {
	r := example()
	r.Models[0].Tuned.EVM = &EVM{Reason: "deploy contract: max code size exceeded: code size 28788 limit 24576"}
	r.Models[0].Calibrated.EVM = &EVM{Reason: "no | compiler"}
	r.Models[0].Reference = "another executor"
	var full, short bytes.Buffer
	require.NoError(t, r.Markdown(&full))
	require.NoError(t, r.Summary(&short))
	require.Contains(t, full.String(), "| too large |  | done |")
	require.Contains(t, full.String(), "| no / compiler |  | done |")
	require.Contains(t, full.String(), "Errors of small, which ONNX Runtime does not run, are against another executor.")
	require.Contains(t, short.String(), "| 280k, -, too large |")
}

// The tuned side is no slower than the calibrated one where that keeps the error.
func TestTunedConcedesToCalibrated(t *testing.T) {
	side := func(prove, err float64) *Side { return &Side{Status: Done, Prove: prove, Error: &Error{Abs: err}} }
	for name, c := range map[string]struct {
		calibrated, tuned *Side
		limits            []float64
		want              float64
	}{
		"faster within the limit":        {side(1, 0.1), side(2, 0.05), []float64{0.1}, 1},
		"faster beyond the limit":        {side(1, 0.2), side(2, 0.05), []float64{0.1, 0.2}, 2},
		"slower":                         {side(3, 0.1), side(2, 0.05), []float64{0.1}, 2},
		"the search found nothing":       {side(3, 0.2), &Side{Status: Refused, Stage: "tune"}, []float64{0.1, 0.2}, 3},
		"what the search found is large": {side(3, 0.2), &Side{Status: Stopped, Stage: "setup"}, []float64{0.1, 0.2}, 0},
		"it has no error":                {&Side{Status: Done, Prove: 1}, side(2, 0.1), []float64{0.1}, 2},
		"neither finished":               {&Side{Status: Stopped}, &Side{Status: Stopped}, []float64{0.1}, 0},
		"nothing was tuned":              {side(3, 0.1), &Side{Status: Refused, Stage: "tune"}, nil, 0},
	} {
		t.Run(name, func(t *testing.T) {
			row := &Comparison{Calibrated: c.calibrated, Tuned: c.tuned}
			c.tuned.Tried = []string{"a trial"}
			row.concede(c.limits)
			require.InDelta(t, c.want, row.Tuned.Prove, 0)
			require.Equal(t, []string{"a trial"}, row.Tuned.Tried)
			require.Empty(t, c.calibrated.Note)
		})
	}
}

// The lines of a search are kept whether or not it came to its end, once.
func TestTrialsAreTakenOnce(t *testing.T) {
	dir := t.TempDir()
	got, err := trials(dir)
	require.NoError(t, err)
	require.Empty(t, got)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "trials.txt"), []byte("one\ntwo\n"), 0o644))
	got, err = trials(dir)
	require.NoError(t, err)
	require.Equal(t, []string{"one", "two"}, got)
	got, err = trials(dir)
	require.NoError(t, err)
	require.Empty(t, got)
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestChart(t *testing.T) {
	b, err := example().Chart()
	require.NoError(t, err)
	for d := xml.NewDecoder(bytes.NewReader(b)); ; {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
	}
	for _, want := range []string{"small", "two", "EZKL tuned", "0.5 s", "50 s"} {
		require.Contains(t, string(b), want)
	}
	require.NotContains(t, string(b), "large")
	again, err := example().Chart()
	require.NoError(t, err)
	require.Equal(t, b, again, "the picture is compared with the committed one")
}

func TestErrorOf(t *testing.T) {
	want := []Output{{Name: "y", Shape: []int{2, 2}, Data: []float64{1, 2, 8, -4}}, {Name: "s", Shape: nil, Data: []float64{0.5}}}
	e, err := errorOf(want, [][]float64{{1, 2.5, 3, 4}, {0.25}})
	require.NoError(t, err)
	half := 0.5
	require.Equal(t, &Error{Abs: 8, Rel: 1, Top1: &half}, e)
	e, err = errorOf(want[1:], [][]float64{{0.5}})
	require.NoError(t, err)
	require.Equal(t, &Error{}, e)
	for name, got := range map[string][][]float64{"want 2, got 1": {{1}}, "output y: want 4 elements, got 1": {{1}, {1}}, "element 0 is NaN": {{nan(), 0, 0, 0}, {1}}} {
		_, err := errorOf(want, got)
		require.ErrorContains(t, err, name)
	}
}

func nan() float64 { z := 0.0; return z / z }

func TestPublications(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, Publications(&b, benchmarks.Result{Rows: []*benchmarks.Row{{Model: "dense4m", Prove: 0.47}}}))
	require.Contains(t, b.String(), "| 2.34 | 0.52 |")
	require.Contains(t, b.String(), "dense4m 0.47")
}

// A side makes one proof where it takes more than a minute, whichever side it is.
func TestAgain(t *testing.T) {
	for _, c := range []struct {
		side Side
		n    int
		want bool
	}{
		{Side{Status: Done}, 0, true},
		{Side{Status: Stopped}, 0, false},
		{Side{Status: Done, CallAll: []float64{slow}}, 1, true},
		{Side{Status: Done, CallAll: []float64{slow + 1}}, 1, false},
	} {
		require.Equal(t, c.want, c.side.again(c.n), c)
	}
}
