package suite

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"assay/compile"
	"assay/input"
	"assay/ir/tensor"
	"assay/onnx"
)

// types are the element types of golden files by name.
var types = func() map[string]tensor.DType {
	m := map[string]tensor.DType{}
	for _, d := range []tensor.DType{tensor.Float16, tensor.Float32, tensor.Float64, tensor.Int8, tensor.Int16, tensor.Int32, tensor.Int64,
		tensor.Uint8, tensor.Uint16, tensor.Uint32, tensor.Uint64, tensor.Bool} {
		m[d.String()] = d
	}
	return m
}()

// goldenFile is where the stored answer of a model is.
func goldenFile(model string) string { return strings.TrimSuffix(model, ".onnx") + ".golden.json" }

type goldenTensor struct {
	Name string `json:"name"`
	Type string `json:"type"`
	Dims []int  `json:"dims"`
	B64  string `json:"b64"`
}

// readGolden reads MODEL.golden.json beside MODEL.onnx: {"inputs": [{"name", "type", "dims", "b64"}], "outputs":
// [...]}, with elements in row-major order, little-endian, in base64. A tensor of another type has no value.
func readGolden(model string) (*set, error) {
	raw, err := os.ReadFile(goldenFile(model))
	if err != nil {
		return nil, fmt.Errorf("read golden file: %w", err)
	}
	var file struct {
		Inputs  []goldenTensor `json:"inputs"`
		Outputs []goldenTensor `json:"outputs"`
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		return nil, fmt.Errorf("read golden file: %w", err)
	}
	var s set
	for _, x := range []struct {
		from []goldenTensor
		to   *[]data
	}{{file.Inputs, &s.inputs}, {file.Outputs, &s.outputs}} {
		for _, t := range x.from {
			d, err := t.data()
			if err != nil {
				return nil, fmt.Errorf("read golden file: %s: %w", t.Name, err)
			}
			*x.to = append(*x.to, d)
		}
	}
	return &s, nil
}

// GoldenInput gives the input of the stored answer of a model, and what it is an input of. The error is fs.ErrNotExist where there
// is none.
func GoldenInput(model string) ([]input.Spec, compile.Sample, error) {
	s, err := readGolden(model)
	if err != nil {
		return nil, nil, err
	}
	var specs []input.Spec
	in := compile.Sample{}
	for _, d := range s.inputs {
		if d.value == nil {
			return nil, nil, fmt.Errorf("read golden file: input %s is not a tensor of numbers", d.name)
		}
		specs = append(specs, input.Spec{Name: d.name, DType: d.dtype, Shape: d.value.Shape})
		in[d.name] = d.value
	}
	return specs, in, nil
}

func (g goldenTensor) data() (data, error) {
	d := data{name: g.Name}
	dtype, ok := types[g.Type]
	if !ok {
		return d, nil
	}
	raw, err := base64.StdEncoding.DecodeString(g.B64)
	if err != nil {
		return d, err
	}
	_, typ, v, err := onnx.ReadTensor(g.proto(dtype, raw), onnx.Options{})
	d.dtype, d.value = typ.DType, v
	return d, err
}

// proto is the TensorProto of the tensor: its fields dims, data_type and raw_data.
func (g goldenTensor) proto(d tensor.DType, raw []byte) (b []byte) {
	const dims, dataType, rawData = 1 << 3, 2 << 3, 9<<3 | 2
	for _, n := range g.Dims {
		b = binary.AppendUvarint(append(b, dims), uint64(n))
	}
	b = binary.AppendUvarint(append(b, dataType), uint64(d))
	return append(binary.AppendUvarint(append(b, rawData), uint64(len(raw))), raw...)
}
