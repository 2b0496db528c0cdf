package input

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"assay/ir/tensor"
)

const (
	npyMagic     = "\x93NUMPY"
	maxNPYHeader = 1 << 16
	maxNPYRank   = 32
)

type npyHeader struct {
	descr   string
	fortran bool
	shape   tensor.Shape
}

// readHeader splits a .npy file into its header and the bytes of its elements.
func readHeader(b []byte) (npyHeader, []byte, error) {
	if len(b) < 8 || string(b[:6]) != npyMagic {
		return npyHeader{}, nil, refuse(CodeFormat, "a NumPy array", "%d bytes without its magic", len(b))
	}
	wide := 2
	switch v := [2]byte(b[6:8]); v {
	case [2]byte{1, 0}:
	case [2]byte{2, 0}, [2]byte{3, 0}:
		wide = 4
	default:
		return npyHeader{}, nil, refuse(CodeFormat, "NumPy format version 1.0, 2.0 or 3.0", "%d.%d", v[0], v[1])
	}
	b = b[8:]
	if len(b) < wide {
		return npyHeader{}, nil, refuse(CodeFormat, "a NumPy header", "the end of the file")
	}
	n := uint32(binary.LittleEndian.Uint16(b))
	if wide == 4 {
		n = binary.LittleEndian.Uint32(b)
	}
	b = b[wide:]
	if n > maxNPYHeader || int(n) > len(b) {
		return npyHeader{}, nil, refuse(CodeFormat, fmt.Sprintf("a NumPy header of at most %d bytes", min(len(b), maxNPYHeader)), "%d", n)
	}
	h, err := parseHeader(string(b[:n]))
	return h, b[n:], err
}

// parseHeader reads the Python literal that NumPy writes: a dict of exactly descr, fortran_order and shape.
func parseHeader(s string) (npyHeader, error) {
	var h npyHeader
	p := literal{rest: s}
	seen := map[string]bool{}
	p.expect("{")
	for p.err == nil && !p.accept("}") {
		key := p.text()
		p.expect(":")
		if p.err == nil && seen[key] {
			p.fail("each key once", strconv.Quote(key)+" twice")
		}
		seen[key] = true
		switch key {
		case "descr":
			h.descr = p.text()
		case "fortran_order":
			h.fortran = p.boolean()
		case "shape":
			h.shape = p.tuple()
		default:
			p.fail("descr, fortran_order or shape", strconv.Quote(key))
		}
		if !p.accept(",") {
			p.expect("}")
			break
		}
	}
	if p.err == nil && strings.TrimSpace(p.rest) != "" {
		p.fail("the end of the header", strconv.Quote(p.rest))
	}
	if p.err == nil && len(seen) != 3 {
		p.fail("descr, fortran_order and shape", fmt.Sprintf("%d of them", len(seen)))
	}
	if p.err != nil {
		return npyHeader{}, p.err
	}
	return h, nil
}

// literal reads tokens of a Python literal; after the first error it reads nothing.
type literal struct {
	rest string
	err  error
}

func (p *literal) fail(want, got string) {
	if p.err == nil {
		p.err = refuse(CodeFormat, "in the NumPy header "+want, "%s", got)
	}
}

func (p *literal) accept(token string) bool {
	s := strings.TrimLeft(p.rest, " \n")
	if p.err != nil || !strings.HasPrefix(s, token) {
		return false
	}
	p.rest = s[len(token):]
	return true
}

func (p *literal) expect(token string) {
	if !p.accept(token) {
		p.fail(strconv.Quote(token), strconv.Quote(p.rest[:min(len(p.rest), 20)]))
	}
}

// text reads a quoted string without escapes.
func (p *literal) text() string {
	quote := "'"
	if !p.accept(quote) {
		quote = `"`
		p.expect(quote)
	}
	s, rest, ok := strings.Cut(p.rest, quote)
	if !ok || strings.Contains(s, `\`) {
		p.fail("a plain string", strconv.Quote(s[:min(len(s), 20)]))
		return ""
	}
	p.rest = rest
	return s
}

func (p *literal) boolean() bool {
	if p.accept("True") {
		return true
	}
	p.expect("False")
	return false
}

// tuple reads the extents: (), (2,), (2, 3) and so on.
func (p *literal) tuple() tensor.Shape {
	s := tensor.Shape{}
	p.expect("(")
	for p.err == nil && !p.accept(")") {
		if len(s) == maxNPYRank {
			p.fail(fmt.Sprintf("at most %d axes", maxNPYRank), "more")
			break
		}
		s = append(s, p.extent())
		if !p.accept(",") {
			if len(s) == 1 {
				p.fail("a tuple", "a number in parentheses")
			}
			p.expect(")")
			break
		}
	}
	return s
}

func (p *literal) extent() int {
	s := strings.TrimLeft(p.rest, " ")
	n := len(s) - len(strings.TrimLeft(s, "0123456789"))
	v, err := strconv.ParseInt(s[:n], 10, 48)
	if err != nil {
		p.fail("an extent", strconv.Quote(s[:min(len(s), 20)]))
		return 0
	}
	p.rest = s[n:]
	return int(v)
}
