package benchmarks

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"assay/compile"
	"assay/input"
	"assay/models"
	"assay/pipeline"
)

// Request is what compiles a bundled model, by its name, or else an ONNX file. A file is calibrated on uniform noise.
func Request(name string) (pipeline.Request, error) {
	if m, err := models.Get(name); err == nil {
		return pipeline.Request{Name: name, ONNX: m.ONNX, Samples: Samples(name)}, nil
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		return pipeline.Request{}, fmt.Errorf("read model: %w", err)
	}
	return pipeline.Request{Name: strings.TrimSuffix(filepath.Base(name), ".onnx"), ONNX: raw, Samples: Samples(name)}, nil
}

// Samples are what Request calibrates on, without reading a file.
func Samples(name string) func([]input.Spec) ([]compile.Sample, error) {
	if m, err := models.Get(name); err == nil {
		return func([]input.Spec) ([]compile.Sample, error) { return m.Calibration, nil }
	}
	return pipeline.Noise(10)
}
