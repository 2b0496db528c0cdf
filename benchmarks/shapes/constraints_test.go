package main

import (
	"fmt"
	"testing"

	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/pipeline"

	"github.com/stretchr/testify/require"
)

// on appends an operator on values that are there already.
func (n *net) on(op string, attrs map[string]any, out string, in ...string) {
	n.Nodes = append(n.Nodes, optest.Node{Name: out, Op: op, In: in, Out: []string{out}, Attrs: attrs})
	n.last = out
}

// images is a convolutional net for images of 3 x side x side, two of whose layers, of channels and of four times as many on a
// quarter of the pixels, pass a Relu.
func images(side, channels int) *net {
	n := newNet("images", 1, 3, side, side)
	n.add("Conv", map[string]any{"kernel_shape": []int{3, 3}, "pads": []int{1, 1, 1, 1}}, 27, tensor.Shape{channels, 3, 3, 3}, tensor.Shape{channels})
	n.add("Relu", nil, 0)
	n.add("Conv", map[string]any{"kernel_shape": []int{3, 3}, "pads": []int{1, 1, 1, 1}, "strides": []int{2, 2}}, 9*channels, tensor.Shape{4 * channels, channels, 3, 3}, tensor.Shape{4 * channels})
	n.add("Relu", nil, 0)
	n.add("GlobalAveragePool", nil, 0)
	n.add("Flatten", map[string]any{"axis": 1}, 0)
	n.dense(4*channels, 10, false)
	return n
}

// pooled is a convolutional net like images, whose two layers pass a Relu and then the maxima of squares of four.
func pooled(side, channels int) *net {
	n := newNet("pooled", 1, 3, side, side)
	in := 3
	for range 2 {
		n.add("Conv", map[string]any{"kernel_shape": []int{3, 3}, "pads": []int{1, 1, 1, 1}}, 9*in, tensor.Shape{channels, in, 3, 3}, tensor.Shape{channels})
		n.add("Relu", nil, 0)
		n.add("MaxPool", map[string]any{"kernel_shape": []int{2, 2}, "strides": []int{2, 2}}, 0)
		in = channels
	}
	n.add("GlobalAveragePool", nil, 0)
	n.add("Flatten", map[string]any{"axis": 1}, 0)
	n.dense(channels, 10, false)
	return n
}

// residual is a convolutional net with blocks whose input is added to what their two layers make of it.
func residual(side, channels, blocks int) *net {
	n := newNet("residual", 1, 3, side, side)
	conv := func(in int) {
		n.add("Conv", map[string]any{"kernel_shape": []int{3, 3}, "pads": []int{1, 1, 1, 1}}, 9*in, tensor.Shape{channels, in, 3, 3}, tensor.Shape{channels})
	}
	conv(3)
	n.add("Relu", nil, 0)
	for i := range blocks {
		skip := n.last
		conv(channels)
		n.add("Relu", nil, 0)
		conv(channels)
		n.on("Add", nil, fmt.Sprintf("sum%d", i), n.last, skip)
		n.add("Relu", nil, 0)
	}
	n.add("GlobalAveragePool", nil, 0)
	n.add("Flatten", map[string]any{"axis": 1}, 0)
	n.dense(channels, 10, false)
	return n
}

// attention is one head over tokens of width features: projections, scores, their softmax and the mean of the values.
func attention(tokens, width int) *net {
	n := newNet("attention", 1, tokens, width)
	for _, name := range []string{"q", "k", "v"} {
		n.last = "x"
		n.add("MatMul", nil, width, tensor.Shape{width, width})
		n.Nodes[len(n.Nodes)-1].Out[0] = name
	}
	n.on("Transpose", map[string]any{"perm": []int{0, 2, 1}}, "kt", "k")
	n.on("MatMul", nil, "scores", "q", "kt")
	n.on("Softmax", map[string]any{"axis": -1}, "weights", "scores")
	n.on("MatMul", nil, "y", "weights", "v")
	return n
}

// recurrent is one layer of op with so many gates, unrolled over steps.
func recurrent(op string, gates, steps, inputs, hidden int) *net {
	n := newNet(op, steps, 1, inputs)
	n.add(op, map[string]any{"hidden_size": hidden}, inputs+hidden, tensor.Shape{1, gates * hidden, inputs}, tensor.Shape{1, gates * hidden, hidden}, tensor.Shape{1, 2 * gates * hidden})
	return n
}

// What a circuit takes, tables and all, is bounded by the elements that pass a function, and an attention's, projections
// and all, by its scores. Nothing is proven here.
func TestConstraintsAreFew(t *testing.T) {
	t.Setenv("ASSAY_COSTS", t.TempDir()+"/none.json")
	for _, c := range []struct {
		name  string
		model optest.Model
		per   int // elements
		most  float64
	}{
		{"dense layers of four million weights", dense4m(), 1, 20_000},
		{"more than 100,000 elements of a convolutional net", images(64, 16).done(), 16*64*64 + 64*32*32, 3.2},
		{"more than 100,000 elements and maxima of a pooled net", pooled(64, 24).done(), 24 * (64*64 + 32*32) * 5 / 4, 3.2},
		{"more than 100,000 elements of a residual net", residual(32, 24, 2).done(), 24 * 32 * 32 * 5, 3.2},
		{"scores of an attention", attention(160, 16).done(), 160 * 160, 12},
		{"gates of an LSTM", recurrent("LSTM", 4, 12, 16, 64).done(), 4 * 12 * 64, 12},
		{"gates of a GRU", recurrent("GRU", 3, 12, 16, 64).done(), 3 * 12 * 64, 12},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := pipeline.Quantize(pipeline.Request{Name: c.model.Name, ONNX: c.model.Marshal(), Large: true, Samples: pipeline.Noise(10)}, nil)
			require.NoError(t, err)
			n := p.Summary.Constraints
			each := float64(n) / float64(c.per)
			t.Logf("%d constraints, %.2f each", n, each)
			require.LessOrEqual(t, each, c.most)
		})
	}
}
