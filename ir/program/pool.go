package program

import (
	"bytes"
	"fmt"
	"strconv"
)

// pool replaces repeated constants of serialized kernels by references: the second and later occurrences of a
// string of pooled bytes or more, counted over all kernels in order, become "@" and the number of the first among
// such strings. Unrolled recurrent layers, whose steps share their weights, take the space of one step.
type pool struct {
	index   map[string]int
	strings []string
	saved   int // bytes of constants that references stand for
}

// maxSaved bounds what references stand for, which a short file can make many times its own length.
const maxSaved = 1 << 27

// refer counts a reference to a constant of n bytes.
func (p *pool) refer(n int) error {
	if p.saved += n; p.saved > maxSaved {
		return fmt.Errorf("want references to at most %d bytes of repeated constants, got %d", maxSaved, p.saved)
	}
	return nil
}

// pooled is the shortest length of a string that is pooled.
const pooled = 128

func newPool() *pool { return &pool{index: map[string]int{}} }

// encode pools the strings of a serialized kernel. Its strings have no escapes: they are base64 and names of kinds.
func (p *pool) encode(b []byte) (out []byte, err error) {
	out = p.rewrite(b, func(s string) (string, error) {
		if len(s) < pooled {
			return s, nil
		}
		if i, ok := p.index[s]; ok {
			return "@" + strconv.Itoa(i), p.refer(len(s))
		}
		p.index[s] = len(p.index)
		return s, nil
	}, &err)
	return out, err
}

// decode is the inverse of encode. It accepts only what encode writes.
func (p *pool) decode(b []byte) (out []byte, err error) {
	out = p.rewrite(b, func(s string) (string, error) {
		if len(s) >= pooled {
			if _, ok := p.index[s]; ok {
				return "", fmt.Errorf("a constant of %d bytes is written twice", len(s))
			}
			p.index[s] = len(p.index)
			p.strings = append(p.strings, s)
			return s, nil
		}
		if len(s) == 0 || s[0] != '@' {
			return s, nil
		}
		i, err := strconv.Atoi(s[1:])
		if err != nil || i < 0 || i >= len(p.strings) || s[1:] != strconv.Itoa(i) {
			return "", fmt.Errorf("reference %q: want the number of an earlier constant, of %d", s, len(p.strings))
		}
		return p.strings[i], p.refer(len(p.strings[i]))
	}, &err)
	return out, err
}

// rewrite applies f to the contents of every string of b.
func (p *pool) rewrite(b []byte, f func(string) (string, error), failed *error) []byte {
	var out []byte
	for {
		from := bytes.IndexByte(b, '"')
		if from < 0 {
			return append(out, b...)
		}
		to := bytes.IndexByte(b[from+1:], '"')
		if to < 0 {
			return append(out, b...) // not JSON: its reader says so
		}
		to += from + 1
		s, err := f(string(b[from+1 : to]))
		if err != nil {
			*failed = err
			return nil
		}
		out = append(append(append(out, b[:from+1]...), s...), '"')
		b = b[to+1:]
	}
}
