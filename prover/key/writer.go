package key

import (
	"fmt"
	"io"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
)

// Writer is a Sink that writes the file, from its first byte to its last.
type Writer struct {
	to    io.Writer
	tally *tally
}

// NewWriter writes a key to w.
func NewWriter(w io.Writer) *Writer { return &Writer{to: w} }

// Write writes a key of gnark's to w.
func Write(w io.Writer, pk *groth16.ProvingKey) error { return Feed(NewWriter(w), pk) }

// Begin implements Sink.
func (w *Writer) Begin(h *Head) (err error) {
	if w.tally, err = newTally(h); err != nil {
		return err
	}
	if err := w.write(w.tally.header()); err != nil {
		return err
	}
	heads := [A][]byte{Points1: encode([]bn254.G1Affine{h.Alpha, h.Beta, h.Delta}), Points2: encode([]bn254.G2Affine{h.Beta2, h.Delta2}),
		InfinityA: pack(h.InfinityA), InfinityB: pack(h.InfinityB)}
	for s, b := range heads {
		if err := w.write(b); err != nil {
			return err
		}
		if err := w.pad(Section(s)); err != nil {
			return err
		}
	}
	return nil
}

// G1 implements Sink.
func (w *Writer) G1(s Section, points []bn254.G1Affine) error { return put(w, s, points) }

// G2 implements Sink.
func (w *Writer) G2(s Section, points []bn254.G2Affine) error { return put(w, s, points) }

// End implements Sink.
func (w *Writer) End() error { return w.end(w.tally.skip(sections)) }

func put[P point](w *Writer, s Section, points []P) error {
	if err := w.end(w.tally.take(s, len(points))); err != nil {
		return err
	}
	return w.write(encode(points))
}

// end fills up the last pages of sections.
func (w *Writer) end(ended []Section, err error) error {
	for _, s := range ended {
		if err := w.pad(s); err != nil {
			return err
		}
	}
	return err
}

func (w *Writer) pad(s Section) error {
	n := s.bytes(w.tally.counts[s])
	return w.write(make([]byte, (Page-n%Page)%Page))
}

func (w *Writer) write(b []byte) error {
	if _, err := w.to.Write(b); err != nil {
		return fmt.Errorf("write proving key: %w", err)
	}
	return nil
}

func encode[P point](points []P) []byte {
	if native {
		return raw(points)
	}
	return swap(raw(points))
}
