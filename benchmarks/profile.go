package benchmarks

import (
	"fmt"
	"io"
	"slices"
)

// Profile is what the time of proofs goes to.
type Profile struct {
	Machine Machine         `json:"machine"`
	Runs    int             `json:"runs"`
	Models  []ProfiledModel `json:"models"`
}

// ProfiledModel is one model by gnark's prover and by ours, over the same keys.
type ProfiledModel struct {
	Model       string        `json:"model"`
	Constraints int           `json:"constraints"`
	Setup       ProfiledSetup `json:"setup"`
	Gnark       Profiled      `json:"gnark"`
	Assay       Profiled      `json:"assay"`
	Tables      Profiled      `json:"assay_with_tables"`
}

// ProfiledSetup is seconds of setup. Gnark is 0 where it was not measured.
type ProfiledSetup struct {
	Gnark float64 `json:"gnark_s"`
	Assay float64 `json:"assay_s"`
}

// Profiled is one prover: the median of its wall time, and the processor's time a proof by stage.
type Profiled struct {
	Prove  float64 `json:"prove_s"`
	Stages []Stage `json:"stages"`
}

// Solving is the share of evaluating the program, its advice and all wires in the processor's time of a proof.
func (p Profiled) Solving() float64 { return p.share("solve", "evaluate and advise") }

// share is that of some stages in the processor's time.
func (p Profiled) share(stages ...string) float64 {
	part, all := 0.0, 0.0
	for _, s := range p.Stages {
		if all += s.Milliseconds; slices.Contains(stages, s.Name) {
			part += s.Milliseconds
		}
	}
	return part / all
}

// Stage is processor time of all cores.
type Stage struct {
	Name         string  `json:"stage"`
	Milliseconds float64 `json:"cpu_ms"`
}

// Markdown writes the profile as two tables.
func (p *Profile) Markdown(w io.Writer) error {
	if err := line(w, []string{"model", "constraints", "gnark: setup s", "ours", "ratio", "gnark: prove s", "ours", "ratio", "ours with tables", "ratio", "ours: solving"}); err != nil {
		return err
	}
	if err := line(w, []string{"---", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:"}); err != nil {
		return err
	}
	for _, m := range p.Models {
		setup, ratio := "-", "-"
		if m.Setup.Gnark > 0 {
			setup, ratio = fmt.Sprintf("%.2f", m.Setup.Gnark), fmt.Sprintf("%.1f", m.Setup.Gnark/m.Setup.Assay)
		}
		if err := line(w, []string{m.Model, fmt.Sprint(m.Constraints), setup, fmt.Sprintf("%.2f", m.Setup.Assay), ratio, fmt.Sprintf("%.3f", m.Gnark.Prove),
			fmt.Sprintf("%.3f", m.Assay.Prove), fmt.Sprintf("%.1f", m.Gnark.Prove/m.Assay.Prove), fmt.Sprintf("%.3f", m.Tables.Prove), fmt.Sprintf("%.1f", m.Gnark.Prove/m.Tables.Prove), fmt.Sprintf("%.0f%%", 100*m.Assay.Solving())}); err != nil {
			return err
		}
	}
	if _, err := fmt.Fprintf(w, "\nProcessor time of a proof by stage, in milliseconds of one core, and microseconds a constraint:\n\n"); err != nil {
		return err
	}
	if err := line(w, []string{"model", "stage", "gnark ms", "µs", "ours ms", "µs", "with tables ms", "µs"}); err != nil {
		return err
	}
	if err := line(w, []string{"---", "---", "---:", "---:", "---:", "---:", "---:", "---:"}); err != nil {
		return err
	}
	for _, m := range p.Models {
		for i, s := range m.Assay.Stages {
			cells := []string{m.Model, s.Name}
			for _, x := range []Profiled{m.Gnark, m.Assay, m.Tables} {
				ms := x.Stages[i].Milliseconds
				cells = append(cells, fmt.Sprintf("%.1f", ms), fmt.Sprintf("%.2f", 1000*ms/float64(m.Constraints)))
			}
			if err := line(w, cells); err != nil {
				return err
			}
		}
	}
	_, err := fmt.Fprintf(w, "\n%s, %d cores, commit %s; medians of %d proofs in turn. gnark's wall time is that of its Prove alone; its stages and ours include what comes before. Solving is evaluating the program, its advice and all wires.\n",
		p.Machine.CPU, p.Machine.Cores, p.Machine.Commit, p.Runs)
	return err
}
