package input

import (
	"encoding/json"
	"fmt"
	"strconv"

	"assay/ir/tensor"
)

// oipTypes are the tensor data types of the Open Inference Protocol v2; BYTES holds no numbers.
var oipTypes = map[string]tensor.DType{
	"BOOL": tensor.Bool, "UINT8": tensor.Uint8, "UINT16": tensor.Uint16, "UINT32": tensor.Uint32, "UINT64": tensor.Uint64,
	"INT8": tensor.Int8, "INT16": tensor.Int16, "INT32": tensor.Int32, "INT64": tensor.Int64,
	"FP16": tensor.Float16, "BF16": tensor.BFloat16, "FP32": tensor.Float32, "FP64": tensor.Float64,
}

// ignoredOIP are the fields of a request that say nothing about its inputs.
var ignoredOIP = []string{"id", "parameters", "outputs", "model_name", "model_version"}

// readOIP reads the request tensors of the Open Inference Protocol v2.
func readOIP(d *jsonReader, _ []Spec) ([]array, error) {
	arrays := []array{}
	err := d.list(func(i int) error {
		a, err := readOIPTensor(d)
		if err != nil {
			if a.name == "" {
				a.name = strconv.Itoa(i)
			}
			return about(err, a.name)
		}
		arrays = append(arrays, a)
		return nil
	})
	return arrays, err
}

func readOIPTensor(d *jsonReader) (array, error) {
	var a array
	var n numbers
	given := map[string]bool{}
	text := func(key string, v *string) func() error {
		return func() error {
			t, err := d.token()
			if err != nil {
				return err
			}
			s, ok := t.(string)
			if !ok {
				return refuse(CodeFormat, fmt.Sprintf("a string for %q", key), "%v", t)
			}
			*v, given[key] = s, true
			return nil
		}
	}
	var datatype string
	err := d.object(map[string]func() error{
		"name":     text("name", &a.name),
		"datatype": text("datatype", &datatype),
		"shape": func() (err error) {
			given["shape"] = true
			a.shape, err = d.extents()
			return err
		},
		"data": func() (err error) {
			given["data"] = true
			n, err = d.numbers()
			return err
		},
		"parameters": d.skip,
	})
	if err != nil {
		return a, err
	}
	for _, key := range []string{"name", "shape", "datatype", "data"} {
		if !given[key] {
			return a, refuse(CodeFormat, "name, shape, datatype and data", "no %s", key)
		}
	}
	var ok bool
	if a.dtype, ok = oipTypes[datatype]; !ok {
		return a, refuse(CodeDType, "a datatype of numbers or BOOL, such as FP32", "%q", datatype)
	}
	if n.booleans && a.dtype != tensor.Bool {
		return a, refuse(CodeDType, datatype+" data", "booleans")
	}
	size, err := a.shape.CheckedSize(d.limit)
	if err != nil || size != len(n.data) {
		return a, refuse(CodeShape, fmt.Sprintf("data for shape %v", a.shape), "%d values", len(n.data))
	}
	if len(n.shape) > 1 && !n.shape.Equal(a.shape) {
		return a, refuse(CodeShape, fmt.Sprintf("flat data, or data nested as shape %v", a.shape), "%v", n.shape)
	}
	a.data = n.data
	return a, nil
}

// extents reads a shape.
func (d *jsonReader) extents() (tensor.Shape, error) {
	s := tensor.Shape{}
	err := d.list(func(i int) error {
		t, err := d.token()
		if err != nil {
			return err
		}
		num, _ := t.(json.Number)
		v, err := strconv.ParseInt(string(num), 10, 48)
		if err != nil || v < 0 || i == maxJSONDepth {
			return refuse(CodeShape, fmt.Sprintf("at most %d extents >= 0", maxJSONDepth), "%v at axis %d", t, i)
		}
		s = append(s, int(v))
		return nil
	})
	return s, err
}
