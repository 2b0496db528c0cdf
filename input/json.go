package input

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"assay/ir/tensor"
)

func init() { register(".json", decodeJSON) }

// decodeJSON reads an Open Inference Protocol request ("inputs") or an EZKL data file ("input_data").
func decodeJSON(b []byte, specs []Spec, opt Options) ([]Sample, error) {
	d := &jsonReader{Decoder: json.NewDecoder(bytes.NewReader(b)), left: opt.maxValues(), limit: opt.maxValues()}
	d.UseNumber()
	var arrays []array
	read := func(f func(*jsonReader, []Spec) ([]array, error)) func() error {
		return func() error {
			if arrays != nil {
				return refuse(CodeFormat, `one of "inputs" and "input_data"`, "both")
			}
			var err error
			arrays, err = f(d, specs)
			return err
		}
	}
	fields := map[string]func() error{"inputs": read(readOIP), "input_data": read(readEZKL)}
	for _, k := range slices.Concat(ignoredOIP, ignoredEZKL) {
		fields[k] = d.skip
	}
	if err := d.object(fields); err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, refuse(CodeFormat, "the end of the file", "more after byte %d", d.InputOffset())
	}
	if arrays == nil {
		return nil, refuse(CodeFormat, `"inputs" or "input_data"`, "neither")
	}
	return assemble(arrays, specs, opt)
}

// jsonReader reads JSON as a stream, so that numbers go straight into their array.
type jsonReader struct {
	*json.Decoder
	left  int // how many more numbers may come
	limit int
}

func (d *jsonReader) skip() error {
	var v json.RawMessage
	return d.syntax(d.Decode(&v))
}

func (d *jsonReader) syntax(err error) error {
	if err != nil {
		return refuse(CodeFormat, "well-formed JSON", "at byte %d: %v", d.InputOffset(), err)
	}
	return nil
}

func (d *jsonReader) token() (json.Token, error) {
	t, err := d.Token()
	return t, d.syntax(err)
}

func (d *jsonReader) expect(delim json.Delim) error {
	t, err := d.token()
	if err == nil && t != delim {
		return refuse(CodeFormat, fmt.Sprintf("%q", delim.String()), "%v at byte %d", t, d.InputOffset())
	}
	return err
}

// object reads an object whose keys are all in fields, each at most once; fields[key] reads the value.
func (d *jsonReader) object(fields map[string]func() error) error {
	if err := d.expect('{'); err != nil {
		return err
	}
	seen := map[string]bool{}
	for d.More() {
		t, err := d.token()
		if err != nil {
			return err
		}
		key := fmt.Sprint(t)
		f, ok := fields[key]
		switch {
		case !ok:
			return refuse(CodeFormat, "a known field", "%q at byte %d", key, d.InputOffset())
		case seen[key]:
			return refuse(CodeFormat, "each field once", "%q twice", key)
		}
		seen[key] = true
		if err := f(); err != nil {
			return err
		}
	}
	return d.expect('}')
}

// list reads an array; element reads each of its values.
func (d *jsonReader) list(element func(i int) error) error {
	if err := d.expect('['); err != nil {
		return err
	}
	for i := 0; d.More(); i++ {
		if err := element(i); err != nil {
			return err
		}
	}
	return d.expect(']')
}

const maxJSONDepth = 32

// numbers is an array of numbers or booleans, flat or nested.
type numbers struct {
	data     []float64
	shape    tensor.Shape // -1 for an axis of which no array is closed yet
	booleans bool
}

// numbers reads a rectangular array of numbers, or of booleans as 1 and 0.
func (d *jsonReader) numbers() (numbers, error) {
	if err := d.expect('['); err != nil {
		return numbers{}, err
	}
	n := numbers{shape: tensor.Shape{-1}}
	counts := []int{0} // elements so far in each open array
	for len(counts) > 0 {
		t, err := d.token()
		if err != nil {
			return numbers{}, err
		}
		depth := len(counts) - 1
		if t == json.Delim(']') {
			if axis := &n.shape[depth]; *axis < 0 {
				*axis = counts[depth]
			} else if *axis != counts[depth] {
				return numbers{}, refuse(CodeShape, fmt.Sprintf("%d elements in each array along axis %d", *axis, depth), "%d before byte %d", counts[depth], d.InputOffset())
			}
			counts = counts[:depth]
			continue
		}
		counts[depth]++
		if t == json.Delim('[') {
			if len(counts) == len(n.shape) {
				if len(n.data) > 0 || n.shape[depth] >= 0 || len(counts) == maxJSONDepth {
					return numbers{}, refuse(CodeShape, fmt.Sprintf("numbers at depth %d", len(counts)), "an array at byte %d", d.InputOffset())
				}
				n.shape = append(n.shape, -1)
			}
			counts = append(counts, 0)
			continue
		}
		if len(counts) != len(n.shape) {
			return numbers{}, refuse(CodeShape, fmt.Sprintf("arrays at depth %d", len(counts)), "%v before byte %d", t, d.InputOffset())
		}
		if d.left--; d.left < 0 {
			return numbers{}, refuse(CodeLimit, fmt.Sprintf("at most %d numbers", d.limit), "more")
		}
		v, boolean, err := number(t)
		if err != nil {
			return numbers{}, err
		}
		if boolean != n.booleans && len(n.data) > 0 {
			return numbers{}, refuse(CodeDType, "numbers or booleans", "both, before byte %d", d.InputOffset())
		}
		n.booleans = boolean
		n.data = append(n.data, v)
	}
	return n, nil
}

// number is the value of a scalar token.
func number(t json.Token) (v float64, boolean bool, err error) {
	switch t := t.(type) {
	case bool:
		if t {
			return 1, true, nil
		}
		return 0, true, nil
	case json.Number:
		v, err := strconv.ParseFloat(string(t), 64)
		if err != nil {
			return 0, false, refuse(CodeValue, "a number that a float64 can hold", "%s", t)
		}
		return v, false, nil
	default:
		return 0, false, refuse(CodeValue, "a number", "%q", fmt.Sprint(t))
	}
}
