package reference

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/compile"
	"assay/internal/optest"
	"assay/ir/tensor"
	"assay/onnx"
)

// program runs the integer program of a model, and gives its outputs and the distance of their integers.
func program(model []byte, in []optest.Tensor) (outputs []*tensor.Float, steps []float64, err error) {
	g, _, err := onnx.Decode(model, onnx.Options{})
	if err != nil {
		return nil, nil, err
	}
	feed := compile.Sample{}
	for _, x := range in {
		feed[x.Name] = x.Value
	}
	c, err := compile.Compile(g, []compile.Sample{feed}, compile.Options{Bits: 8})
	if err != nil {
		return nil, nil, err
	}
	q, _, err := compile.Quantize(c.Program, feed)
	if err != nil {
		return nil, nil, err
	}
	trace, err := c.Program.Run(q)
	if err != nil {
		return nil, nil, err
	}
	got := compile.Dequantize(c.Program, c.Program.OutputsOf(trace))
	for _, id := range c.Program.Outputs {
		d := c.Program.Tensors[id]
		outputs, steps = append(outputs, got[d.Name]), append(steps, d.Scale)
	}
	return outputs, steps, nil
}

// tally counts elements of answers.
type tally struct{ different, elements int }

func (c *tally) add(got, want []*tensor.Float, steps []float64) {
	for i, x := range got {
		for j, v := range x.Data {
			c.elements++
			if off := v - want[i].Data[j]; off > steps[i]/2 || off < -steps[i]/2 {
				c.different++
			}
		}
	}
}

func (c tally) String() string { return fmt.Sprintf("%d of %d", c.different, c.elements) }

// Programs of quantized models give the integers that ONNX Runtime gives. With measured scales that is each of them, but
// for chance: products of scales are rounded to float32 there. With binary scales it is each of them for certain, as
// ONNX defines operators; by default ONNX Runtime puts its own in their place, some of which add a zero point before they
// round. With decimal scales many sums are halves but for the rounding of each step in float32.
func TestIntegers(t *testing.T) {
	r := start(t)
	var total [styles]tally
	for _, l := range layers {
		for _, qdq := range []bool{false, true} {
			t.Run(l.name+"/"+map[bool]string{false: "operators", true: "reals between"}[qdq], func(t *testing.T) {
				var plain, optimized [styles]tally
				for seed := range int64(45) {
					n := newNetwork(seed)
					x := n.input
					if qdq {
						x = n.realInput
					}
					y := l.add(n, x(l.shape()), qdq)
					if n.model.Outputs = []string{y.name}; qdq {
						n.model.Outputs = []string{n.dequantize(y)}
					}
					model := n.model.Marshal()
					var refused Refused
					defined, err := r.Run(model, n.in)
					if errors.As(err, &refused) {
						continue
					}
					require.NoError(t, err)
					usual, err := r.RunOptimized(model, n.in)
					require.NoError(t, err)
					got, steps, err := program(model, n.in)
					require.NoError(t, err, "seed %d, %v scales", seed, n.style)
					plain[n.style].add(got, defined, steps)
					optimized[n.style].add(got, usual, steps)
				}
				for s := range styles {
					t.Logf("%v scales: %v differ, %v by default", s, plain[s], optimized[s])
					total[s].different += plain[s].different
					total[s].elements += plain[s].elements
				}
				require.Zero(t, plain[binary].different, "binary scales")
				require.LessOrEqual(t, plain[measured].different*500, plain[measured].elements, "measured scales")
				require.Greater(t, plain[decimal].elements, 40)
			})
		}
	}
	for s := range styles {
		t.Logf("%v scales: %v differ", s, total[s])
	}
}
