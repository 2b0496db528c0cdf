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

// finerBits are the bits that Finer adds to those of an activation.
const finerBits = 2

// Finer is Round to a few more bits.
func (b *Builder) Finer(x *Value) (*Value, error) {
	if x.constant != nil {
		return x, nil
	}
	bits := max(x.bits, b.opt.Bits)
	x.SetBits(max(bits, min(bits+finerBits, mostLevels)))
	return b.Round(x)
}
