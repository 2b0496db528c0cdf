package onnx

import (
	"fmt"
	"maps"

	"assay/ir/graph"
	"assay/ir/tensor"
)

// Forms of operators before opset 7 that differ from later ones in how they are written. They become the later ones.
func init() {
	for _, kind := range []string{"Abs", "Ceil", "Elu", "Exp", "Floor", "HardSigmoid", "InstanceNormalization", "LeakyRelu", "Log", "Max", "Mean", "Min", "Neg",
		"Reciprocal", "Relu", "Selu", "Sigmoid", "Sqrt", "Sum", "Tanh"} {
		registerLegacy(kind, 6, legacy{drop: []string{"consumed_inputs"}}.apply)
	}
	for _, kind := range []string{"Add", "And", "Div", "Equal", "Greater", "Less", "Mul", "Or", "Pow", "PRelu", "Sub", "Xor"} {
		registerLegacy(kind, 7, aligned)
	}
	for _, kind := range []string{"GRU", "LSTM", "RNN"} {
		registerLegacy(kind, 7, legacy{drop: []string{"output_sequence"}}.apply)
	}
	registerLegacy("AveragePool", 7, legacy{}.apply)
	registerLegacy("BatchNormalization", 7, legacyBatchNormalization)
	registerLegacy("Cast", 6, legacyCast)
	registerLegacy("Clip", 6, legacyClip)
	registerLegacy("Concat", 4, legacy{set: map[string]any{"axis": int64(1)}}.apply)
	registerLegacy("Dropout", 7, legacy{drop: []string{"consumed_inputs", "is_test", "ratio"}}.apply)
	registerLegacy("Gemm", 7, legacy{drop: []string{"broadcast"}}.apply)
	registerLegacy("Pad", 2, legacyPad)
	registerLegacy("Reshape", 5, legacyReshape)
	registerLegacy("Split", 2, legacySplit)
	registerLegacy("Tile", 6, legacyTile)
}

// legacy is an operator that later opsets write with fewer attributes, or without defaults.
type legacy struct {
	drop []string
	set  map[string]any // where absent
}

func (l legacy) apply(c *call) ([]binding, error) {
	in, err := c.tensors()
	if err != nil {
		return nil, err
	}
	attrs := maps.Clone(l.set)
	if attrs == nil {
		attrs = map[string]any{}
	}
	maps.Copy(attrs, c.attrs)
	for _, name := range l.drop {
		delete(attrs, name)
	}
	return c.become(c.o.kind, attrs, in...)
}

// aligned carries out operators of two inputs (ONNX 1, 6), whose broadcasting is asked for and aligns the axes of
// the second input with those of the first from an axis on, by default at the end. The slopes of PRelu are one, or
// one for each channel.
func aligned(c *call) ([]binding, error) {
	if err := c.arity(2, 2); err != nil {
		return nil, err
	}
	if err := c.only("axis", "broadcast", "consumed_inputs"); err != nil {
		return nil, err
	}
	in, err := c.tensors()
	if err != nil {
		return nil, err
	}
	x, y := in[0].Type.Shape, in[1].Type.Shape
	axis, err := c.integer("axis", len(x)-len(y))
	if err != nil {
		return nil, err
	}
	wide, err := c.integer("broadcast", 0)
	if err != nil {
		return nil, err
	}
	if c.o.kind == "PRelu" {
		wide, axis = 1, len(x)-len(y)
		if y.Size() != 1 {
			axis = 1
		}
	}
	switch {
	case wide == 0 && !x.Equal(y):
		return nil, &Error{Code: CodeShape, Want: fmt.Sprintf("inputs of one shape, %v", x), Got: y.String()}
	case wide != 0:
		if axis < 0 {
			axis += len(x)
		}
		if axis < 0 || axis+len(y) > len(x) {
			return nil, &Error{Code: CodeShape, Want: fmt.Sprintf("axes that align with those of %v from axis %d on", x, axis), Got: y.String()}
		}
		var after []float64
		for a := axis + len(y); a < len(x); a++ {
			after = append(after, float64(a-axis))
		}
		if len(after) > 0 {
			if in[1], err = c.emit("Unsqueeze", nil, in[1], c.known(tensor.Int64, tensor.Shape{len(after)}, after...)); err != nil {
				return nil, err
			}
		}
	}
	return c.become(c.o.kind, nil, in...)
}

// legacyBatchNormalization carries out BatchNormalization (ONNX 1, 6) as it is tested.
func legacyBatchNormalization(c *call) ([]binding, error) {
	test, err := c.integer("is_test", 0)
	if err != nil {
		return nil, err
	}
	spatial, err := c.integer("spatial", 1)
	if err != nil {
		return nil, err
	}
	if test == 0 || spatial != 1 {
		return nil, &Error{Code: CodeBadAttribute, Want: "is_test and spatial 1", Got: fmt.Sprintf("%d and %d", test, spatial)}
	}
	return legacy{drop: []string{"consumed_inputs", "is_test", "spatial"}}.apply(c)
}

// castTypes are the names of element types in Cast (ONNX 1).
var castTypes = map[string]tensor.DType{
	"FLOAT": tensor.Float32, "UINT8": tensor.Uint8, "INT8": tensor.Int8, "UINT16": tensor.Uint16, "INT16": tensor.Int16, "INT32": tensor.Int32,
	"INT64": tensor.Int64, "BOOL": tensor.Bool, "FLOAT16": tensor.Float16, "DOUBLE": tensor.Float64, "UINT32": tensor.Uint32, "UINT64": tensor.Uint64,
}

// legacyCast carries out Cast (ONNX 1), which names the type.
func legacyCast(c *call) ([]binding, error) {
	name, _ := c.attrs["to"].(string)
	d, ok := castTypes[name]
	if !ok {
		return nil, &Error{Code: CodeBadAttribute, Want: "attribute to, the name of a type of numbers", Got: fmt.Sprintf("%v", c.attrs["to"])}
	}
	in, err := c.tensors()
	if err != nil {
		return nil, err
	}
	if err := c.only("to"); err != nil {
		return nil, err
	}
	return c.become(c.o.kind, map[string]any{"to": int64(d)}, in...)
}

// legacyClip carries out Clip (ONNX 1), whose bounds are attributes.
func legacyClip(c *call) ([]binding, error) {
	if err := c.arity(1, 1); err != nil {
		return nil, err
	}
	in, err := c.tensors()
	if err != nil {
		return nil, err
	}
	in = append(in, nil, nil)
	for i, name := range []string{"min", "max"} {
		if v, ok := c.attrs[name].(float64); ok {
			in[1+i] = c.known(in[0].Type.DType, nil, v)
		}
	}
	if err := c.only("consumed_inputs", "min", "max"); err != nil {
		return nil, err
	}
	return c.become(c.o.kind, nil, in...)
}

// listed is an attribute of integers as a constant; nil when it is absent.
func (c *call) listed(name string) (*graph.Value, error) {
	v, ok := c.attrs[name]
	if !ok {
		return nil, nil
	}
	ints, ok := v.([]int64)
	if !ok {
		return nil, &Error{Code: CodeBadAttribute, Want: "attribute " + name + ", integers", Got: fmt.Sprintf("%T", v)}
	}
	data := make([]float64, len(ints))
	for i, x := range ints {
		data[i] = float64(x)
	}
	return c.known(tensor.Int64, tensor.Shape{len(data)}, data...), nil
}

// legacyPad carries out Pad (ONNX 1), whose paddings are an attribute.
func legacyPad(c *call) ([]binding, error) {
	if err := c.arity(1, 1); err != nil {
		return nil, err
	}
	in, err := c.tensors()
	if err != nil {
		return nil, err
	}
	pads, err := c.listed("paddings")
	if err != nil {
		return nil, err
	}
	if pads == nil {
		return nil, &Error{Code: CodeBadAttribute, Want: "attribute paddings", Got: "none"}
	}
	value, _ := c.attrs["value"].(float64)
	attrs := map[string]any{}
	if mode, ok := c.attrs["mode"]; ok {
		attrs["mode"] = mode
	}
	if err := c.only("paddings", "value", "mode"); err != nil {
		return nil, err
	}
	return c.become(c.o.kind, attrs, in[0], pads, c.known(in[0].Type.DType, nil, value))
}

// legacyReshape carries out Reshape (ONNX 1), whose shape is an attribute.
func legacyReshape(c *call) ([]binding, error) {
	if err := c.arity(1, 1); err != nil {
		return nil, err
	}
	in, err := c.tensors()
	if err != nil {
		return nil, err
	}
	shape, err := c.listed("shape")
	if err != nil {
		return nil, err
	}
	if shape == nil {
		return nil, &Error{Code: CodeBadAttribute, Want: "attribute shape", Got: "none"}
	}
	if err := c.only("shape", "consumed_inputs"); err != nil {
		return nil, err
	}
	return c.become(c.o.kind, nil, in[0], shape)
}

// legacySplit carries out Split (ONNX 1), whose extents are an attribute or an input.
func legacySplit(c *call) ([]binding, error) {
	if err := c.arity(1, 2); err != nil {
		return nil, err
	}
	in, err := c.tensors()
	if err != nil {
		return nil, err
	}
	split, err := c.listed("split")
	if err != nil {
		return nil, err
	}
	axis, err := c.integer("axis", 0)
	if err != nil {
		return nil, err
	}
	attrs := map[string]any{"axis": int64(axis)}
	if split != nil {
		in = append(in[:1], split)
	} else if len(in) < 2 {
		attrs["num_outputs"] = int64(c.outputs)
	}
	if err := c.only("axis", "split"); err != nil {
		return nil, err
	}
	return c.become(c.o.kind, attrs, in...)
}

// legacyTile carries out Tile (ONNX 1), which repeats along one axis.
func legacyTile(c *call) ([]binding, error) {
	if err := c.arity(3, 3); err != nil {
		return nil, err
	}
	in, err := c.tensors()
	if err != nil {
		return nil, err
	}
	times, err := scalar("a count of tiles", in[1])
	if err != nil {
		return nil, err
	}
	at, err := scalar("an axis", in[2])
	if err != nil {
		return nil, err
	}
	repeats := make([]float64, len(in[0].Type.Shape))
	for i := range repeats {
		repeats[i] = 1
	}
	if !(at >= 0 && at < float64(len(repeats))) {
		return nil, &Error{Code: CodeShape, Want: fmt.Sprintf("an axis below %d", len(repeats)), Got: fmt.Sprint(at)}
	}
	repeats[int(at)] = times
	if err := c.only(); err != nil {
		return nil, err
	}
	return c.become(c.o.kind, nil, in[0], c.known(tensor.Int64, tensor.Shape{len(repeats)}, repeats...))
}
