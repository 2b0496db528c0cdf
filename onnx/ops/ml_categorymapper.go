package ops

import (
	"fmt"

	"assay/ir/graph"
)

func init() { registerML("CategoryMapper", 1, decodeCategoryMapper) }

// CategoryMapper (ai.onnx.ml 1) from integers to strings. Strings are not inputs.
func decodeCategoryMapper(a *Attrs) (graph.Op, error) {
	a.inputs(1, 1)
	ints, texts := a.ints("cats_int64s"), a.texts("cats_strings")
	a.ignore("default_int64")
	if len(ints) == 0 || len(ints) != len(texts) {
		a.refuse("cats_int64s", "and cats_strings of one length", fmt.Sprintf("%d and %d", len(ints), len(texts)))
		return nil, nil
	}
	var o encoding
	for _, v := range ints {
		o.keys = append(o.keys, float64(v))
	}
	o.strings(append(texts, a.string("default_string", "_Unused")))
	return o, nil
}
