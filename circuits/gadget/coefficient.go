package gadget

import (
	"math/bits"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// coefficients names field elements as the constraint system's table does.
type coefficients struct {
	*names
	add   func(any) uint32      // puts one into the system's table
	field map[fr.Element]uint32 // all others
	value []int64               // by id, where it is an integer
	known []bool                // by id: value is meaningful
	exact map[uint32]fr.Element // by id, where it is none
}

// names are those of integers. Once synthesis is over they are only read, and safe for use by many goroutines.
type names struct {
	pages [2 * maxPaged / page]*[page]uint32 // by integer from -maxPaged: 1 + id, or 0
	wide  map[int64]uint32                   // other integers
}

const (
	page     = 1 << 10
	maxPaged = 1 << 19 // wide layers have many integers below; those of precise ones are few and far apart
)

func newCoefficients(add func(any) uint32) *coefficients {
	c := &coefficients{names: &names{wide: map[int64]uint32{}}, add: add, field: map[fr.Element]uint32{}, exact: map[uint32]fr.Element{}}
	for _, x := range []int64{0, 1, 2, -1, -2} {
		c.of(x)
	}
	return c
}

// find is the id of an integer that has one.
func (c *names) find(x int64) (uint32, bool) {
	if x >= -maxPaged && x < maxPaged {
		if p := c.pages[uint64(x+maxPaged)/page]; p != nil {
			id := p[uint64(x+maxPaged)%page]
			return id - 1, id != 0
		}
		return 0, false
	}
	id, ok := c.wide[x]
	return id, ok
}

// of is the id of an integer.
func (c *coefficients) of(x int64) uint32 {
	if id, ok := c.find(x); ok {
		return id
	}
	id := c.add(x)
	c.note(id, x)
	if x < -maxPaged || x >= maxPaged {
		c.wide[x] = id
		return id
	}
	p := &c.pages[uint64(x+maxPaged)/page]
	if *p == nil {
		*p = new([page]uint32)
	}
	(*p)[uint64(x+maxPaged)%page] = id + 1
	return id
}

// note records that id is the integer x.
func (c *coefficients) note(id uint32, x int64) {
	for int(id) >= len(c.value) {
		c.value, c.known = append(c.value, 0), append(c.known, false)
	}
	c.value[id], c.known[id] = x, true
}

// element is the id of a field element.
func (c *coefficients) element(x *fr.Element) uint32 {
	if id, ok := c.field[*x]; ok {
		return id
	}
	var negative fr.Element
	negative.Neg(x)
	var id uint32
	switch {
	case x.IsUint64() && x.Uint64() < 1<<62:
		id = c.of(int64(x.Uint64()))
	case negative.IsUint64() && negative.Uint64() < 1<<62:
		id = c.of(-int64(negative.Uint64()))
	default:
		id = c.add(*x)
		c.exact[id] = *x
	}
	c.field[*x] = id
	return id
}

// integer is what an id stands for, if it is an integer.
func (c *coefficients) integer(id uint32) (int64, bool) {
	if int(id) >= len(c.value) {
		return 0, false
	}
	return c.value[id], c.known[id]
}

// times multiplies integers, and reports whether the product is one of 62 bits.
func times(a, b int64) (int64, bool) {
	high, low := bits.Mul64(uint64(max(a, -a)), uint64(max(b, -b)))
	return a * b, high == 0 && low < 1<<62
}

// scale is the id of an integer times what id stands for. It is known of all ids but those that gnark's own operations
// have made.
func (c *coefficients) scale(id uint32, by int64) (uint32, bool) {
	if by == 1 {
		return id, true
	}
	if x, ok := c.integer(id); ok {
		if y, ok := times(x, by); ok {
			return c.of(y), true
		}
	}
	var factor fr.Element
	factor.SetInt64(by)
	return c.multiply(id, &factor)
}

// multiply is scale by a field element.
func (c *coefficients) multiply(id uint32, by *fr.Element) (uint32, bool) {
	e, ok := c.exact[id]
	if x, known := c.integer(id); known {
		e.SetInt64(x)
		ok = true
	}
	if !ok {
		return 0, false
	}
	e.Mul(&e, by)
	return c.element(&e), true
}
