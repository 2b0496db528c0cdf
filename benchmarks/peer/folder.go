package peer

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Files of a model's folder, which both sides read.
const (
	modelFile       = "model.onnx"
	inputFile       = "input.json"       // the measured input, in EZKL's format, which Assay reads as well
	calibrationFile = "calibration.json" // inputs for calibration, one after the other in each array
	shapesFile      = "shapes.json"      // of the inputs
	referenceFile   = "reference.json"   // the float answer, flat, in the order of the outputs
	variablesFile   = "variables.json"   // names and sizes of dimensions that the file leaves open, where they are known
	dimsFile        = "dims.json"        // extents that the file leaves open, by which Assay imports it, where there are any
	bundleFolder    = "bundle"
)

// Folders of the two modes beside it.
const (
	calibratedFolder = "calibrated"
	tunedFolder      = "tuned"
)

func writeJSON(path string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	if err := os.WriteFile(path, b, 0o644); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	return nil
}

// link puts the files that the peer reads into another folder.
func link(from, to string) error {
	if err := os.MkdirAll(to, 0o755); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	for _, name := range []string{modelFile, inputFile, calibrationFile, shapesFile, referenceFile} {
		if err := os.Link(filepath.Join(from, name), filepath.Join(to, name)); err != nil {
			return fmt.Errorf("link files: %w", err)
		}
	}
	if err := os.Link(filepath.Join(from, variablesFile), filepath.Join(to, variablesFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("link files: %w", err)
	}
	return nil
}
