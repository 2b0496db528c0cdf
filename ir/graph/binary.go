package graph

// Binary is an Op of two inputs that applies one real function to each pair of elements, with NumPy broadcasting.
type Binary interface {
	Op
	// Func2 is the function applied.
	Func2() func(a, b float64) float64
}

// Final is an Op that the reader of a proof applies to the proven values: it keeps the order of the elements that
// it normalizes together, has no integer form, and is supported only as the operator of a model's output.
type Final interface {
	Op
	// FinalAxes is the range [from, to) of axes that are normalized together in an input of the given rank.
	FinalAxes(rank int) (from, to int, err error)
}
