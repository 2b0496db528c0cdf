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
	_, err := fmt.Fprintf(w, "\nBefore at commit %s on %d cores of %s, after at commit %s on %d cores of %s.\n", before.Machine.Commit, before.Machine.Cores, before.Machine.CPU, r.Machine.Commit, r.Machine.Cores, r.Machine.CPU)
	return err
}
