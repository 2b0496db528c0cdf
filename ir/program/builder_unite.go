package program

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// uniteTables bounds how many different tables are compared with one another.
const uniteTables = 1 << 10

// reached is a lookup and the indices that it can have.
type reached struct {
	k         *Lookup
	low, high int64
}

// unite gives lookups the table of another one where both agree on all indices that they can have, the longest that does:
// tables are made as far as an operand reaches, and operands of one function reach differently far. No result changes.
func (b *Builder) unite() {
	var all []reached
	different := map[string]int{}
	for _, n := range b.p.Nodes {
		if k, ok := n.Kernel.(*Lookup); ok && !k.Even {
			r := b.p.Tensors[k.Arg].Range
			all = append(all, reached{k, k.Index(r.Min), k.Index(r.Max)})
			different[k.key()]++
		}
	}
	if len(different) > uniteTables {
		return
	}
	var tables []*Lookup
	for _, l := range all {
		if id := l.k.key(); different[id] > 0 {
			different[id] = 0
			tables = append(tables, l.k)
		}
	}
	slices.SortStableFunc(tables, func(a, b *Lookup) int { return cmp.Compare(len(b.Table), len(a.Table)) })
	for i, t := range tables {
		tables[i] = &Lookup{Low: t.Low, Table: t.Table}
	}
	for _, l := range all {
		for _, t := range tables {
			if len(t.Table) > len(l.k.Table) && l.agrees(t) {
				l.k.Low, l.k.Table = t.Low, t.Table
				break
			}
		}
	}
}

// key identifies the table of k.
func (k *Lookup) key() string {
	s := binary.LittleEndian.AppendUint64(make([]byte, 0, 8*(1+len(k.Table))), uint64(k.Low))
	for _, y := range k.Table {
		s = binary.LittleEndian.AppendUint64(s, uint64(y))
	}
	return string(s)
}

// agrees reports whether t has the results of l at all indices that l can have, and rows at some of them.
func (l reached) agrees(t *Lookup) bool {
	if l.high < t.Low || l.low > t.High() {
		return false
	}
	same := func(h int64) bool { return l.k.At(h) == t.At(h) }
	if !same(l.low) || !same(l.high) || !same(l.low+(l.high-l.low)/2) {
		return false
	}
	// Beyond the rows of both tables neither changes.
	for h := max(l.low, min(l.k.Low, t.Low)); h <= min(l.high, max(l.k.High(), t.High())); h++ {
		if !same(h) {
			return false
		}
	}
	return true
}
