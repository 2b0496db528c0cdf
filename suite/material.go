package suite

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"assay/compile"
	"assay/ir/tensor"
	"assay/models"
	"assay/onnx"
)

// material is the content of a case.
type material struct {
	model       []byte
	sets        []set            // inputs with what the model makes of them, if that is stored
	calibration []compile.Sample // of a bundled model
}

// set is one set of test data, in the order of the model's inputs and outputs or by name. A nil output is of a
// type that is not a tensor of numbers.
type set struct {
	inputs, outputs []data
}

type data struct {
	name  string
	dtype tensor.DType
	value *tensor.Float
}

// load reads a case's files.
func load(c Case) (*material, error) {
	if m, err := models.Get(c.Path); err == nil {
		return &material{model: m.ONNX, calibration: m.Calibration}, nil
	}
	if c.Kind == Node {
		return loadFolder(c.Path)
	}
	model, err := os.ReadFile(c.Path)
	if err != nil {
		return nil, fmt.Errorf("read model: %w", err)
	}
	m := &material{model: model}
	s, err := readGolden(c.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err != nil {
		return nil, err
	}
	m.sets = []set{*s}
	return m, nil
}

// loadFolder reads a node test. Its data is matched with the model's ports by position.
func loadFolder(dir string) (*material, error) {
	model, err := os.ReadFile(filepath.Join(dir, modelFile))
	if err != nil {
		return nil, fmt.Errorf("read model: %w", err)
	}
	m := &material{model: model}
	folders, err := filepath.Glob(filepath.Join(dir, dataSets))
	if err != nil {
		return nil, err
	}
	slices.Sort(folders)
	for _, f := range folders {
		var s set
		if s.inputs, err = readProtos(f, "input"); err != nil {
			return nil, err
		}
		if s.outputs, err = readProtos(f, "output"); err != nil {
			return nil, err
		}
		m.sets = append(m.sets, s)
	}
	return m, nil
}

// readProtos reads KIND_0.pb, KIND_1.pb and so on. What is not a tensor of numbers has no value.
func readProtos(dir, kind string) (list []data, err error) {
	for i := 0; ; i++ {
		b, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("%s_%d.pb", kind, i)))
		if errors.Is(err, fs.ErrNotExist) {
			return list, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read test data: %w", err)
		}
		_, typ, v, err := onnx.ReadTensor(b, onnx.Options{})
		if err != nil {
			list = append(list, data{})
			continue
		}
		list = append(list, data{dtype: typ.DType, value: v})
	}
}

// align names a node test's data after the model's ports, and puts a golden file's in their order. An output without
// data is not compared.
func (s *set) align(info *onnx.Info) {
	s.inputs, s.outputs = order(s.inputs, info.Inputs), order(s.outputs, info.Outputs)
}

func order(list []data, ports []onnx.Port) []data {
	out := make([]data, len(ports))
	for i, p := range ports {
		if j := slices.IndexFunc(list, func(d data) bool { return d.name == p.Name }); j >= 0 {
			out[i] = list[j]
		} else if i < len(list) && list[i].name == "" {
			out[i] = list[i]
		}
		out[i].name = p.Name
	}
	return out
}
