package ops

import (
	"fmt"
	"math"

	"assay/ir/graph"
	"assay/ir/tensor"
)

func init() {
	register("Attention", 23, func(a *Attrs) (graph.Op, error) { return decodeAttention(a, 6) })
	register("Attention", 24, func(a *Attrs) (graph.Op, error) { return decodeAttention(a, 7) })
	register("Attention", 25, func(a *Attrs) (graph.Op, error) {
		left, right := a.int("left_window_size", -1), a.int("right_window_size", -1)
		if left < -1 || right < -1 {
			a.refuse("left_window_size and right_window_size", "-1 or more", []int{left, right})
		}
		op, err := decodeAttention(a, 7)
		if o, ok := op.(attention); ok {
			o.left, o.right = left, right
			op = o
		}
		return op, err
	})
}

// Positions of the inputs of Attention.
const (
	attnQuery = iota
	attnKey
	attnValue
	attnMask
	attnPastKey
	attnPastValue
	attnLengths
)

// What the fourth output of Attention holds.
const (
	scoresRaw = iota
	scoresCapped
	scoresMasked
	scoresShares
)

// attention is softmax(softcap(scale * Q K^T) + mask) V for each head. Its outputs are the result, the keys and
// values with those of the past, and the scores as mode says. A query that may attend to no key has the result zero.
type attention struct {
	heads, keyHeads int     // 0 where the inputs have an axis of heads
	scale           float64 // 0 for one over the root of the size of a head
	softcap         float64 // 0 for none
	causal          bool
	left, right     int   // keys before and after its own position that a query attends to; -1 for all
	lengths         []int // keys that count, for each instance; nil for all
	mode, outputs   int
	truth           bool // the mask is of truth values: whether a query may attend to a key
}

var _ graph.Composite = attention{}

// Attention (ONNX 23; 24: a number of valid keys for each instance; 25: sliding windows). The precision of its softmax is
// that of the program.
func decodeAttention(a *Attrs, inputs int) (graph.Op, error) {
	a.inputs(3, inputs)
	a.outputs = 4
	a.ignore("softmax_precision")
	o := attention{heads: a.int("q_num_heads", 0), keyHeads: a.int("kv_num_heads", 0), scale: a.float("scale", 0), softcap: a.float("softcap", 0),
		causal: a.flag("is_causal", false), left: -1, right: -1, mode: a.int("qk_matmul_output_mode", 0), outputs: a.Outputs}
	if o.mode < scoresRaw || o.mode > scoresShares {
		a.refuse("qk_matmul_output_mode", "0 to 3", o.mode)
	}
	if o.scale < 0 || o.softcap < 0 {
		a.refuse("scale and softcap", "not negative", []float64{o.scale, o.softcap})
	}
	if (a.input(attnPastKey) == nil) != (a.input(attnPastValue) == nil) {
		a.fail(CodeArity, "past keys and values together", "one of them")
	}
	if a.input(attnLengths) != nil && a.input(attnPastKey) != nil {
		a.fail(CodeArity, "numbers of valid keys or a past", "both")
	}
	o.lengths = a.constInts(attnLengths)
	if m := a.input(attnMask); m != nil {
		o.truth = m.Type.DType == tensor.Bool
	}
	return o, nil
}

// attnSize is the geometry of an attention. Its keys and values are those of the past and then the new ones.
type attnSize struct {
	batch, heads, keyHeads, queries, past, keys, head, value int
	flat                                                     bool // heads are within the last axis
}

func (o attention) size(in []tensor.Shape) (z attnSize, err error) {
	q, k, v := in[attnQuery], in[attnKey], in[attnValue]
	fail := func(want string) (attnSize, error) {
		return attnSize{}, fmt.Errorf("attention of %v, %v and %v: want %s", q, k, v, want)
	}
	if len(q) == 0 || len(q) != len(k) || len(q) != len(v) || q[0] != k[0] || q[0] != v[0] {
		return fail("one batch of queries, keys and values")
	}
	switch len(q) {
	case 3:
		if o.heads < 1 || o.keyHeads < 1 || q[2]%o.heads != 0 || k[2]%o.keyHeads != 0 || v[2]%o.keyHeads != 0 {
			return fail(fmt.Sprintf("%d and %d heads of equal size", o.heads, o.keyHeads))
		}
		z = attnSize{q[0], o.heads, o.keyHeads, q[1], 0, k[1], q[2] / o.heads, v[2] / o.keyHeads, true}
		if k[1] != v[1] || k[2]/o.keyHeads != z.head {
			return fail("keys and values that fit")
		}
	case 4:
		z = attnSize{q[0], q[1], k[1], q[2], 0, k[2], q[3], v[3], false}
		if k[1] != v[1] || k[2] != v[2] || k[3] != q[3] {
			return fail("keys and values that fit")
		}
	default:
		return fail("3 or 4 axes")
	}
	if z.keyHeads < 1 || z.heads%z.keyHeads != 0 {
		return fail(fmt.Sprintf("a multiple of %d heads of queries, got %d", z.keyHeads, z.heads))
	}
	if o.lengths != nil && len(o.lengths) != z.batch {
		return fail(fmt.Sprintf("%d numbers of valid keys, got %d", z.batch, len(o.lengths)))
	}
	if len(in) > attnPastValue && in[attnPastKey] != nil {
		p, w := in[attnPastKey], in[attnPastValue]
		if len(p) != 4 || !p.Equal(tensor.Shape{z.batch, z.keyHeads, p[2], z.head}) || !w.Equal(tensor.Shape{z.batch, z.keyHeads, p[2], z.value}) {
			return fail(fmt.Sprintf("a past that fits, got %v and %v", p, w))
		}
		z.past = p[2]
		z.keys += z.past
	}
	if len(in) > attnMask && in[attnMask] != nil {
		m := in[attnMask].Clone()
		if len(m) == 0 || m[len(m)-1] > z.keys {
			return fail(fmt.Sprintf("a mask of at most %d keys, got %v", z.keys, m))
		}
		if m[len(m)-1] != 1 || z.keys == 1 {
			m[len(m)-1] = z.keys
		}
		if s, err := tensor.Broadcast(z.scores(), m); err != nil || !s.Equal(z.scores()) {
			return fail(fmt.Sprintf("a mask that broadcasts to %v, got %v", z.scores(), in[attnMask]))
		}
	}
	return z, nil
}

func (z attnSize) scores() tensor.Shape { return tensor.Shape{z.batch, z.heads, z.queries, z.keys} }

// result is the shape of the first output.
func (z attnSize) result() tensor.Shape {
	if z.flat {
		return tensor.Shape{z.batch, z.queries, z.heads * z.value}
	}
	return tensor.Shape{z.batch, z.heads, z.queries, z.value}
}

func (o attention) Infer(in []*graph.Value) ([]graph.Type, error) {
	shapes := make([]tensor.Shape, len(in))
	for i, v := range in {
		if v != nil {
			shapes[i] = v.Type.Shape
		}
	}
	z, err := o.size(shapes)
	if err != nil {
		return nil, err
	}
	d := in[0].Type.DType
	return []graph.Type{{DType: d, Shape: z.result()}, {DType: d, Shape: tensor.Shape{z.batch, z.keyHeads, z.keys, z.head}},
		{DType: d, Shape: tensor.Shape{z.batch, z.keyHeads, z.keys, z.value}}, {DType: d, Shape: z.scores()}}[:max(1, o.outputs)], nil
}

// allowed is 1 for each query, axis 2, and key, axis 3, that attributes allow, else 0; axis 0 is the batch where lengths differ.
// It is nil where they allow all.
func (o attention) allowed(z attnSize) *tensor.Float {
	if !o.causal && o.left < 0 && o.right < 0 && o.lengths == nil {
		return nil
	}
	s := tensor.Shape{1, 1, z.queries, z.keys}
	if o.lengths != nil {
		s[0] = z.batch
	}
	t := tensor.New[float64](s)
	walk(s, func(i int, at []int) {
		offset, keys := z.past, z.keys
		if o.lengths != nil {
			offset, keys = o.lengths[at[0]]-z.queries, o.lengths[at[0]]
		}
		ahead := at[3] - at[2] - offset
		if at[3] < keys && (!o.causal || ahead <= 0) && (o.left < 0 || ahead >= -o.left) && (o.right < 0 || ahead <= o.right) {
			t.Data[i] = 1
		}
	})
	return t
}

// heads4 views a tensor as batch x heads x positions x size.
func heads4(t *tensor.Float, heads int) *tensor.Float {
	if len(t.Shape) == 4 {
		return t
	}
	s := tensor.Shape{t.Shape[0], t.Shape[1], heads, t.Shape[2] / heads}
	return transpose(&tensor.Float{Shape: s, Data: t.Data}, []int{0, 2, 1, 3})
}

func (o attention) factor(z attnSize) float64 {
	if o.scale != 0 {
		return o.scale
	}
	return 1 / math.Sqrt(float64(z.head))
}

func (o attention) cap(x float64) float64 {
	if o.softcap == 0 {
		return x
	}
	return o.softcap * math.Tanh(x/o.softcap)
}
