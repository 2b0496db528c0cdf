package benchmarks

import (
	"fmt"
	"io"
)

// Constraints writes what the kernels of each model take.
func (r *Result) Constraints(w io.Writer) error {
	if err := line(w, []string{"model", "kernel", "form", "nodes", "elements", "constraints", "an element", "share"}); err != nil {
		return err
	}
	if err := line(w, []string{"---", "---", "---", "---:", "---:", "---:", "---:", "---:"}); err != nil {
		return err
	}
	for _, x := range r.Rows {
		rest := x.Constraints
		share := func(n int) string { return fmt.Sprintf("%.1f%%", 100*float64(n)/float64(x.Constraints)) }
		for _, k := range x.Kernels {
			rest -= k.Constraints
			each := "-"
			if k.Elements > 0 {
				each = fmt.Sprintf("%.2f", float64(k.Constraints)/float64(k.Elements))
			}
			if err := line(w, []string{x.Model, k.Kernel, k.Form, fmt.Sprint(k.Nodes), fmt.Sprint(k.Elements), fmt.Sprint(k.Constraints), each, share(k.Constraints)}); err != nil {
				return err
			}
		}
		if len(x.Kernels) > 0 {
			if err := line(w, []string{x.Model, "tables, inputs, statement", "", "", "", fmt.Sprint(rest), "-", share(rest)}); err != nil {
				return err
			}
		}
	}
	return nil
}
