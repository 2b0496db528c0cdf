package oip

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"assay/ir/tensor"
)

// Tensor is one tensor of a request or an answer. Data is row-major, flat or nested like the shape; numbers, or
// booleans for BOOL.
type Tensor struct {
	Name       string          `json:"name" doc:"Name of the model's input or output"`
	Datatype   Datatype        `json:"datatype" doc:"Element type, as in FP32"`
	Shape      []int           `json:"shape" doc:"Extent of each axis, outermost first"`
	Parameters map[string]any  `json:"parameters,omitempty" doc:"Not used"`
	Data       json.RawMessage `json:"data" doc:"Elements in row-major order, flat or nested"`
}

// Encode gives t under a name and datatype, with flat data.
func Encode(name string, d Datatype, t *tensor.Float) (Tensor, error) {
	values := make([]any, len(t.Data))
	for i, v := range t.Data {
		v, err := d.check(v)
		if err != nil {
			return Tensor{}, fmt.Errorf("encode tensor %q: element %d: %w", name, i, err)
		}
		switch d {
		case "BOOL":
			values[i] = v != 0
		case "FP32":
			values[i] = float32(v)
		default:
			values[i] = v
		}
	}
	raw, err := json.Marshal(values)
	if err != nil {
		return Tensor{}, fmt.Errorf("encode tensor %q: %w", name, err)
	}
	return Tensor{Name: name, Datatype: d, Shape: append([]int{}, t.Shape...), Data: raw}, nil
}

// Decode reads the elements. It is an error if there are more or fewer than the shape says, or if one does not fit
// the datatype.
func (t Tensor) Decode() (*tensor.Float, error) {
	size, err := tensor.Shape(t.Shape).CheckedSize(tensor.MaxElements)
	if err != nil {
		return nil, fmt.Errorf("tensor %q: %w", t.Name, err)
	}
	data, err := t.elements(size)
	if err != nil {
		return nil, fmt.Errorf("tensor %q: %w", t.Name, err)
	}
	return tensor.From(tensor.Shape(t.Shape), data)
}

// elements flattens the data as it streams, so that memory follows the body, not the claimed shape.
func (t Tensor) elements(size int) ([]float64, error) {
	dec := json.NewDecoder(bytes.NewReader(t.Data))
	var data []float64
	depth := 0
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("read data: %w", err)
		}
		var v float64
		switch tok := tok.(type) {
		case json.Delim:
			switch tok {
			case '[':
				depth++
			case ']':
				depth--
			default:
				return nil, fmt.Errorf("data: want arrays of numbers, got %v", tok)
			}
			continue
		case float64:
			if t.Datatype == "BOOL" {
				return nil, fmt.Errorf("element %d: want true or false, got %v", len(data), tok)
			}
			v = tok
		case bool:
			if t.Datatype != "BOOL" {
				return nil, fmt.Errorf("element %d: want a number, got %v", len(data), tok)
			}
			if tok {
				v = 1
			}
		default:
			return nil, fmt.Errorf("element %d: want a number, got %v", len(data), tok)
		}
		if depth == 0 {
			return nil, fmt.Errorf("data: want an array, got %v", v)
		}
		if len(data) == size {
			return nil, fmt.Errorf("data: want %d elements, got more", size)
		}
		if v, err = t.Datatype.check(v); err != nil {
			return nil, fmt.Errorf("element %d: %w", len(data), err)
		}
		data = append(data, v)
	}
	if len(data) != size {
		return nil, fmt.Errorf("data: want %d elements, got %d", size, len(data))
	}
	return data, nil
}
