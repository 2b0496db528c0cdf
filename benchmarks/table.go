package benchmarks

import (
	"fmt"
	"io"
	"strings"
)

// Result is one run of the benchmark.
type Result struct {
	Machine Machine `json:"machine"`
	Runs    int     `json:"runs"` // proofs a model at least
	Rows    []*Row  `json:"rows"`
}

// Markdown writes the result as a table.
func (r *Result) Markdown(w io.Writer) error {
	m := r.Machine
	_, err := fmt.Fprintf(w, "%s, %d cores, %.0f GiB, %s, %s, commit %s; proof and verification are medians of at least %d, setup, where it takes less than two seconds, of %d.\n\n",
		m.CPU, m.Cores, float64(m.Memory)/(1<<30), m.OS, m.Go, m.Commit, r.Runs, Setups)
	if err != nil {
		return err
	}
	head := []string{"model", "parameters", "multiply-adds", "nonlinear", "constraints", "per nonlinear", "cosine", "compile s", "setup s", "prove s", "proofs a minute", "verify ms",
		"proof B", "calldata B", "gas", "proving key MB", "B a constraint", "prove peak MB", "B a constraint", "compile peak MB"}
	if err := line(w, head); err != nil {
		return err
	}
	rule := make([]string, len(head))
	for i := range rule {
		rule[i] = "---:"
	}
	rule[0] = "---"
	if err := line(w, rule); err != nil {
		return err
	}
	for _, x := range r.Rows {
		if x.Error != "" {
			if err := line(w, []string{x.Model, x.Error}); err != nil {
				return err
			}
			continue
		}
		ratio, each := "-", func(bytes int64) string { return fmt.Sprintf("%.0f", float64(bytes)/float64(x.Constraints)) }
		if x.Nonlinear > 0 {
			ratio = fmt.Sprintf("%.2f", x.PerNonlinear)
		}
		if err := line(w, []string{x.Model, fmt.Sprint(x.Parameters), fmt.Sprint(x.MultiplyAdds), fmt.Sprint(x.Nonlinear), fmt.Sprint(x.Constraints), ratio,
			fmt.Sprintf("%.5f", x.Cosine), fmt.Sprintf("%.2f", x.Compile), fmt.Sprintf("%.1f", x.Setup), fmt.Sprintf("%.3f", x.Prove), x.Throughput(), fmt.Sprintf("%.1f", 1000*x.Verify),
			fmt.Sprint(x.ProofBytes), fmt.Sprint(x.Calldata), fmt.Sprint(x.Gas), fmt.Sprintf("%.1f", float64(x.ProvingKey)/1e6), each(x.ProvingKey), fmt.Sprintf("%.0f", float64(x.ProvePeak)/1e6), each(x.ProvePeak), fmt.Sprintf("%.0f", float64(x.Peak)/1e6)}); err != nil {
			return err
		}
	}
	return nil
}

func line(w io.Writer, cells []string) error {
	_, err := fmt.Fprintln(w, "| "+strings.Join(cells, " | ")+" |")
	return err
}

// Throughput is the proofs a minute, "-" where they were not measured.
func (x *Row) Throughput() string {
	if x.PerMinute == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f", x.PerMinute)
}
