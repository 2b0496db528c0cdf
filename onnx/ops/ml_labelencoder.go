package ops

import (
	"fmt"
	"math"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() {
	registerML("LabelEncoder", 1, decodeLabelEncoderClasses)
	registerML("LabelEncoder", 2, decodeLabelEncoder)
}

// LabelEncoder (ai.onnx.ml 1) from integers to strings. Strings are not inputs.
func decodeLabelEncoderClasses(a *Attrs) (graph.Op, error) {
	if !a.inputs(1, 1) {
		return nil, nil
	}
	classes := a.texts("classes_strings")
	a.ignore("default_int64")
	var o encoding
	for i := range classes {
		o.keys = append(o.keys, float64(i))
	}
	o.strings(append(classes, a.string("default_string", "_Unused")))
	return o, nil
}

// LabelEncoder (ai.onnx.ml 2, 4) between numbers, and from numbers to strings. Of a repeated key version 4 takes the
// last, earlier ones the first.
func decodeLabelEncoder(a *Attrs) (graph.Op, error) {
	if !a.inputs(1, 1) {
		return nil, nil
	}
	var o encoding
	if a.texts("keys_strings") != nil {
		a.refuse("keys_strings", "absent, as inputs are numbers", "strings")
	}
	o.keys, _ = a.numbers("keys", "", math.NaN())
	if len(o.keys) == 0 {
		a.refuse("keys_int64s, keys_floats or keys_tensor", "of numbers", "none")
		return nil, nil
	}
	o.keys = o.keys[:len(o.keys)-1]
	if texts := a.texts("values_strings"); texts != nil {
		o.strings(append(texts, a.string("default_string", "_Unused")))
	} else {
		o.values, o.out = a.numbers("values", "default", -1)
	}
	a.ignore("default_string", "default_int64", "default_float", "default_tensor")
	if len(o.values) != len(o.keys)+1 {
		a.refuse("keys_* and values_*", "of one length", fmt.Sprintf("%d and %d", len(o.keys), len(o.values)-1))
		return nil, nil
	}
	if a.Opset >= 4 {
		for i, j := 0, len(o.keys)-1; i < j; i, j = i+1, j-1 {
			o.keys[i], o.keys[j] = o.keys[j], o.keys[i]
			o.values[i], o.values[j] = o.values[j], o.values[i]
		}
	}
	return o, nil
}

// numbers reads a list of integers, reals or a tensor, of which one is present, and appends the default of that type.
func (a *Attrs) numbers(name, byDefault string, integer float64) ([]float64, tensor.DType) {
	var list []float64
	if v := a.ints(name + "_int64s"); v != nil {
		for _, x := range v {
			list = append(list, float64(x))
		}
		if byDefault != "" {
			integer = float64(a.int(byDefault+"_int64", -1))
		}
		return append(list, integer), tensor.Int64
	}
	if v := a.floats(name+"_floats", nil); v != nil {
		if byDefault != "" {
			integer = a.float(byDefault+"_float", math.Copysign(0, -1))
		}
		return append(append(list, v...), integer), tensor.Float32
	}
	if t := read(a, name+"_tensor", Tensor{}); t.Value != nil {
		if byDefault != "" {
			if t.DType.IsFloat() {
				integer = math.Copysign(0, -1)
			}
			if d := read(a, byDefault+"_tensor", Tensor{}); d.Value != nil && len(d.Value.Data) == 1 {
				integer = d.Value.Data[0]
			}
		}
		return append(append(list, t.Value.Data...), integer), t.DType
	}
	return nil, tensor.Undefined
}
