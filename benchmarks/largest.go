package benchmarks

import (
	"fmt"
	"io"

	"assay/cost"
)

// Largest is how large a circuit a machine proves.
type Largest struct {
	Machine Machine       `json:"machine"`
	Samples []cost.Sample `json:"samples"`           // that were proven
	Stopped string        `json:"stopped,omitempty"` // the first that was not, and why
}

// Markdown writes a table.
func (l *Largest) Markdown(w io.Writer) error {
	if err := line(w, []string{"constraints", "set up", "memory", "a constraint", "key", "a constraint", "prove", "memory", "a constraint"}); err != nil {
		return err
	}
	if err := line(w, []string{"---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:"}); err != nil {
		return err
	}
	for _, s := range l.Samples {
		n := float64(s.Size.Constraints)
		gib := func(b float64) string { return fmt.Sprintf("%.2f GiB", b/(1<<30)) }
		each := func(b float64) string { return fmt.Sprintf("%.2f KB", b/n/1000) }
		if err := line(w, []string{fmt.Sprint(s.Size.Constraints), fmt.Sprintf("%.1f s", s.Setup), gib(s.SetupPeak), each(s.SetupPeak), gib(s.Key), each(s.Key),
			fmt.Sprintf("%.1f s", s.Prove), gib(s.Peak()), each(s.Peak())}); err != nil {
			return err
		}
	}
	stopped := ""
	if l.Stopped != "" {
		stopped = "; not tried or not done: " + l.Stopped
	}
	_, err := fmt.Fprintf(w, "\n%s, %d cores, %.0f GiB, commit %s%s.\n", l.Machine.CPU, l.Machine.Cores, float64(l.Machine.Memory)/(1<<30), l.Machine.Commit, stopped)
	return err
}
