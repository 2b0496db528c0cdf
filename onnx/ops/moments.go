package ops

import (
	"math"

	"assay/ir/graph"
	"assay/ir/program"
	"assay/ir/tensor"
)

// moments are the mean and the variance of xs, the mean of squares about the mean.
func moments(xs []float64) (mean, variance float64) {
	for _, x := range xs {
		mean += x
	}
	mean /= float64(len(xs))
	for _, x := range xs {
		variance += (x - mean) * (x - mean)
	}
	return mean, variance / float64(len(xs))
}

// align rounds a mean finely, to a fraction of the levels of what it is the mean of.
type align struct{ hint }

// meanBits is the binary logarithm of that fraction.
const meanBits = 1

func (align) Lower(b *program.Builder, in []*program.Value) ([]*program.Value, error) {
	if in[0].Const() != nil {
		return in[:1], nil
	}
	return one(b.Align(in[0], in[1], meanBits))
}

// centered gives rows less their means along the last axis, which keeps extent 1, and the means.
func (c *compose) centered(rows *graph.Value) (d, mean *graph.Value) {
	rows = c.operand(rows)
	mean = c.apply("Align", align{}, c.reduce("ReduceMean", rows, -1), rows)
	return c.exact(c.sub(rows, mean)), mean
}

// meanSquare is the mean of the squares along the last axis, which keeps extent 1.
func (c *compose) meanSquare(rows *graph.Value) *graph.Value {
	return c.reduce("ReduceMean", c.square(rows), -1)
}

// inverseDeviation is 1/sqrt(variance + epsilon).
func (c *compose) inverseDeviation(variance *graph.Value, epsilon float64) *graph.Value {
	return c.inverse(c.sqrt(c.plus(variance, epsilon)), math.Sqrt(epsilon))
}

// standardize is rows with mean 0 and deviation 1 along the last axis.
func (c *compose) standardize(rows *graph.Value, epsilon float64) *graph.Value {
	d, _ := c.centered(rows)
	return c.mul(d, c.inverseDeviation(c.meanSquare(d), epsilon))
}

// standardized is xs with mean 0 and deviation 1.
func standardized(xs []float64, epsilon float64) {
	mean, variance := moments(xs)
	for i := range xs {
		xs[i] = (xs[i] - mean) / math.Sqrt(variance+epsilon)
	}
}

// perChannel is a list, of a number for each channel, in a shape that broadcasts along axis 1 of rank axes.
func perChannel(n, rank int) tensor.Shape {
	s := make(tensor.Shape, rank-1)
	for i := range s {
		s[i] = 1
	}
	s[0] = n
	return s
}
