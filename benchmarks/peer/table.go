package peer

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"assay/benchmarks"
)

// Markdown writes everything that was measured, one line a model and side.
func (r Record) Markdown(w io.Writer) error {
	t := &table{w: w}
	t.say("%s; EZKL %s, Python %s; %d proofs a side, in turn (1 is enough where it takes more than a minute). Limits a model and mode: %.0f minutes, %.0f GB.%s%s\n\n",
		r.on(), r.Peer.EZKL, r.Peer.Python, r.Runs, r.Limits.Time.Minutes(), float64(r.Limits.Memory)/1e9, r.references(), r.again())
	t.head("model", "side", "size", "prepare s", "setup s", "prove s", "cold s", "verify ms", "proof B", "proving key MB", "setup peak MB", "prove peak MB",
		"max error", "relative", "top-1", "gas", "commit", "outcome")
	for _, c := range r.Models {
		t.row(c.Model, "Assay", c.Assay, c.Commit)
		for _, m := range Modes {
			t.row(c.Model, m.Name, m.Side(c), "")
		}
	}
	for _, m := range Modes {
		if x := r.Ratios(m); x.Models > 0 {
			t.say("\n%s over Assay, geometric means of %d models that both finish: proving %s, from a new process %s, setup %s, memory to prove %s, proving key %s.\n",
				m.Name, x.Models, times(x.Prove), times(x.Call), times(x.Setup), times(x.Peak), times(x.Key))
		}
	}
	return t.err
}

// Summary writes what a first reader compares, one line a model.
func (r Record) Summary(w io.Writer) error {
	t := &table{w: w}
	t.head("model", "Assay", "EZKL calibrated", "EZKL tuned", "faster", "less memory", "gas")
	var unfinished []*Comparison
	left := ""
	for _, c := range r.Models {
		if !c.Assay.Finished() || !c.Calibrated.Finished() && !c.Tuned.Finished() {
			unfinished = append(unfinished, c)
			continue
		}
		name := c.Model
		if c.LeftWhole() {
			name, left = name+" *", "\n\\* Assay leaves all that is not linear here to the reader of the answer, and EZKL proves it: the means are without it.\n"
		}
		var faster, less []string
		for _, m := range Modes {
			s := m.Side(c)
			if !s.Finished() {
				faster, less = append(faster, "-"), append(less, "-")
				continue
			}
			faster, less = append(faster, times(s.Prove/c.Assay.Prove)), append(less, times(float64(s.ProvePeak)/float64(c.Assay.ProvePeak)))
		}
		t.line(name, brief(c.Assay), brief(c.Calibrated), brief(c.Tuned), strings.Join(faster, ", "), strings.Join(less, ", "),
			gas(c.Assay)+", "+gas(c.Calibrated)+", "+gas(c.Tuned))
	}
	t.say("%s", left)
	for _, m := range Modes {
		if x := r.Ratios(m); x.Models > 0 {
			t.say("\nAgainst %s, geometric means over %d models: proves **%s** as fast (%s with loading keys in a new process), in 1/%.0f of the memory, with 1/%.0f of the proving key.\n",
				m.Name, x.Models, times(x.Prove), times(x.Call), x.Peak, x.Key)
		}
	}
	if len(unfinished) > 0 {
		t.say("\nWhat one side or the other does not finish within %.0f minutes and %.0f GB, or refuses:\n\n", r.Limits.Time.Minutes(), float64(r.Limits.Memory)/1e9)
		t.head("model", "Assay", "EZKL calibrated", "EZKL tuned")
		for _, c := range unfinished {
			t.line(c.Model, brief(c.Assay), brief(c.Calibrated), brief(c.Tuned))
		}
	}
	t.say("\nSeconds to prove, and maximum absolute error against the float model, on the same input; pairs are against EZKL calibrated and tuned. EZKL's calibration often takes a smaller error than Assay's and pays for it; tuned, its error is no larger. Gas is Assay's, EZKL's calibrated and tuned; a contract that is too large cannot be deployed. Measured by `assay bench --peer ezkl` on %s, with EZKL %s, %d proofs a side in turn.\n",
		r.on(), r.Peer.EZKL, r.Runs)
	return t.err
}

// references says of which models another float executor than ONNX Runtime gave the answer that errors are against, "" of none.
func (r Record) references() string {
	by := map[string][]string{}
	for _, c := range r.Models {
		if c.Reference != "" && !strings.HasPrefix(c.Reference, "ONNX Runtime") {
			by[c.Reference] = append(by[c.Reference], c.Model)
		}
	}
	said := ""
	for _, name := range slices.Sorted(maps.Keys(by)) {
		said += fmt.Sprintf(" Errors of %s, which ONNX Runtime does not run, are against %s.", strings.Join(by[name], " and "), name)
	}
	return said
}

// again says for which models Assay was measured at another time than the peer, "" if for none.
func (r Record) again() string {
	var list []string
	for _, c := range r.Models {
		if c.PeerCommit != "" {
			list = append(list, c.Model)
		}
	}
	if len(list) == 0 {
		return ""
	}
	return fmt.Sprintf(" Of %s, which EZKL does not finish, Assay was measured again later.", strings.Join(list, " and "))
}

// on is the machine of most models in words, and those of models that were measured on others.
func (r Record) on() string {
	var commits []string
	models := map[string][]string{}
	for _, c := range r.Models {
		on := words(r.machine(c))
		models[on] = append(models[on], c.Model)
		if !slices.Contains(commits, c.Commit) {
			commits = append(commits, c.Commit)
		}
	}
	machines := slices.SortedFunc(maps.Keys(models), func(x, y string) int {
		return cmp.Or(cmp.Compare(len(models[y]), len(models[x])), cmp.Compare(x, y))
	})
	said := words(r.Machine)
	for i, on := range machines {
		if i == 0 {
			said = on
			continue
		}
		said += fmt.Sprintf(" (both sides of %s on %s)", strings.Join(models[on], " and "), on)
	}
	return said + ", Assay at " + strings.Join(commits, " and ")
}

// words describes a machine.
func words(m benchmarks.Machine) string {
	return fmt.Sprintf("%d cores of an %s with %.0f GiB", m.Cores, m.CPU, float64(m.Memory)/(1<<30))
}

// brief is a side in one cell.
func brief(s *Side) string {
	switch {
	case s.Finished() && s.Error != nil:
		return fmt.Sprintf("%s s, error %.1e", digits(s.Prove), s.Error.Abs)
	case s.Finished():
		return digits(s.Prove) + " s"
	case s == nil:
		return "not run"
	}
	return fmt.Sprintf("%s at %s%s", s.Status, s.Stage, s.size(", "))
}

func gas(s *Side) string {
	if s == nil || s.EVM == nil {
		return "-"
	}
	if s.EVM.tooLarge() {
		return "too large"
	}
	if s.EVM.Gas == 0 {
		return "-"
	}
	return fmt.Sprintf("%dk", (s.EVM.Gas+500)/1000)
}

// size is the circuit's, after a separator, "" if it is not known.
func (s *Side) size(separator string) string {
	switch {
	case s.K > 0:
		return fmt.Sprintf("%s%d rows of 2^%d", separator, s.Rows, s.K)
	case s.Constraints > 0:
		return fmt.Sprintf("%s%d constraints", separator, s.Constraints)
	}
	return ""
}

// times is a ratio.
func times(x float64) string { return digits(x) + "x" }

// digits prints three significant digits.
func digits(x float64) string {
	switch {
	case x >= 100:
		return fmt.Sprintf("%.0f", x)
	case x >= 10:
		return fmt.Sprintf("%.1f", x)
	case x >= 1:
		return fmt.Sprintf("%.2f", x)
	}
	return fmt.Sprintf("%.3f", x)
}

// table writes lines of Markdown and keeps the first error.
type table struct {
	w   io.Writer
	err error
}

func (t *table) say(format string, args ...any) {
	if t.err == nil {
		_, t.err = fmt.Fprintf(t.w, format, args...)
	}
}

func (t *table) line(cells ...string) { t.say("| %s |\n", strings.Join(cells, " | ")) }

func (t *table) head(cells ...string) {
	t.line(cells...)
	rule := make([]string, len(cells))
	for i := range rule {
		rule[i] = "---"
	}
	t.line(rule...)
}

// row writes a side with all its columns.
func (t *table) row(model, side string, s *Side, commit string) {
	if s == nil {
		return
	}
	some := func(x float64, format string) string {
		if x == 0 {
			return ""
		}
		return fmt.Sprintf(format, x)
	}
	mb := func(n int64) string { return some(float64(n)/1e6, "%.1f") }
	outcome := string(s.Status)
	if s.Status != Done {
		outcome += " at " + s.Stage + ": " + strings.ReplaceAll(s.Reason, "|", "/")
	}
	if s.Note != "" {
		outcome += "; " + s.Note
	}
	abs, rel, top := "", "", ""
	if s.Error != nil {
		abs, rel = fmt.Sprintf("%.2e", s.Error.Abs), fmt.Sprintf("%.2e", s.Error.Rel)
		if s.Error.Top1 != nil {
			top = fmt.Sprintf("%.0f%%", 100**s.Error.Top1)
		}
	}
	spent := gas(s)
	if s.EVM != nil && s.EVM.Reason != "" && !s.EVM.tooLarge() {
		spent = strings.ReplaceAll(s.EVM.Reason, "|", "/")
	}
	proof := ""
	if s.ProofBytes > 0 {
		proof = fmt.Sprint(s.ProofBytes)
	}
	t.line(model, side, s.size(""), some(s.Prepare, "%.2f"), some(s.Setup, "%.2f"), some(s.Prove, "%.3f"), some(s.Call, "%.3f"), some(1000*s.Verify, "%.1f"),
		proof, mb(s.ProvingKey), mb(s.SetupPeak), mb(s.ProvePeak), abs, rel, top, spent, commit, outcome)
}
