package benchmarks

import (
	"fmt"
	"io"
)

// Progress writes r beside an earlier measurement of the same models.
func (r *Result) Progress(before *Result, w io.Writer) error {
	if err := line(w, []string{"model", "constraints before", "after", "set up s before", "after", "ratio", "prove s before", "after", "ratio", "memory MB before", "after"}); err != nil {
		return err
	}
	if err := line(w, []string{"---", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:"}); err != nil {
		return err
	}
	for _, x := range r.Rows {
		for _, b := range before.Rows {
			if x.Model != b.Model || x.Error != "" || b.Error != "" {
				continue
			}
			if err := line(w, []string{x.Model, fmt.Sprint(b.Constraints), fmt.Sprint(x.Constraints), fmt.Sprintf("%.2f", b.Setup), fmt.Sprintf("%.2f", x.Setup), fmt.Sprintf("%.1f", b.Setup/x.Setup),
				fmt.Sprintf("%.3f", b.Prove), fmt.Sprintf("%.3f", x.Prove), fmt.Sprintf("%.1f", b.Prove/x.Prove), fmt.Sprintf("%.0f", float64(b.ProvePeak)/1e6), fmt.Sprintf("%.0f", float64(x.ProvePeak)/1e6)}); err != nil {
				return err
			}
		}
	}
	_, err := fmt.Fprintf(w, "\nCommits %s and %s, %s with %d cores and %s with %d.\n", before.Machine.Commit, r.Machine.Commit, before.Machine.CPU, before.Machine.Cores, r.Machine.CPU, r.Machine.Cores)
	return err
}
