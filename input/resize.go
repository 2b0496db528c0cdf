package input

import "math"

// resize resamples a plane by a triangle filter, widened by the ratio when it shrinks: bilinear interpolation one way,
// an average over the covered area the other. Pixel centers are at half-integers and weights sum to one at the edges
// (the BILINEAR filter of Pillow, without its rounding to bytes).
func resize(p plane, height, width int) plane {
	if p.width != width {
		out := plane{p.height, width, make([]float64, p.height*width)}
		for x, taps := range triangle(p.width, width) {
			for y := range p.height {
				row := p.data[y*p.width+taps.first:]
				for k, w := range taps.weights {
					out.data[y*width+x] += w * row[k]
				}
			}
		}
		p = out
	}
	if p.height != height {
		out := plane{height, width, make([]float64, height*width)}
		for y, taps := range triangle(p.height, height) {
			row := out.data[y*width : (y+1)*width]
			for k, w := range taps.weights {
				for x := range row {
					row[x] += w * p.data[(taps.first+k)*width+x]
				}
			}
		}
		p = out
	}
	return p
}

// taps are the weights of consecutive source positions.
type taps struct {
	first   int
	weights []float64
}

// triangle gives the taps of each of the out positions over in source positions.
func triangle(in, out int) []taps {
	ratio := float64(in) / float64(out)
	reach := max(ratio, 1)
	all := make([]taps, out)
	for i := range all {
		center := (float64(i) + 0.5) * ratio
		first := max(int(math.Floor(center-reach+0.5)), 0)
		last := min(int(math.Floor(center+reach+0.5)), in)
		t := taps{first: first, weights: make([]float64, last-first)}
		sum := 0.0
		for k := range t.weights {
			t.weights[k] = max(0, 1-math.Abs((float64(first+k)+0.5-center)/reach))
			sum += t.weights[k]
		}
		for k := range t.weights {
			t.weights[k] /= sum
		}
		all[i] = t
	}
	return all
}
