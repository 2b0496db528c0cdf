package program

import (
	"fmt"
	"slices"

	"assay/ir/tensor"
)

// ArgMaxOf gives, for each element i of shape s, the number of the largest element of x among members[i], the first
// among equals: numbers[i][k] is that of members[i][k]. Sets may differ in size. The result has scale 1.
func (b *Builder) ArgMaxOf(x *Value, members, numbers [][]int, s tensor.Shape) (*Value, error) {
	if len(members) != s.Size() || len(numbers) != len(members) || len(members) == 0 {
		return nil, fmt.Errorf("%s: argmax: %d sets, %d lists of numbers do not fit %v", b.name, len(members), len(numbers), s)
	}
	n := 0
	for i, m := range members {
		if len(m) == 0 || len(numbers[i]) != len(m) {
			return nil, fmt.Errorf("%s: argmax: set %d has %d members, %d numbers", b.name, i, len(m), len(numbers[i]))
		}
		n = max(n, len(m))
	}
	// A smaller set repeats its first member, which then comes first among equals.
	var index []int
	for _, m := range members {
		for k := range n {
			if k < len(m) {
				index = append(index, m[k])
			} else {
				index = append(index, m[0])
			}
		}
	}
	if _, err := b.narrow(x); err != nil {
		return nil, err
	}
	sets, err := b.Gather(tensor.Shape{len(members), n}, index, 0, x)
	if err != nil {
		return nil, err
	}
	rank, err := b.ArgMax(sets, 1, false)
	if err != nil {
		return nil, err
	}
	ranks, err := b.narrow(rank)
	if err != nil {
		return nil, err
	}
	return b.numbered(ranks, numbers, s)
}

// numbered turns ranks into numbers: sets whose numbers are equally far apart share a table of the distances.
func (b *Builder) numbered(ranks int, numbers [][]int, s tensor.Shape) (*Value, error) {
	classes := map[string]int{}
	var tables []Ints
	var sets [][]int64
	sum := &Linear{Shape: s}
	for i, list := range numbers {
		distances := make(Ints, len(list))
		for k, v := range list {
			distances[k] = int64(v - list[0])
		}
		c, ok := classes[fmt.Sprint(distances)]
		if !ok {
			c = len(tables)
			classes[fmt.Sprint(distances)] = c
			tables, sets = append(tables, distances), append(sets, nil)
		}
		sets[c] = append(sets[c], int64(i))
		sum.Bias = append(sum.Bias, int64(list[0]))
	}
	back := &Gather{Shape: s, Index: make(Ints, len(numbers))}
	at := int64(0)
	for c, set := range sets {
		id, err := b.add(&Gather{Operands: []int{ranks}, Shape: tensor.Shape{len(set)}, Index: slices.Clone(set)}, 1)
		if err != nil {
			return nil, err
		}
		if id, err = b.add(&Lookup{Arg: id, Table: tables[c]}, 1); err != nil {
			return nil, err
		}
		back.Operands = append(back.Operands, id)
		for _, i := range set {
			back.Index[i] = at
			at++
		}
	}
	id, err := b.add(back, 1)
	if err != nil {
		return nil, err
	}
	sum.Terms = []Term{{id, &DiagonalMap{Size: s.Size(), Weights: Ints{1}}}}
	if id, err = b.add(sum, 1); err != nil {
		return nil, err
	}
	return newValue(s, leaf{id}), nil
}
