// Package input reads model inputs and calibration samples from files.
//
// A file is turned into samples by its extension: .json (Open Inference Protocol v2 or EZKL), .npy and .npz (NumPy),
// .png, .jpg and .jpeg (one image). A folder is read as all such files in it, in the order of their names.
//
// Reading is strict. An array must have the shape of its model input, or that shape with more samples along the
// leading axis, or that shape without its leading axis of extent 1. Its element type must convert to the model's without
// loss of kind: booleans to integers to reals, never the other way. NaN, infinities and integers that the model's
// type or a float64 cannot hold are refused. Values are rounded to the model's element type, so the same numbers
// from two formats are the same sample. Sizes are checked before memory is asked for.
package input

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"assay/ir/tensor"
)

// Spec is one input of a model. Shape includes the batch axis, if the model has one.
type Spec struct {
	Name  string
	DType tensor.DType
	Shape tensor.Shape
}

// Sample holds one tensor for each model input, by name, each of exactly the shape of its Spec.
type Sample = map[string]*tensor.Float

// Options steers reading. The zero value is the default.
type Options struct {
	// Scale, Mean and Std turn a pixel of 0 to 255 into (pixel*Scale - Mean) / Std. Scale 0 means 1/255 for a model
	// input of reals and 1 for one of integers. Mean and Std have one entry, or one for each channel; empty means 0 and 1.
	Scale     float64
	Mean, Std []float64
	// MaxValues bounds the numbers in all samples together; 0 means DefaultMaxValues. One file holds no more than
	// one sample, or than 2^21 numbers and 8 for each of its bytes, so that little cannot unpack to much.
	MaxValues int
}

// Limits on what is read.
const (
	DefaultMaxValues = 1 << 25   // numbers in all samples together
	MaxFileBytes     = 512 << 20 // length of one file
	MaxSamples       = 1 << 17   // in one file
	MaxPixels        = 1 << 25   // width times height of an image as it is stored
)

// allowance is how many numbers or pixels a file of so many bytes may unpack to.
func allowance(bytes int) int { return 1<<21 + 8*bytes }

func (o Options) maxValues() int {
	if o.MaxValues > 0 {
		return o.MaxValues
	}
	return DefaultMaxValues
}

// Read gives the samples, at least one, in the file or folder at path.
// Errors about what a file holds are *Error.
func Read(path string, specs []Spec, opt Options) ([]Sample, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("read input: %w", err)
	}
	if info.IsDir() {
		return readFolder(path, specs, opt)
	}
	return readFile(path, specs, opt)
}

func readFile(path string, specs []Spec, opt Options) ([]Sample, error) {
	if _, err := lookup(path); err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read input: %w", err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, MaxFileBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read input %s: %w", path, err)
	}
	return Decode(path, b, specs, opt)
}

// readFolder gives the samples of every file in the folder whose extension has a reader.
// Hidden files, subfolders, pipes and devices are passed over.
func readFolder(path string, specs []Spec, opt Options) ([]Sample, error) {
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, fmt.Errorf("read input: %w", err)
	}
	var all []Sample
	left := opt
	left.MaxValues = opt.maxValues()
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") || formats[extension(e.Name())] == nil {
			continue
		}
		file := filepath.Join(path, e.Name())
		if info, err := os.Stat(file); err == nil && !info.Mode().IsRegular() {
			continue
		}
		if left.MaxValues <= 0 {
			return nil, &Error{Code: CodeLimit, File: file, Want: fmt.Sprintf("at most %d numbers in a folder", opt.maxValues()), Got: "more"}
		}
		s, err := readFile(file, specs, left)
		if err != nil {
			return nil, err
		}
		left.MaxValues -= len(s) * sampleSize(specs)
		all = append(all, s...)
	}
	if len(all) == 0 {
		return nil, &Error{Code: CodeFormat, File: path, Want: "a folder with files of " + extensions(), Got: "none"}
	}
	return all, nil
}

// Decode gives the samples, at least one, in a file of which name's extension tells the format.
// Every error is an *Error.
func Decode(name string, b []byte, specs []Spec, opt Options) ([]Sample, error) {
	decode, err := lookup(name)
	if err != nil {
		return nil, err
	}
	if err := checkSpecs(specs); err != nil {
		return nil, named(err, name)
	}
	if len(b) > MaxFileBytes {
		return nil, &Error{Code: CodeLimit, File: name, Want: fmt.Sprintf("at most %d bytes", MaxFileBytes), Got: "more"}
	}
	opt.MaxValues = min(opt.maxValues(), max(allowance(len(b)), sampleSize(specs)))
	s, err := decode(b, specs, opt)
	if err != nil {
		return nil, named(err, name)
	}
	return s, nil
}
