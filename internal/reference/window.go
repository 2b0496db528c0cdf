package reference

import (
	"assay/internal/optest"
	"assay/ir/tensor"
)

// geometry draws the attributes of a sliding window over an input of the given spatial shape.
func (d *draw) geometry(spatial tensor.Shape, dilates bool) (a attrs, kernel []int) {
	a = attrs{}
	n := len(spatial)
	strides, dilations, pads := make([]int, n), make([]int, n), make([]int, 2*n)
	kernel = make([]int, n)
	for i := range spatial {
		kernel[i] = d.between(1, min(3, spatial[i]))
		strides[i] = d.between(1, 2)
		if dilations[i] = 1; dilates && kernel[i] > 1 && (kernel[i]-1)*2 < spatial[i] {
			dilations[i] = d.between(1, 2)
		}
		pads[i], pads[n+i] = d.Intn(kernel[i]), d.Intn(kernel[i])
	}
	a.maybe(d, "strides", strides)
	if dilates {
		a.maybe(d, "dilations", dilations)
	}
	switch d.Intn(4) {
	case 0:
		a["pads"] = pads
	case 1:
		if a["dilations"] == nil {
			a["auto_pad"] = one(d, "SAME_UPPER", "SAME_LOWER", "VALID")
		}
	}
	return a, kernel
}

func (d *draw) spatial() tensor.Shape {
	s := make(tensor.Shape, d.between(1, 3))
	for i := range s {
		s[i] = d.between(4, 7)
	}
	return s
}

func init() {
	register(func(d *draw) optest.Case {
		s := d.spatial()
		a, kernel := d.geometry(s, true)
		group, in, out := d.between(1, 2), d.between(1, 2), d.between(1, 2)
		a.maybe(d, "kernel_shape", kernel)
		a["group"] = group
		w := append(tensor.Shape{group * out, in}, kernel...)
		x := append(tensor.Shape{d.between(1, 2), group * in}, s...)
		args := []optest.Tensor{d.normal(x), d.normal(w)}
		if d.chance(2) {
			args = append(args, d.normal(tensor.Shape{group * out}))
		}
		return d.use(a, 1, args...)
	}, "Conv")
	register(func(d *draw) optest.Case {
		s := d.spatial()
		a, kernel := d.geometry(s, true)
		group, in, out := d.between(1, 2), d.between(1, 2), d.between(1, 2)
		a["group"] = group
		if strides, ok := a["strides"].([]int); ok && d.chance(2) {
			extra := make([]int, len(s))
			for i := range extra {
				extra[i] = d.Intn(strides[i])
			}
			a["output_padding"] = extra
		}
		w := append(tensor.Shape{group * in, out}, kernel...)
		x := append(tensor.Shape{1, group * in}, s...)
		args := []optest.Tensor{d.normal(x), d.normal(w)}
		if d.chance(2) {
			args = append(args, d.normal(tensor.Shape{group * out}))
		}
		return d.use(a, 1, args...)
	}, "ConvTranspose")
	register(func(d *draw) optest.Case {
		s := d.spatial()
		dilates := d.op == "MaxPool" && d.opset >= 10 || d.op == "AveragePool" && d.opset >= 19 || d.op == "LpPool" && d.opset >= 18
		a, kernel := d.geometry(s, dilates)
		a["kernel_shape"] = kernel
		ceil := map[string]int{"MaxPool": 10, "AveragePool": 10, "LpPool": 18}
		if d.opset >= ceil[d.op] && a["auto_pad"] == nil {
			a.maybe(d, "ceil_mode", d.Intn(2))
		}
		if d.op == "AveragePool" {
			a.maybe(d, "count_include_pad", d.Intn(2))
		}
		if d.op == "LpPool" {
			a.maybe(d, "p", d.between(1, 3))
		}
		return d.use(a, 1, d.normal(append(tensor.Shape{1, d.between(1, 3)}, s...)))
	}, "MaxPool", "AveragePool", "LpPool")
	register(func(d *draw) optest.Case {
		return d.use(nil, 1, d.normal(append(tensor.Shape{2, 3}, d.spatial()...)))
	}, "GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool")
	register(func(d *draw) optest.Case {
		m, k, n := d.between(1, 4), d.between(1, 4), d.between(1, 4)
		a := attrs{"transA": d.Intn(2), "transB": d.Intn(2)}
		a.maybe(d, "alpha", round(d.Float64()))
		a.maybe(d, "beta", round(d.Float64()))
		x, y := tensor.Shape{m, k}, tensor.Shape{k, n}
		if a["transA"] == 1 {
			x = tensor.Shape{k, m}
		}
		if a["transB"] == 1 {
			y = tensor.Shape{n, k}
		}
		c := one(d, tensor.Shape{m, n}, tensor.Shape{n}, tensor.Shape{1, n}, tensor.Shape{m, 1}, tensor.Shape{})
		return d.use(a, 1, d.normal(x), d.normal(y), d.normal(c))
	}, "Gemm")
	register(func(d *draw) optest.Case {
		m, k, n := d.between(1, 4), d.between(1, 4), d.between(1, 4)
		batch := d.broadcast(2)
		x, y := append(batch[0][:len(batch[0]):len(batch[0])], m, k), append(batch[1][:len(batch[1]):len(batch[1])], k, n)
		switch d.Intn(6) {
		case 0:
			x = tensor.Shape{k}
		case 1:
			y = tensor.Shape{k}
		}
		return d.use(nil, 1, d.normal(x), d.normal(y))
	}, "MatMul")
	register(func(d *draw) optest.Case {
		type equation struct {
			text string
			in   []tensor.Shape
		}
		e := one(d, equation{"ij,jk->ik", []tensor.Shape{{2, 3}, {3, 4}}}, equation{"bij,bjk->bik", []tensor.Shape{{2, 2, 3}, {2, 3, 4}}},
			equation{"bhid,bhjd->bhij", []tensor.Shape{{1, 2, 3, 4}, {1, 2, 5, 4}}}, equation{"ij->ji", []tensor.Shape{{2, 3}}},
			equation{"ij->", []tensor.Shape{{2, 3}}}, equation{"ii->i", []tensor.Shape{{3, 3}}}, equation{"...ij,...jk->...ik", []tensor.Shape{{2, 2, 3}, {2, 3, 2}}},
			equation{"i,j->ij", []tensor.Shape{{3}, {4}}}, equation{"ij,ij->i", []tensor.Shape{{3, 2}, {3, 2}}}, equation{"bij,bij", []tensor.Shape{{2, 2, 3}, {2, 2, 3}}})
		var in []optest.Tensor
		for _, s := range e.in {
			in = append(in, d.normal(s))
		}
		return d.use(attrs{"equation": e.text}, 1, in...)
	}, "Einsum")
}
