package onnx_test

import (
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"

	"assay/internal/optest"
	"assay/onnx"
)

// message is a protobuf message type: the types of its fields that are messages.
type message map[protowire.Number]*message

var (
	protoTensor   = &message{}
	protoDim      = &message{}
	protoShape    = &message{1: protoDim}
	protoType     = &message{1: &message{2: protoShape}}
	protoPort     = &message{2: protoType}
	protoAttr     = &message{5: protoTensor}
	protoNode     = &message{5: protoAttr}
	protoGraph    = &message{1: protoNode, 5: protoTensor, 11: protoPort, 12: protoPort}
	protoFunction = &message{7: protoNode, 9: &message{}, 11: protoAttr}
	protoModel    = &message{7: protoGraph, 8: &message{}, 25: protoFunction}
)

func init() { (*protoAttr)[6] = protoGraph }

// part is a field of a message, and the fields within it where it is a message.
type part struct {
	num  protowire.Number
	typ  protowire.Type
	kind *message // nil for bytes and numbers
	data []byte   // value on the wire, without the length of bytes
	sub  []*part
}

// parse reads a well-formed message.
func parse(b []byte, kind *message) (parts []*part) {
	for len(b) > 0 {
		num, typ, n := protowire.ConsumeTag(b)
		m := protowire.ConsumeFieldValue(num, typ, b[n:])
		p := &part{num: num, typ: typ, data: b[n : n+m]}
		if typ == protowire.BytesType {
			p.data, _ = protowire.ConsumeBytes(b[n:])
			if sub := (*kind)[num]; sub != nil {
				p.kind, p.sub = sub, parse(p.data, sub)
			}
		}
		parts, b = append(parts, p), b[n+m:]
	}
	return parts
}

// encode writes a message.
func encode(parts []*part) (b []byte) {
	for _, p := range parts {
		b = protowire.AppendTag(b, p.num, p.typ)
		switch {
		case p.kind != nil:
			b = protowire.AppendBytes(b, encode(p.sub))
		case p.typ == protowire.BytesType:
			b = protowire.AppendBytes(b, p.data)
		default:
			b = append(b, p.data...)
		}
	}
	return b
}

// clone copies a field with all in it, so that it can stand in two places, or within itself.
func (p *part) clone() *part {
	c := *p
	c.sub = nil
	for _, q := range p.sub {
		c.sub = append(c.sub, q.clone())
	}
	return &c
}

// place is a field by the list that it is in.
type place struct {
	list *[]*part
	at   int
}

// places lists all fields.
func places(list *[]*part, to []place) []place {
	for i, p := range *list {
		to = places(&p.sub, append(to, place{list, i}))
	}
	return to
}

// odd are integers that break what does not check them.
var odd = []uint64{0, 1, 2, 3, 7, 64, 1 << 10, 1 << 20, 1 << 26, 1 << 31, 1 << 40, 1 << 62, math.MaxInt64, 1 << 63, math.MaxUint64, math.MaxUint64 - 1}

// mutate changes a model as script says, four bytes a change: which field, what, and how.
func mutate(model []byte, script []byte, words []string) []byte {
	parts := parse(model, protoModel)
	for ; len(script) >= 4; script = script[4:] {
		all := places(&parts, nil)
		if len(all) == 0 {
			break
		}
		x := all[int(binary.LittleEndian.Uint16(script))%len(all)]
		how := int(script[3])
		p := (*x.list)[x.at]
		like := func() []place {
			return slices.DeleteFunc(slices.Clone(all), func(y place) bool {
				q := (*y.list)[y.at]
				return q.kind != p.kind || q.typ != p.typ || p.kind == nil && q.num != p.num
			})
		}()
		other := like[how%len(like)]
		switch script[2] % 8 {
		case 0:
			*x.list = slices.Delete(slices.Clone(*x.list), x.at, x.at+1)
		case 1:
			*x.list = slices.Insert(slices.Clone(*x.list), x.at, p.clone())
		case 2:
			(*x.list)[x.at] = (*other.list)[other.at].clone()
		case 3:
			(*x.list)[x.at], (*other.list)[other.at] = (*other.list)[other.at].clone(), p.clone()
		case 4, 5:
			c := *p
			switch {
			case p.typ == protowire.VarintType:
				c.data = protowire.AppendVarint(nil, odd[how%len(odd)])
			case p.typ == protowire.Fixed32Type:
				c.data = binary.LittleEndian.AppendUint32(nil, math.Float32bits(float32([]float64{0, -1, math.NaN(), math.Inf(1), 1e30}[how%5])))
			case p.kind == nil && len(p.data) >= 8 && how%2 == 0:
				c.data = binary.LittleEndian.AppendUint64(slices.Clone(p.data[:len(p.data)-8]), odd[how/2%len(odd)])
			case p.kind == nil:
				c.data = []byte(words[how%len(words)])
			}
			(*x.list)[x.at] = &c
		case 6:
			if c := *p; p.kind == nil && p.typ == protowire.BytesType {
				c.data = p.data[:len(p.data)*how/256]
				(*x.list)[x.at] = &c
			}
		case 7:
			*other.list = append(slices.Clone(*other.list), p.clone())
		}
	}
	return encode(parts)
}

// seeds are models with all that a file may hold; with ASSAY_SHARED set, ONNX's node tests too.
func seeds(t testing.TB) [][]byte {
	list := [][]byte{small().Marshal(), loops().Marshal(), scans(21, map[string]any{}, 3, 2).Marshal(), scans(8, map[string]any{}, 1, 3, 2).Marshal(),
		branches(named("c", optest.B(nil, 1))).Marshal(), functions().Marshal(), listed().Marshal()}
	if dir := os.Getenv("ASSAY_SHARED"); dir != "" {
		files, err := filepath.Glob(filepath.Join(dir, "onnx-node", "*", "model.onnx"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if b, err := os.ReadFile(f); err == nil && len(b) < 1<<14 {
				list = append(list, b)
			}
		}
	}
	return list
}

// words are names that mean something in a model.
func words() []string {
	list := []string{"", "x", "y", "h", "s", "i", "c", "local", "ai.onnx.ml", "axis", "axes", "body", "then_branch", "else_branch", "kernel_shape", "pads", "perm", "to", "value", "alpha"}
	for _, e := range onnx.Operators() {
		list = append(list, e.Name)
	}
	return list
}

// FuzzMutations decodes models whose fields were changed, removed, repeated and moved.
func FuzzMutations(f *testing.F) {
	models, names := seeds(f), words()
	for i := range models {
		f.Add(uint16(i), []byte{byte(7 * i), 0, 4, byte(i), byte(31 * i), 0, 2, byte(3 * i)})
	}
	f.Fuzz(func(t *testing.T, seed uint16, script []byte) {
		survives(t, mutate(models[int(seed)%len(models)], script[:min(len(script), 64)], names))
	})
}

// TestMutations makes the changes of one step to every field of the small seeds.
func TestMutations(t *testing.T) {
	names := words()
	for _, model := range seeds(t)[:7] {
		parts := parse(model, protoModel)
		n := len(places(&parts, nil))
		for at := range n {
			for how := range 8 {
				survives(t, mutate(model, []byte{byte(at), byte(at >> 8), byte(how), byte(37*at + 11*how)}, names))
			}
		}
	}
}
