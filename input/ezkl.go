package input

import (
	"fmt"

	"assay/ir/tensor"
)

// ignoredEZKL are the fields of an EZKL data file that say nothing about its inputs that the model does not.
var ignoredEZKL = []string{"input_shapes", "output_data", "output_shapes"}

// readEZKL reads EZKL's input_data: one array for each model input, in the model's order, flat or nested.
// An array that is a multiple of the input's size holds that many samples.
func readEZKL(d *jsonReader, specs []Spec) ([]array, error) {
	arrays := []array{}
	err := d.list(func(i int) error {
		if i >= len(specs) {
			return refuse(CodeName, fmt.Sprintf("%d arrays, for %s", len(specs), names(specs)), "more")
		}
		spec := specs[i]
		n, err := d.numbers()
		if err != nil {
			return about(err, spec.Name)
		}
		size := spec.Shape.Size()
		if len(n.data) == 0 || len(n.data)%size != 0 {
			return about(refuse(CodeShape, fmt.Sprintf("a multiple of %d values (shape %v)", size, spec.Shape), "%d", len(n.data)), spec.Name)
		}
		dtype := tensor.Undefined
		if n.booleans {
			dtype = tensor.Bool
		}
		shape := append(tensor.Shape{len(n.data) / size}, spec.Shape...)
		arrays = append(arrays, array{name: spec.Name, dtype: dtype, shape: shape, data: n.data})
		return nil
	})
	return arrays, err
}
