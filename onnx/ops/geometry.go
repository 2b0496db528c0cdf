package ops

import (
	"fmt"

	"assay/ir/tensor"
)

// maxGeometry bounds kernel extents, strides, dilations and paddings, so that their sums and products cannot
// overflow.
const maxGeometry = 1 << 20

// geometry is what Conv and the pools say about their windows. Slices are nil where the attribute is absent.
type geometry struct {
	kernel, strides, dilations, pads []int
	autoPad                          string
	ceil                             bool
}

func readGeometry(a *Attrs) geometry {
	g := geometry{a.ints("kernel_shape"), a.ints("strides"), a.ints("dilations"), a.ints("pads"), a.string("auto_pad", "NOTSET"), false}
	for name, v := range map[string][]int{"kernel_shape": g.kernel, "strides": g.strides, "dilations": g.dilations, "pads": g.pads} {
		for _, x := range v {
			if x < 0 || x > maxGeometry || x == 0 && name != "pads" {
				a.refuse(name, fmt.Sprintf("positive and at most %d", maxGeometry), v)
			}
		}
	}
	switch g.autoPad {
	case "NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER":
	default:
		a.refuse("auto_pad", "NOTSET, VALID, SAME_UPPER or SAME_LOWER", g.autoPad)
	}
	return g
}

// window is the geometry for spatial extents in, and the padding after each axis that belongs to the input:
// with ceil_mode the window's own may reach further.
func (g geometry) window(kernel, in []int) (w tensor.Window, after []int, err error) {
	n := len(in)
	w = tensor.Window{Kernel: kernel, Strides: fill(g.strides, n), Dilations: fill(g.dilations, n), Begin: make([]int, n), End: make([]int, n)}
	if len(kernel) != n || len(w.Strides) != n || len(w.Dilations) != n || len(g.pads) != 0 && len(g.pads) != 2*n {
		return w, nil, fmt.Errorf("window %+v: want %d spatial axes", g, n)
	}
	for i := range n {
		reach := (kernel[i]-1)*w.Dilations[i] + 1
		switch g.autoPad {
		case "NOTSET":
			if len(g.pads) > 0 {
				w.Begin[i], w.End[i] = g.pads[i], g.pads[n+i]
			}
		case "SAME_UPPER", "SAME_LOWER":
			total := max(0, ((in[i]-1)/w.Strides[i])*w.Strides[i]+reach-in[i])
			w.Begin[i] = total / 2
			if g.autoPad == "SAME_LOWER" {
				w.Begin[i] = total - total/2
			}
			w.End[i] = total - w.Begin[i]
		}
		if g.autoPad != "NOTSET" && len(g.pads) > 0 && (g.pads[i] != 0 || g.pads[n+i] != 0) && (g.pads[i] != w.Begin[i] || g.pads[n+i] != w.End[i]) {
			return w, nil, fmt.Errorf("window: want pads that agree with auto_pad %s, got %v", g.autoPad, g.pads)
		}
	}
	after = append([]int(nil), w.End...)
	if g.ceil && g.autoPad == "NOTSET" {
		for i := range n {
			reach := (kernel[i]-1)*w.Dilations[i] + 1
			span := in[i] + w.Begin[i] + w.End[i] - reach
			if span < 0 {
				continue
			}
			last := (span + w.Strides[i] - 1) / w.Strides[i]
			if last*w.Strides[i] >= in[i]+w.Begin[i] {
				last--
			}
			w.End[i] = max(0, last*w.Strides[i]+reach-in[i]-w.Begin[i])
		}
	}
	return w, after, nil
}

// covered checks that each window holds at least one real element.
func covered(w tensor.Window, in, out []int) error {
	for i, n := range out {
		for o := range n {
			at, d := o*w.Strides[i]-w.Begin[i], w.Dilations[i]
			tap := 0
			if at < 0 {
				tap = (-at + d - 1) / d
			}
			if tap >= w.Kernel[i] || at+tap*d >= in[i] {
				return fmt.Errorf("window %v: axis %d: the window at %d holds only padding", w, i, o)
			}
		}
	}
	return nil
}

// fill is v, or n ones where v is absent.
func fill(v []int, n int) []int {
	if v != nil {
		return v
	}
	v = make([]int, n)
	for i := range v {
		v[i] = 1
	}
	return v
}

// spatial splits N x C x spatial.
func spatial(s tensor.Shape) (n, c int, sp []int, err error) {
	if len(s) < 3 {
		return 0, 0, nil, fmt.Errorf("want a shape batch x channels x spatial, got %v", s)
	}
	return s[0], s[1], s[2:], nil
}
