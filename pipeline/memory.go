package pipeline

import (
	"fmt"

	"github.com/dustin/go-humanize"

	"assay/bundle"
	"assay/circuits"
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
	return tooLarge(c.Model, c.Request.Costs, e, most, 0, c.Size)
}

// tooLarge is the refusal of a circuit of size s beside so many bytes that are kept.
func tooLarge(m *circuits.Model, costs *cost.Model, e cost.Estimate, most, kept int64, s cost.Size) *graph.Error {
	beside := ""
	if kept > 0 {
		beside = fmt.Sprintf(" beside %s of tables", size(kept))
	}
	return &graph.Error{Code: CodeMemory,
		Want: fmt.Sprintf("at most %s of memory", size(most)),
		Got: fmt.Sprintf("%s to set up and %s to prove %d constraints%s; %s", size(int64(e.SetupPeakBytes)), size(int64(e.PeakBytes)), s.Constraints, beside,
			causes(m, s, costs.Memory(s)))}
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
		return tooLarge(b.Model, costs, e, have, kept, s)
	}
	return nil
}

func size(n int64) string { return humanize.IBytes(uint64(max(n, 0))) }
