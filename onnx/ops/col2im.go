package ops

import (
	"fmt"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

func init() { register("Col2Im", 18, decodeCol2Im) }

// Col2Im (ONNX 18): adds up blocks, N x C*block x L, where they lie in an image, N x C x image. The shapes of image
// and block must be constant.
func decodeCol2Im(a *Attrs) (graph.Op, error) {
	a.inputs(3, 3)
	g := readGeometry(a)
	image, block := a.constInts(1), a.constInts(2)
	for _, v := range append(append([]int{}, image...), block...) {
		if v < 1 || v > maxGeometry {
			a.fail(CodeShape, fmt.Sprintf("extents within [1, %d]", maxGeometry), fmt.Sprint(v))
		}
	}
	return spread{func(in tensor.Shape) (spreading, error) { return g.blocks(in, image, block) }}, nil
}

func (g geometry) blocks(in tensor.Shape, image, block []int) (p spreading, err error) {
	win, _, err := g.window(block, image)
	if err != nil {
		return p, err
	}
	places, err := win.Out(image)
	if err != nil {
		return p, err
	}
	taps, n := tensor.Shape(block).Size(), tensor.Shape(places).Size()
	if len(in) != 3 || in[1]%taps != 0 || in[2] != n {
		return p, fmt.Errorf("columns: want batch x channels*%d x %d, got %v", taps, n, in)
	}
	p = spreading{out: append(tensor.Shape{in[0], in[1] / taps}, image...), in: taps * n, outer: in[0] * in[1] / taps, inner: 1}
	p.rows = make([][]program.Weight, tensor.Shape(image).Size())
	for l := range n {
		win.Visit(image, places, l, func(tap, at int) {
			p.rows[at] = append(p.rows[at], program.Weight{Index: tap*n + l, Coef: 1})
		})
	}
	return p, nil
}
