// Package reference compares the float execution of models with ONNX Runtime's: of the operators' own cases, of
// random variations of their attributes, shapes and opsets, and of whole models.
//
// ONNX Runtime runs in a Python process, where make reference has installed it.
package reference

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"

	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx"
)

// ErrAbsent is wrapped where ONNX Runtime is not installed.
var ErrAbsent = errors.New("ONNX Runtime is not installed: run make reference")

// Runtime is a running ONNX Runtime.
type Runtime struct {
	Versions string
	cmd      *exec.Cmd
	in       io.WriteCloser
	out      *bufio.Reader
}

// Start starts ONNX Runtime in the Python that ASSAY_PYTHON names, or else in the virtual environment of make
// reference below root, the folder of the repository.
func Start(root string) (*Runtime, error) {
	python := os.Getenv("ASSAY_PYTHON")
	if python == "" {
		python = filepath.Join(root, "build", "reference", "bin", "python")
	}
	if _, err := os.Stat(python); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAbsent, err)
	}
	r := &Runtime{cmd: exec.Command(python, filepath.Join(root, "scripts", "reference", "run.py"))}
	var err error
	if r.in, err = r.cmd.StdinPipe(); err != nil {
		return nil, fmt.Errorf("start ONNX Runtime: %w", err)
	}
	out, err := r.cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start ONNX Runtime: %w", err)
	}
	r.out = bufio.NewReaderSize(out, 1<<20)
	if err := r.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start ONNX Runtime: %w", err)
	}
	var ready struct{ Ready string }
	if err := r.read(&ready); err != nil {
		r.Close()
		return nil, fmt.Errorf("%w: its process does not answer: %w", ErrAbsent, err)
	}
	r.Versions = ready.Ready
	return r, nil
}

// Close ends the process.
func (r *Runtime) Close() error {
	r.in.Close()
	return r.cmd.Wait()
}

func (r *Runtime) read(v any) error {
	line, err := r.out.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("read from ONNX Runtime: %w", err)
	}
	return json.Unmarshal(line, v)
}

// Refused is what ONNX Runtime says of a model that it does not run.
type Refused string

// Error is its text.
func (r Refused) Error() string { return "ONNX Runtime refuses: " + string(r) }

// Run executes a model file on named inputs. A nil output is not a tensor of numbers. A model that ONNX Runtime
// refuses is a Refused error.
func (r *Runtime) Run(model []byte, inputs []optest.Tensor) ([]*tensor.Float, error) {
	return r.run(model, inputs, false)
}

// RunOptimized is Run as ONNX Runtime does by default: it may replace operators by its own, such as dequantized
// convolutions by quantized ones.
func (r *Runtime) RunOptimized(model []byte, inputs []optest.Tensor) ([]*tensor.Float, error) {
	return r.run(model, inputs, true)
}

func (r *Runtime) run(model []byte, inputs []optest.Tensor, optimize bool) ([]*tensor.Float, error) {
	request := struct {
		Model    []byte   `json:"model"`
		Inputs   [][]byte `json:"inputs"`
		Optimize bool     `json:"optimize"`
	}{model, [][]byte{}, optimize}
	for _, x := range inputs {
		request.Inputs = append(request.Inputs, x.Marshal())
	}
	b, err := json.Marshal(request)
	if err != nil {
		return nil, fmt.Errorf("ask ONNX Runtime: %w", err)
	}
	if _, err := r.in.Write(append(b, '\n')); err != nil {
		return nil, fmt.Errorf("ask ONNX Runtime: %w", err)
	}
	var answer struct {
		Outputs []string
		Error   string
	}
	if err := r.read(&answer); err != nil {
		return nil, err
	}
	if answer.Error != "" {
		return nil, Refused(answer.Error)
	}
	var out []*tensor.Float
	for i, text := range answer.Outputs {
		if text == "" {
			out = append(out, nil)
			continue
		}
		raw, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return nil, fmt.Errorf("read output %d of ONNX Runtime: %w", i, err)
		}
		_, _, t, err := onnx.ReadTensor(raw, onnx.Options{})
		if err != nil {
			return nil, fmt.Errorf("read output %d of ONNX Runtime: %w", i, err)
		}
		out = append(out, t)
	}
	return out, nil
}
