// Package models bundles models that this project trained, with samples: see train/README.md for data, seeds and
// accuracies.
package models

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"

	"assay/input"
	"assay/ir/tensor"
	"assay/onnx"
)

//go:embed *.onnx *.json *.npz *.png
var files embed.FS

// Bundled is one model.
type Bundled struct {
	Name        string
	Title       string
	ONNX        []byte
	Classes     []string
	Calibration []map[string]*tensor.Float // from the training set
	Samples     []Sample                   // from the test set
	Accuracy    float64                    // of the float model on the whole test set, as training measured it
}

// Sample is one labelled input.
type Sample struct {
	Inputs map[string]*tensor.Float
	Label  int // index into Classes
}

// meta is the JSON file of a model.
type meta struct {
	Title    string   `json:"title"`
	Accuracy float64  `json:"accuracy"`
	Classes  []string `json:"classes"`
	Labels   []int    `json:"labels"`
}

// Names lists the bundled models.
func Names() []string {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err) // the files are compiled in
	}
	var names []string
	for _, e := range entries {
		if n, ok := strings.CutSuffix(e.Name(), ".onnx"); ok {
			names = append(names, n)
		}
	}
	sort.Strings(names)
	slices.Reverse(names)
	return names
}

// All loads every bundled model.
func All() ([]Bundled, error) {
	var all []Bundled
	for _, n := range Names() {
		m, err := Get(n)
		if err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, nil
}

// Get loads one bundled model.
func Get(name string) (Bundled, error) {
	if !slices.Contains(Names(), name) {
		return Bundled{}, fmt.Errorf("bundled model: want one of %v, got %q", Names(), name)
	}
	m := Bundled{Name: name}
	var err error
	if m.ONNX, err = files.ReadFile(name + ".onnx"); err != nil {
		return m, fmt.Errorf("read bundled model: %w", err)
	}
	raw, err := files.ReadFile(name + ".json")
	if err != nil {
		return m, fmt.Errorf("read bundled model: %w", err)
	}
	var j meta
	if err := json.NewDecoder(bytes.NewReader(raw)).Decode(&j); err != nil {
		return m, fmt.Errorf("read bundled model %s: %w", name, err)
	}
	m.Title, m.Accuracy, m.Classes = j.Title, j.Accuracy, j.Classes
	g, _, err := onnx.Decode(m.ONNX, onnx.Options{})
	if err != nil {
		return m, fmt.Errorf("read bundled model %s: %w", name, err)
	}
	var specs []input.Spec
	for _, v := range g.Inputs {
		specs = append(specs, input.Spec{Name: v.Name, DType: v.Type.DType, Shape: v.Type.Shape})
	}
	read := func(file string) ([]input.Sample, error) {
		b, err := files.ReadFile(file)
		if err != nil {
			return nil, err
		}
		return input.Decode(file, b, specs, input.Options{})
	}
	if m.Calibration, err = read(name + "_calibration.npz"); err != nil {
		return m, fmt.Errorf("read bundled model %s: %w", name, err)
	}
	test, err := read(name + "_test.npz")
	if err != nil {
		return m, fmt.Errorf("read bundled model %s: %w", name, err)
	}
	if len(test) != len(j.Labels) {
		return m, fmt.Errorf("read bundled model %s: want a label for each of %d samples, got %d", name, len(test), len(j.Labels))
	}
	for i, s := range test {
		m.Samples = append(m.Samples, Sample{s, j.Labels[i]})
	}
	return m, nil
}
