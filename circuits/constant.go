package circuits

import "assay/ir/program"

// constant costs nothing: its elements fold into the combinations that read them.
type constant struct{}

func init() { register((*program.Constant)(nil), constant{}) }

func (constant) demand(*planner, program.Node) {}

func (constant) synthesize(c *walk, n program.Node) (elements, error) {
	return constantWires(c.s, n.Kernel.(*program.Constant).Values, 0), nil
}
