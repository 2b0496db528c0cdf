package bundle

import (
	"fmt"

	"assay/compile"
	"assay/input"
	"assay/ir/tensor"
)

// Outside is what happens to an input element outside its declared range.
type Outside string

// Policies. Nothing ever wraps.
const (
	Clamp  Outside = "clamp"  // it is moved to the nearest end; the proof is of the moved input
	Refuse Outside = "refuse" // the input is refused
)

func (o Outside) valid() bool { return o == Clamp || o == Refuse }

// Quantize rounds a sample to the program's integers, and counts the elements that were clamped to their declared
// range. Where the bundle refuses such inputs it is an *input.Error.
func (b *Bundle) Quantize(s compile.Sample) (in []*tensor.Int, clamped int, err error) {
	in, clamped, err = compile.Quantize(b.Model.Program, s)
	if err != nil || clamped == 0 || b.Manifest.Outside == Clamp {
		return in, clamped, err
	}
	return nil, clamped, &input.Error{Code: input.CodeRange, File: b.Manifest.Name, Want: "elements within the declared ranges, as this bundle asks",
		Got: fmt.Sprintf("%d outside", clamped)}
}
