package main

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"assay/compile"
	"assay/input"
	"assay/internal/replace"
	"assay/ir/tensor"
)

// dims parses --dim N=1.
func dims(flags []string) (map[string]int, error) {
	m := map[string]int{}
	for _, f := range flags {
		name, value, ok := strings.Cut(f, "=")
		n, err := strconv.Atoi(value)
		if !ok || err != nil || n < 1 || name == "" {
			return nil, fmt.Errorf("--dim: want NAME=SIZE with a positive size, got %q", f)
		}
		m[name] = n
	}
	return m, nil
}

// constants parses --const NAME=VALUE, where the value is a number, a truth value or nested lists of them.
func constants(flags []string) (map[string]*tensor.Float, error) {
	m := map[string]*tensor.Float{}
	for _, f := range flags {
		i := strings.LastIndex(f, "=")
		var v any
		if i < 1 || json.Unmarshal([]byte(f[i+1:]), &v) != nil {
			return nil, fmt.Errorf("--const: want NAME=VALUE with a number or nested lists of numbers, as in axes=[0,1], got %q", f)
		}
		shape := tensor.Shape{}
		for l, ok := v.([]any); ok; l, ok = l[0].([]any) {
			if shape = append(shape, len(l)); len(l) == 0 {
				break
			}
		}
		t := &tensor.Float{Shape: shape, Data: []float64{}}
		if !flatten(v, shape, &t.Data) {
			return nil, fmt.Errorf("--const %s: want numbers in lists of equal lengths, got %s", f[:i], f[i+1:])
		}
		m[f[:i]] = t
	}
	return m, nil
}

// flatten appends the numbers of nested lists of the given shape.
func flatten(v any, shape tensor.Shape, to *[]float64) bool {
	switch v := v.(type) {
	case float64:
		*to = append(*to, v)
		return len(shape) == 0
	case bool:
		*to = append(*to, map[bool]float64{true: 1}[v])
		return len(shape) == 0
	case []any:
		if len(shape) == 0 || len(v) != shape[0] {
			return false
		}
		for _, x := range v {
			if !flatten(x, shape[1:], to) {
				return false
			}
		}
		return true
	}
	return false
}

// imageFlags are how pixels become numbers.
type imageFlags struct {
	scale     float64
	mean, std []float64
}

func (f *imageFlags) register(c *cobra.Command) {
	c.Flags().Float64Var(&f.scale, "image-scale", 0, "factor of a pixel of 0 to 255 (default 1/255)")
	c.Flags().Float64SliceVar(&f.mean, "image-mean", nil, "subtracted after scaling, one number or one a channel")
	c.Flags().Float64SliceVar(&f.std, "image-std", nil, "divides after subtracting, one number or one a channel")
}

func (f *imageFlags) options() input.Options {
	return input.Options{Scale: f.scale, Mean: f.mean, Std: f.std}
}

// samples reads a calibration or input file.
func (f *imageFlags) samples(path string) func([]input.Spec) ([]compile.Sample, error) {
	return func(specs []input.Spec) ([]compile.Sample, error) { return input.Read(path, specs, f.options()) }
}

// contextFlag parses the 32 bytes that bind a proof to its use.
func contextFlag(s string) (ctx [32]byte, err error) {
	if s == "" {
		return ctx, nil
	}
	b, err := hex.DecodeString(strings.TrimPrefix(s, "0x"))
	if err != nil || len(b) != len(ctx) {
		return ctx, fmt.Errorf("--context: want 0x and 64 hexadecimal digits, got %q", s)
	}
	return [32]byte(b), nil
}

// output writes a command's file, or the standard output for "-".
func (a *app) output(path string, b []byte) error { return a.outputMode(path, b, 0o644) }

func (a *app) outputMode(path string, b []byte, mode os.FileMode) error {
	if path == "-" {
		_, err := a.out.Write(b)
		return err
	}
	return replace.File(path, b, mode)
}
