package benchmarks

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// Progress writes r beside an earlier measurement, and names the models that it did not have.
func (r *Result) Progress(before *Result, w io.Writer) error {
	if err := line(w, []string{"model", "constraints before", "after", "compile s before", "after", "set up s before", "after", "ratio", "prove s before", "after", "ratio", "memory MB before", "after"}); err != nil {
		return err
	}
	if err := line(w, []string{"---", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:"}); err != nil {
		return err
	}
	var others []string
	for _, x := range r.Rows {
		if !slices.ContainsFunc(before.Rows, func(b *Row) bool { return b.Model == x.Model && b.Error == "" }) {
			others = append(others, x.Model)
		}
		for _, b := range before.Rows {
			if x.Model != b.Model || x.Error != "" || b.Error != "" {
				continue
			}
			if err := line(w, []string{x.Model, fmt.Sprint(b.Constraints), fmt.Sprint(x.Constraints), fmt.Sprintf("%.2f", b.Compile), fmt.Sprintf("%.2f", x.Compile), fmt.Sprintf("%.2f", b.Setup), fmt.Sprintf("%.2f", x.Setup), fmt.Sprintf("%.1f", b.Setup/x.Setup),
				fmt.Sprintf("%.3f", b.Prove), fmt.Sprintf("%.3f", x.Prove), fmt.Sprintf("%.1f", b.Prove/x.Prove), fmt.Sprintf("%.0f", float64(b.ProvePeak)/1e6), fmt.Sprintf("%.0f", float64(x.ProvePeak)/1e6)}); err != nil {
				return err
			}
		}
	}
	also := ""
	if len(others) > 0 {
		also = fmt.Sprintf(" Not measured before: %s.", strings.Join(others, ", "))
	}
	_, err := fmt.Fprintf(w, "\nBefore at commit %s on %d cores of %s, after at commit %s on %d cores of %s.%s\n", before.Machine.Commit, before.Machine.Cores, before.Machine.CPU, r.Machine.Commit, r.Machine.Cores, r.Machine.CPU, also)
	return err
}
