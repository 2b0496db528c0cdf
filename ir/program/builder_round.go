package program

// Round rounds x to the precision of an activation, over its observed interval. What is rounded already stays.
func (b *Builder) Round(x *Value) (*Value, error) {
	if x.constant != nil {
		return x, nil
	}
	if _, err := b.narrow(x); err != nil {
		return nil, err
	}
	return x, nil
}
