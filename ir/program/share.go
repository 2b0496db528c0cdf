package program

import (
	"hash/maphash"
	"reflect"
	"slices"
)

// shared keeps one copy of equal lists of integers: the steps of an unrolled recurrent layer then have their weights in
// memory once, as they have them once in a file (see pool). Nothing changes the lists of a program.
type shared struct {
	seed  maphash.Seed
	lists map[uint64][]Ints
}

func newShared() *shared { return &shared{maphash.MakeSeed(), map[uint64][]Ints{}} }

// list is the kept copy of v.
func (s *shared) list(v Ints) Ints {
	if len(v) < pooled {
		return v
	}
	var h maphash.Hash
	h.SetSeed(s.seed)
	for _, x := range v {
		maphash.WriteComparable(&h, x)
	}
	key := h.Sum64()
	for _, kept := range s.lists[key] {
		if slices.Equal(kept, v) {
			return kept
		}
	}
	s.lists[key] = append(s.lists[key], v)
	return v
}

// in shares the lists of what v points to, wherever in it they are.
func (s *shared) in(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		s.in(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				s.in(v.Field(i))
			}
		}
	case reflect.Slice:
		if list, ok := v.Addr().Interface().(*Ints); ok {
			*list = s.list(*list)
			return
		}
		switch v.Type().Elem().Kind() {
		case reflect.Struct, reflect.Interface, reflect.Pointer:
			for i := range v.Len() {
				s.in(v.Index(i))
			}
		}
	}
}
