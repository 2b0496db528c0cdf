package graph

import "assay/ir/program"

// Precise is an Op that tells apart values of its first input that lie closer together than usual precision keeps
// them, as comparisons with constants do.
type Precise interface {
	Op
	// InputBits is how many bits it wants of an input whose elements lie within r.
	InputBits(r program.Interval) int
}

// Named is an Op one of whose results has names that numbers cannot say.
type Named interface {
	Op
	// Names are the strings that the elements of output i are indices of; nil where it holds numbers.
	Names(i int) []string
	// Columns are the names of the columns of output i; nil where they have none.
	Columns(i int) []string
}
