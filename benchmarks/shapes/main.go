// Command shapes writes ONNX models of the shapes that other provers publish figures for, with random weights: what they
// measured is not to be had, and what a proof costs depends on shapes, not on weights.
//
//	shapes FOLDER
package main

import (
	"fmt"
	"math"
	"math/rand"
	"os"
	"path/filepath"

	"assay/internal/optest"
	"assay/ir/tensor"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "shapes:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("want a folder, got %d arguments", len(args))
	}
	if err := os.MkdirAll(args[0], 0o755); err != nil {
		return err
	}
	for name, m := range map[string]optest.Model{"dense4m": dense4m(), "cnn264k": cnn264k()} {
		if err := os.WriteFile(filepath.Join(args[0], name+".onnx"), m.Marshal(), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// net is a model that grows layer by layer.
type net struct {
	optest.Model
	rng  *rand.Rand
	last string
}

func newNet(name string, dims ...any) *net {
	n := &net{rng: rand.New(rand.NewSource(1)), last: "x"}
	n.Name, n.Opset = name, 13
	n.Inputs = []optest.Port{{Name: "x", DType: tensor.Float32, Dims: dims}}
	return n
}

// add appends an operator on the last output, with weights of the given shapes, each scaled for the fan-in.
func (n *net) add(op string, attrs map[string]any, fanIn int, shapes ...tensor.Shape) {
	in := []string{n.last}
	out := fmt.Sprintf("%s_%d", op, len(n.Nodes))
	for i, s := range shapes {
		w := tensor.New[float64](s)
		for j := range w.Data {
			w.Data[j] = float64(float32(n.rng.NormFloat64() * math.Sqrt(2/float64(fanIn))))
			if i > 0 {
				w.Data[j] /= 10 // a bias
			}
		}
		name := fmt.Sprintf("%s_%c", out, 'w'+rune(i))
		n.Init = append(n.Init, optest.Tensor{Name: name, DType: tensor.Float32, Value: w, Fixed: true})
		in = append(in, name)
	}
	n.Nodes = append(n.Nodes, optest.Node{Name: out, Op: op, In: in, Out: []string{out}, Attrs: attrs})
	n.last = out
}

func (n *net) conv(in, out, k int) {
	n.add("Conv", map[string]any{"kernel_shape": []int{k, k}, "strides": []int{1, 1}}, in*k*k, tensor.Shape{out, in, k, k}, tensor.Shape{out})
	n.add("Relu", nil, 0)
	n.add("MaxPool", map[string]any{"kernel_shape": []int{2, 2}, "strides": []int{2, 2}}, 0)
}

func (n *net) dense(in, out int, relu bool) {
	n.add("Gemm", map[string]any{"transB": 1}, in, tensor.Shape{out, in}, tensor.Shape{out})
	if relu {
		n.add("Relu", nil, 0)
	}
}

func (n *net) done() optest.Model {
	n.Outputs = []string{n.last}
	return n.Model
}

// dense4m is DeepProve's dense net of four million weights: four layers of a thousand by a thousand, then ten outputs.
func dense4m() optest.Model {
	n := newNet("dense4m", 1, 1000)
	for range 4 {
		n.dense(1000, 1000, true)
	}
	n.dense(1000, 10, false)
	return n.done()
}

// cnn264k is DeepProve's convolutional net for CIFAR-10 of 264 thousand weights: LeNet-5 with more channels.
func cnn264k() optest.Model {
	n := newNet("cnn264k", 1, 3, 32, 32)
	n.conv(3, 12, 5)
	n.conv(12, 33, 5)
	n.add("Flatten", map[string]any{"axis": 1}, 0)
	n.dense(33*5*5, 252, true)
	n.dense(252, 174, true)
	n.dense(174, 10, false)
	return n.done()
}
