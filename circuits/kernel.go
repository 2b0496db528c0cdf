package circuits

import (
	"fmt"
	"reflect"

	"assay/ir/program"
)

// kernel is how one kind of program kernel becomes constraints.
type kernel interface {
	// demand tells the planner what lookups the node will make.
	demand(p *planner, n program.Node)
	// synthesize makes the node's constraints and gives its tensor.
	synthesize(c *walk, n program.Node) (elements, error)
}

var kernels = map[reflect.Type]kernel{}

func register(of program.Kernel, k kernel) {
	t := reflect.TypeOf(of)
	if kernels[t] != nil {
		panic(fmt.Sprintf("circuits: kernel %v is registered twice", t))
	}
	kernels[t] = k
}

func kernelOf(n program.Node) (kernel, error) {
	k := kernels[reflect.TypeOf(n.Kernel)]
	if k == nil {
		return nil, fmt.Errorf("circuits: no constraints for kernel %q", n.Kernel.Kind())
	}
	return k, nil
}
