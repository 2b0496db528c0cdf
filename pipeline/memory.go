package pipeline

import (
	"fmt"
	"sort"
	"strings"

	"assay/bundle"
	"assay/cost"
	"assay/internal/machine"
	"assay/ir/graph"
)

// CodeMemory is the code of a circuit that needs more memory than there is.
const CodeMemory = "PLAN_MEMORY" // setup or proving would take more memory than is allowed or than the machine has

// fits refuses a model whose setup or proof would take more than the request's memory.
func (c *Compiled) fits() error {
	e, most := c.Summary.Estimate, c.Request.MaxMemory
	if need := int64(max(e.PeakBytes, e.SetupPeakBytes)); most <= 0 || need <= most {
		return nil
	}
	err := tooLarge(e, most, c.Size)
	err.Want += c.largest()
	return err
}

// tooLarge is the refusal of a circuit of size s.
func tooLarge(e cost.Estimate, most int64, s cost.Size) *graph.Error {
	return &graph.Error{Code: CodeMemory,
		Want: fmt.Sprintf("at most %s of memory", size(most)),
		Got:  fmt.Sprintf("%s to set up and %s to prove %d constraints", size(int64(e.SetupPeakBytes)), size(int64(e.PeakBytes)), s.Constraints)}
}

// largest names the layers that most constraints come from, and what would help.
func (c *Compiled) largest() string {
	nodes := append([]Node(nil), c.Summary.Nodes...)
	sort.SliceStable(nodes, func(i, j int) bool { return nodes[i].Constraints > nodes[j].Constraints })
	var parts []string
	for _, n := range nodes[:min(3, len(nodes))] {
		if n.Constraints == 0 {
			break
		}
		parts = append(parts, fmt.Sprintf("%s (%s, %d, %.0f %%)", n.Name, n.Kernel, n.Constraints, 100*float64(n.Constraints)/float64(c.Summary.Constraints)))
	}
	return fmt.Sprintf(" (most constraints are from %s; fewer bits an activation, a smaller input or a machine with more memory would help)", strings.Join(parts, ", "))
}

// usable is the memory that a process may plan to take.
var usable = machine.Usable

// enough refuses to set up or prove what this machine's memory cannot hold beside what is kept, rather than be killed
// half-way. What a quarter of the memory surely holds is not looked at.
func enough(b *bundle.Bundle, kept int64, need func(cost.Estimate) int) error {
	const fixed, certain = 256 << 20, 16 << 10 // bytes, and bytes a constraint
	have := usable()
	if have <= 0 || fixed+int64(b.Manifest.Constraints)*certain+kept < have/4 {
		return nil
	}
	costs, err := cost.Local()
	if err != nil {
		return err
	}
	s, err := cost.Of(b.Model)
	if err != nil {
		return err
	}
	if e := costs.Estimate(s, b.Model.Values()); kept > have || int64(need(e)) > have-kept {
		err := tooLarge(e, have, s)
		if kept > 0 {
			err.Got += fmt.Sprintf(", beside %s of tables", size(kept))
		}
		return err
	}
	return nil
}

func size(n int64) string {
	if n < 1<<30 {
		return fmt.Sprintf("%.0f MiB", float64(n)/(1<<20))
	}
	return fmt.Sprintf("%.1f GiB", float64(n)/(1<<30))
}
