package peer

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"assay/compile"
	"assay/input"
	"assay/onnx"
	"assay/pipeline"
)

// Model is what both sides are given.
type Model struct {
	Name        string
	ONNX        []byte
	Input       compile.Sample   // on which both are measured
	Source      string           // of the input, in words
	Specs       []input.Spec     // of the input, for a model that Assay cannot import
	Calibration []compile.Sample // on which both calibrate
}

// options of importing: a file that the user names is trusted. Extents that it leaves open may be bound.
func options(dims map[string]int) onnx.Options { return onnx.Options{Large: true, Dims: dims} }

// dims are the extents of the input, by which a file that leaves some open can be imported; nil for one that leaves none open, or
// where nothing is known of the input.
func (m *Model) dims() map[string]int {
	var e *onnx.Error
	if _, _, err := onnx.Decode(m.ONNX, options(nil)); !errors.As(err, &e) || e.Code != onnx.CodeDims || m.Specs == nil {
		return nil
	}
	dims := map[string]int{}
	for _, s := range m.Specs {
		for a, extent := range s.Shape {
			dims[fmt.Sprintf("%s.%d", s.Name, a)] = extent
		}
	}
	return dims
}

// Bind gives extents to dimensions that the file leaves open, by name. It is for a model of whose input nothing is known.
func (m *Model) Bind(dims map[string]int) error {
	g, _, err := onnx.Decode(m.ONNX, options(dims))
	if err != nil {
		return err
	}
	m.Specs = pipeline.Specs(g)
	return nil
}

// specs are the inputs of a model.
func (m *Model) specs() ([]input.Spec, error) {
	g, _, err := onnx.Decode(m.ONNX, options(m.dims()))
	if err != nil && m.Specs != nil {
		return m.Specs, nil
	}
	if err != nil {
		return nil, err
	}
	return pipeline.Specs(g), nil
}

// Complete fills in what a model lacks: noise as its input, and its input as the calibration.
func (m *Model) Complete() error {
	if m.Input == nil {
		s, err := m.specs()
		if err != nil {
			return err
		}
		noise, err := pipeline.Noise(1)(s)
		if err != nil {
			return err
		}
		m.Input, m.Source = noise[0], "noise"
	}
	if len(m.Calibration) == 0 {
		m.Calibration = []compile.Sample{m.Input}
	}
	return nil
}

// write makes the model's folder.
func (m *Model) write(dir string) error {
	specs, err := m.specs()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, modelFile), m.ONNX, 0o644); err != nil {
		return fmt.Errorf("write model: %w", err)
	}
	if dims := m.dims(); dims != nil {
		if err := writeJSON(filepath.Join(dir, dimsFile), dims); err != nil {
			return err
		}
	}
	var shapes [][]int
	for _, s := range specs {
		shapes = append(shapes, append([]int{}, s.Shape...))
	}
	if err := writeJSON(filepath.Join(dir, shapesFile), shapes); err != nil {
		return err
	}
	for file, samples := range map[string][]compile.Sample{inputFile: {m.Input}, calibrationFile: m.Calibration} {
		data := make([][]float64, len(specs))
		for i, s := range specs {
			for _, x := range samples {
				t := x[s.Name]
				if t == nil || len(t.Data) != s.Shape.Size() {
					return fmt.Errorf("write %s: want %d values for input %s", file, s.Shape.Size(), s.Name)
				}
				data[i] = append(data[i], t.Data...)
			}
		}
		if err := writeJSON(filepath.Join(dir, file), map[string]any{"input_data": data}); err != nil {
			return err
		}
	}
	return nil
}
