package ops

import "assay/ir/tensor"

// mapTensor is f of each element of t.
func mapTensor(t *tensor.Float, f func(float64) float64) *tensor.Float {
	r := tensor.New[float64](t.Shape)
	for i, x := range t.Data {
		r.Data[i] = f(x)
	}
	return r
}

// transposeIndex is, for each element of in with its axes permuted by perm, the element of in that it copies.
func transposeIndex(in tensor.Shape, perm []int) []int {
	st := in.Strides()
	out := permute(in, perm)
	index := make([]int, out.Size())
	walk(out, func(i int, at []int) {
		for a, p := range at {
			index[i] += p * st[perm[a]]
		}
	})
	return index
}

func permute(in tensor.Shape, perm []int) tensor.Shape {
	out := make(tensor.Shape, len(in))
	for a, p := range perm {
		out[a] = in[p]
	}
	return out
}

// transpose permutes the axes of t.
func transpose(t *tensor.Float, perm []int) *tensor.Float {
	r := tensor.New[float64](permute(t.Shape, perm))
	for i, j := range transposeIndex(t.Shape, perm) {
		r.Data[i] = t.Data[j]
	}
	return r
}

// swapLast is the permutation of rank axes that exchanges the last two.
func swapLast(rank int) []int {
	p := make([]int, rank)
	for i := range p {
		p[i] = i
	}
	p[rank-1], p[rank-2] = rank-2, rank-1
	return p
}
