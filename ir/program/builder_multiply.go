package program

const (
	factorBits = 13      // precision of a factor that is too large to be multiplied as it is
	mostFactor = 1 << 20 // largest integer of one that is not
)

// Multiply is Product for chains of products: a factor is taken exactly as long as its integers stay within 20 bits,
// and then rounded to 13 bits of its observed interval.
func (b *Builder) Multiply(x, y *Value) (*Value, error) {
	ids := make([]int, 2)
	for i, v := range []*Value{x, y} {
		id, err := b.factor(v)
		if err != nil {
			return nil, err
		}
		ids[i] = id
	}
	id, err := b.add(&Product{A: ids[0], B: ids[1]}, b.p.Tensors[ids[0]].Scale*b.p.Tensors[ids[1]].Scale)
	if err != nil {
		return nil, err
	}
	return newValue(x.shape, leaf{id}.linear(x.shape)), nil
}

func (b *Builder) factor(v *Value) (int, error) {
	if u, ok := b.unit(v); ok {
		if id, err := b.attempt(v, u, mostFactor); err == nil {
			return id, nil
		}
	}
	r, err := b.interval(v)
	if err != nil {
		return 0, err
	}
	if l, ok := v.expr.(leaf); ok {
		v = newValue(v.shape, l.linear(v.shape))
		v.observed = r
	}
	return b.lookup(v, r, factorBits, func(x float64) float64 { return x })
}
