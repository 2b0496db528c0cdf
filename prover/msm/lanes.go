//go:build amd64 && !purego

package msm

import (
	"math/bits"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
)

// newBatch1 gives the fastest batch of additions in G1 that the processor can run.
func newBatch1() batch[bn254.G1Affine] {
	if vectors {
		return new(lanes1)
	}
	return new(batch1)
}

// lanes1 adds in G1 eight points at a time.
//
// Products of blocks are Montgomery's with the radix 2^260, where gnark-crypto's elements have 2^256. So the points are
// taken to the isomorphic curve (x, y) -> (x/4, y/8), whose coordinates at radix 2^260 are the words of 4 x and 2 y:
// a shift on the way in. Additions do not know the curve's constant. In between, coordinates are bounded by 4 q and not
// reduced.
type lanes1 struct {
	x1, y1, x2, y2 column
	x3, y3         column
	rise, inverse  [batchSize / 8]block
	tree           [2 * batchSize / 8]block // products of pairs; a level of n blocks begins at block n
	infinite       [batchSize]bool
	some           bool // infinite holds true
}

// keep puts q, or -q, in p as the sums are.
func (b *lanes1) keep(p, q *bn254.G1Affine, minus bool) { isomorphic(&p.X, &p.Y, q, minus) }

func (b *lanes1) adopt(i int, q *bn254.G1Affine, minus bool) {
	isomorphic(&b.x2[i], &b.y2[i], q, minus)
}

func (b *lanes1) left(i int, p *bn254.G1Affine)  { b.x1[i], b.y1[i] = p.X, p.Y }
func (b *lanes1) right(i int, p *bn254.G1Affine) { b.x2[i], b.y2[i] = p.X, p.Y }

func (b *lanes1) store(i int, p *bn254.G1Affine) bool {
	p.X, p.Y = b.x3[i], b.y3[i]
	return !b.infinite[i]
}

// restore takes p from the isomorphic curve.
func (b *lanes1) restore(p *bn254.G1Affine) {
	p.X, p.Y = canonical(&p.X), canonical(&p.Y)
	p.X.Halve()
	p.X.Halve()
	p.Y.Halve()
}

func (b *lanes1) run(n int) {
	used := (n + 7) / 8
	blocks := 2 // a root that is a product is below 2 q
	for blocks < used {
		blocks *= 2
	}
	for i := n; i < 8*used; i++ {
		b.x1[i], b.x2[i] = fp.Element{}, fp.Element{1}
		b.y1[i], b.y2[i] = fp.Element{}, fp.Element{}
	}
	subLanes(&b.tree[blocks], &b.x2[0], &b.x1[0], used)
	subLanes(&b.rise[0], &b.y2[0], &b.y1[0], used)
	for i := used; i < blocks; i++ {
		b.tree[blocks+i] = block{0: {1, 1, 1, 1, 1, 1, 1, 1}}
	}
	if b.some {
		clear(b.infinite[:])
		b.some = false
	}
	if !b.invert(blocks) {
		b.vertical(n, blocks)
		b.invert(blocks)
	}
	addLanes(&b.x3[0], &b.y3[0], &b.x1[0], &b.y1[0], &b.x2[0], &b.rise[0], &b.inverse[0], used)
}

// invert sets the inverses of the leaves, times 2^520, unless one of them is zero. The last eight products are inverted
// one by one, with one inversion for all.
func (b *lanes1) invert(blocks int) bool {
	for m := blocks / 2; m >= 1; m /= 2 {
		mulLanes(&b.tree[m], &b.tree[2*m], &b.tree[3*m], m)
	}
	var leaf, before [8]fp.Element
	product := fp.One()
	for i := range leaf {
		e := b.tree[1].get(i)
		leaf[i] = canonical(&e)
		before[i] = product
		product.Mul(&product, &leaf[i])
	}
	if product.IsZero() {
		return false
	}
	product.Inverse(&product)
	product.Mul(&product, &scale)
	for i := 7; i >= 0; i-- {
		before[i].Mul(&before[i], &product)
		b.inverse[0].set(i, &before[i])
		product.Mul(&product, &leaf[i])
	}
	for m := 1; m < blocks; m *= 2 {
		mulLanes(&b.inverse[m], &b.inverse[0], &b.tree[2*m], m)
		mulLanes(&b.inverse[0], &b.inverse[0], &b.tree[3*m], m)
	}
	return true
}

// scale is 2^8: an inverse at radix 2^256 has 2^512 where one of a leaf has 2^520.
var scale = fp.NewElement(256)

// vertical finds the additions of points with the same x, and sets the slopes of those that are equal; the others have
// a sum at infinity.
func (b *lanes1) vertical(n, blocks int) {
	for i := range n {
		x, x2 := canonical(&b.x1[i]), canonical(&b.x2[i])
		if x != x2 {
			continue
		}
		run := &b.tree[blocks+i/8]
		y, y2 := canonical(&b.y1[i]), canonical(&b.y2[i])
		if y != y2 {
			b.infinite[i], b.some = true, true
			run.set(i%8, &fp.Element{1})
			continue
		}
		y.Double(&y)
		run.set(i%8, &y)
		// A square at radix 2^256 has 2^264 of the 2^260 that it should.
		var square fp.Element
		square.Square(&x)
		x.Double(&square)
		square.Add(&square, &x)
		for range 4 {
			square.Halve()
		}
		b.rise[i/8].set(i%8, &square)
	}
}

// isomorphic gives 4 x and 2 y, or -2 y, of a point, below 4 q.
func isomorphic(x, y *fp.Element, p *bn254.G1Affine, minus bool) {
	a, c := &p.X, &p.Y
	*x = fp.Element{a[0] << 2, a[1]<<2 | a[0]>>62, a[2]<<2 | a[1]>>62, a[3]<<2 | a[2]>>62}
	var sign uint64 // all ones for minus: signs are random, and branches on them mispredicted
	if minus {
		sign = ^uint64(0)
	}
	// q - c is not c and 1 more than q: both by the same sums.
	var carry uint64
	v := *c
	v[0], carry = bits.Add64(v[0]^sign, (base[0]+1)&sign, 0)
	v[1], carry = bits.Add64(v[1]^sign, base[1]&sign, carry)
	v[2], carry = bits.Add64(v[2]^sign, base[2]&sign, carry)
	v[3], _ = bits.Add64(v[3]^sign, base[3]&sign, carry)
	*y = fp.Element{v[0] << 1, v[1]<<1 | v[0]>>63, v[2]<<1 | v[1]>>63, v[3]<<1 | v[2]>>63}
}
