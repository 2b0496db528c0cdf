package fixed

import "github.com/consensys/gnark-crypto/ecc/bn254/fr"

// group is the arithmetic of one curve on vectors of coordinates. P is a point in affine coordinates, infinity is
// (0, 0); V a vector of coordinates. No finite point of the groups has y = 0, since their order is odd.
type group[P, V any] interface {
	alloc(n int) V
	cut(v V, n int) V
	sub(z, x, y V)
	mul(z, x, y V)
	square(z, x V)
	// invert sets z to the inverses of v, none of which is zero. scratch has room for 2 Batch + 64.
	invert(z, v, scratch V)
	// gather sets the points (x, y) to the table's multiples by digits.
	gather(x, y V, table []P, digits []int32)
	// odd appends to is the indexes at which a vector is zero, and sets d to one there.
	odd(is []int, y, ty, d V) []int
	load(x, y V, i int) P
	store(x, y V, i int, p P)
	add(p, q P) P
}

// batch adds points element by element.
type batch[P, V any, G group[P, V]] struct {
	group     G
	x, y      V // sums
	tx, ty, d V // addends, differences
	slope     V
	scratch   V
	digits    []int32
	odd       []int
	sums      []P // of the odd ones
}

func newBatch[P, V any, G group[P, V]](g G) *batch[P, V, G] {
	return &batch[P, V, G]{group: g, x: g.alloc(Batch), y: g.alloc(Batch), tx: g.alloc(Batch), ty: g.alloc(Batch), d: g.alloc(Batch),
		slope: g.alloc(Batch), scratch: g.alloc(2*Batch + 64)}
}

// Multiply implements adder.
func (b *batch[P, V, G]) Multiply(t *Table[P], dst []P, scalars []fr.Element) {
	n := len(scalars)
	if len(b.digits) < n*len(t.windows) {
		b.digits = make([]int32, Batch*len(t.windows))
	}
	for i := range scalars {
		split(&scalars[i], t.width, b.digits[i:], n)
	}
	x, y := b.group.cut(b.x, n), b.group.cut(b.y, n)
	b.group.gather(x, y, t.windows[0], b.digits[:n])
	for j := 1; j < len(t.windows); j++ {
		b.group.gather(b.group.cut(b.tx, n), b.group.cut(b.ty, n), t.windows[j], b.digits[j*n:(j+1)*n])
		b.add(n)
	}
	for i := range dst {
		dst[i] = b.group.load(b.x, b.y, i)
	}
	clear(b.digits)
}

// Extend implements adder: it makes entries m to 2m - 1 of a window from those before.
func (b *batch[P, V, G]) Extend(entries []P, m int) {
	for from := 0; from < m; from += Batch {
		n := min(Batch, m-from)
		for i := range n {
			b.group.store(b.x, b.y, i, entries[from+i])
			b.group.store(b.tx, b.ty, i, entries[m-1])
		}
		b.add(n)
		for i := range n {
			entries[m+from+i] = b.group.load(b.x, b.y, i)
		}
	}
}

// add adds n addends to the sums. Where the chord does not serve, since a point is infinite or the two have the
// same x, the curve's complete addition does.
func (b *batch[P, V, G]) add(n int) {
	g := b.group
	x, y, tx, ty, d := g.cut(b.x, n), g.cut(b.y, n), g.cut(b.tx, n), g.cut(b.ty, n), g.cut(b.d, n)
	g.sub(d, tx, x)
	b.odd, b.sums = g.odd(b.odd[:0], y, ty, d), b.sums[:0]
	for _, i := range b.odd {
		b.sums = append(b.sums, g.add(g.load(x, y, i), g.load(tx, ty, i)))
	}
	slope := g.cut(b.slope, n)
	g.invert(slope, d, b.scratch)
	g.sub(ty, ty, y)
	g.mul(slope, slope, ty)
	g.square(ty, slope)
	g.sub(ty, ty, x)
	g.sub(ty, ty, tx) // x of the sum
	g.sub(tx, x, ty)
	g.mul(tx, tx, slope)
	g.sub(y, tx, y)
	b.x, b.ty = b.ty, b.x
	for k, i := range b.odd {
		g.store(b.x, b.y, i, b.sums[k])
	}
}
