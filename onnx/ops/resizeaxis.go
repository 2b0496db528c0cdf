package ops

import (
	"math"

	"assay/ir/program"
)

// sampling is how Resize reads one axis: out elements from in, by scale, at coordinates of its own.
type sampling struct {
	in, out    int
	scale      float64
	start, end float64 // of the region of interest, in units of the extent
}

// coordinates gives, by coordinate_transformation_mode, the place in the input of output element x. As in ONNX
// Runtime, it is computed in float32, which decides ties of the nearest modes.
var coordinates = map[string]func(s sampling, x float32) float32{
	"half_pixel": func(s sampling, x float32) float32 { return (x+0.5)/float32(s.scale) - 0.5 },
	"half_pixel_symmetric": func(s sampling, x float32) float32 {
		width := float32(s.scale) * float32(s.in)
		offset := float32(s.in) / 2 * (1 - float32(s.out)/width)
		return offset + (x+0.5)/float32(s.scale) - 0.5
	},
	"pytorch_half_pixel": func(s sampling, x float32) float32 {
		if s.out <= 1 {
			return 0
		}
		return (x+0.5)/float32(s.scale) - 0.5
	},
	"align_corners": func(s sampling, x float32) float32 {
		width := float32(s.scale) * float32(s.in)
		if width == 1 || s.out == 1 {
			return 0
		}
		return x * float32(s.in-1) / (width - 1)
	},
	"asymmetric":           func(s sampling, x float32) float32 { return x / float32(s.scale) },
	"tf_half_pixel_for_nn": func(s sampling, x float32) float32 { return (x + 0.5) / float32(s.scale) },
	cropAndResize: func(s sampling, x float32) float32 {
		last, from, to := float32(s.in-1), float32(s.start), float32(s.end)
		if s.out <= 1 {
			return 0.5 * (from + to) * last
		}
		return from*last + x*(to-from)*last/float32(s.out-1)
	},
}

// cropAndResize is the mode that reads the region of interest.
const cropAndResize = "tf_crop_and_resize"

// nearest gives, by nearest_mode, the element that stands for coordinate x.
var nearest = map[string]func(x float64, shrinks bool) float64{
	"round_prefer_floor": func(x float64, _ bool) float64 { return math.Ceil(x - 0.5) },
	"round_prefer_ceil":  func(x float64, _ bool) float64 { return math.Floor(x + 0.5) },
	"floor":              func(x float64, _ bool) float64 { return math.Floor(x) },
	"ceil":               func(x float64, _ bool) float64 { return math.Ceil(x) },
	"": func(x float64, shrinks bool) float64 { // before opset 11
		if shrinks {
			return math.Ceil(x)
		}
		return math.Trunc(x)
	},
}

// interpolation is how a Resize weighs the elements around a coordinate.
type interpolation struct {
	kernel    func(x float64) float64 // of the distance; nil for the nearest element
	reach     float64                 // distance at which kernel vanishes
	nearest   string
	antialias bool // widen the kernel where the axis shrinks
	inside    bool // leave out what is beyond the ends, in place of repeating the last element
}

func triangle(x float64) float64 { return max(0, 1-math.Abs(x)) }

// cubic is the kernel of cubic convolution with parameter a (Keys 1981).
func cubic(a float64) func(float64) float64 {
	return func(x float64) float64 {
		switch x = math.Abs(x); {
		case x <= 1:
			return ((a+2)*x-(a+3))*x*x + 1
		case x < 2:
			return ((a*x-5*a)*x+8*a)*x - 4*a
		}
		return 0
	}
}

// weigh gives the row of the elements that coordinate x reads.
func (p interpolation) weigh(s sampling, x float64) []program.Weight {
	if p.kernel == nil {
		at := nearest[p.nearest](x, s.scale < 1)
		return []program.Weight{{Index: min(max(int(at), 0), s.in-1), Coef: 1}}
	}
	squeeze := 1.0
	if p.antialias {
		squeeze = min(s.scale, 1)
	}
	var row []program.Weight
	sum := 0.0
	base := math.Ceil(x) - 1 // so that x - base is within (0, 1]
	low := int(math.Floor(-p.reach/squeeze)) + 1
	for i := low; i <= 1-low; i++ {
		at := int(base) + i
		w := p.kernel((float64(at) - x) * squeeze)
		if w == 0 || p.inside && (at < 0 || at >= s.in) {
			continue
		}
		row = append(row, program.Weight{Index: min(max(at, 0), s.in-1), Coef: w})
		sum += w
	}
	if p.antialias || p.inside {
		for i := range row {
			row[i].Coef /= sum
		}
	}
	return row
}
