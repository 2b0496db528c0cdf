package benchmarks

import (
	"fmt"
	"io"
)

// Predictions writes what was predicted of each model beside what was measured.
func (r *Result) Predictions(w io.Writer) error {
	if err := line(w, []string{"model", "constraints", "prove s", "predicted", "off", "memory MB", "predicted", "off", "set up s", "predicted", "off", "memory MB", "predicted", "off"}); err != nil {
		return err
	}
	if err := line(w, []string{"---", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:"}); err != nil {
		return err
	}
	for _, x := range r.Rows {
		e := x.Estimate
		if x.Error != "" || e.ProveSeconds == 0 {
			continue
		}
		off := func(got, want float64) string { return fmt.Sprintf("%+.0f%%", 100*(got/want-1)) }
		if err := line(w, []string{x.Model, fmt.Sprint(x.Constraints), fmt.Sprintf("%.3f", x.Prove), fmt.Sprintf("%.3f", e.ProveSeconds), off(e.ProveSeconds, x.Prove),
			fmt.Sprintf("%.0f", float64(x.ProvePeak)/1e6), fmt.Sprintf("%.0f", float64(e.PeakBytes)/1e6), off(float64(e.PeakBytes), float64(x.ProvePeak)),
			fmt.Sprintf("%.2f", x.Setup), fmt.Sprintf("%.2f", e.SetupSeconds), off(e.SetupSeconds, x.Setup),
			fmt.Sprintf("%.0f", float64(x.SetupPeak)/1e6), fmt.Sprintf("%.0f", float64(e.SetupPeakBytes)/1e6), off(float64(e.SetupPeakBytes), float64(x.SetupPeak))}); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "\n%s, %d cores, commit %s.\n", r.Machine.CPU, r.Machine.Cores, r.Machine.Commit)
	return err
}
