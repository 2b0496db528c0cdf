package program

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
)

type programJSON struct {
	Version int        `json:"version"`
	Name    string     `json:"name"`
	Tensors []Tensor   `json:"tensors"`
	Inputs  []int      `json:"inputs"`
	Outputs []int      `json:"outputs"`
	Nodes   []nodeJSON `json:"nodes"`
}

type nodeJSON struct {
	Out    int             `json:"out"`
	Kind   string          `json:"kind"`
	Kernel json.RawMessage `json:"kernel"`
}

// Encode writes the canonical serialization: equal programs give equal bytes. It makes one node at a time: what is
// written before an error is no program.
func (p *Program) Encode(w io.Writer) error {
	head, err := json.Marshal(programJSON{Version, p.Name, p.Tensors, p.Inputs, p.Outputs, []nodeJSON{}})
	if err != nil {
		return fmt.Errorf("encode program %s: %w", p.Name, err)
	}
	const end = "]}"
	out := bufio.NewWriter(w) // whose first error is that of Flush
	out.Write(bytes.TrimSuffix(head, []byte(end)))
	constants := newPool()
	for i, n := range p.Nodes {
		b, err := json.Marshal(n.Kernel)
		if err == nil {
			b, err = constants.encode(b)
		}
		if err == nil {
			b, err = json.Marshal(nodeJSON{n.Out, n.Kernel.Kind(), b})
		}
		if err != nil {
			return fmt.Errorf("encode program %s: node %d: %w", p.Name, i, err)
		}
		if i > 0 {
			out.WriteByte(',')
		}
		out.Write(b)
	}
	out.WriteString(end + "\n")
	if err := out.Flush(); err != nil {
		return fmt.Errorf("encode program %s: %w", p.Name, err)
	}
	return nil
}

// Decode reads what Encode wrote and verifies it. Unknown fields, trailing bytes and ill-formed programs are errors.
func Decode(b []byte) (*Program, error) {
	var j programJSON
	if err := strict(b, &j); err != nil {
		return nil, fmt.Errorf("decode program: %w", err)
	}
	if j.Version != Version {
		return nil, fmt.Errorf("decode program: want version %d, got %d", Version, j.Version)
	}
	p := &Program{Name: j.Name, Tensors: j.Tensors, Inputs: j.Inputs, Outputs: j.Outputs}
	constants, lists := newPool(), newShared()
	for i, n := range j.Nodes {
		k, err := newKernel(n.Kind)
		raw := []byte(n.Kernel)
		if err == nil {
			raw, err = constants.decode(raw)
		}
		if err == nil {
			err = strict(raw, k)
		}
		if err != nil {
			return nil, fmt.Errorf("decode program %s: node %d: %w", p.Name, i, err)
		}
		lists.in(reflect.ValueOf(k))
		j.Nodes[i].Kernel = nil // what is large is held once
		p.Nodes = append(p.Nodes, Node{n.Out, k})
	}
	if err := p.Verify(); err != nil {
		return nil, fmt.Errorf("decode program: %w", err)
	}
	return p, nil
}

// Hash is the SHA-256 of the canonical serialization.
func (p *Program) Hash() ([32]byte, error) {
	h := sha256.New()
	if err := p.Encode(h); err != nil {
		return [32]byte{}, err
	}
	return [32]byte(h.Sum(nil)), nil
}

func strict(b []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return fmt.Errorf("trailing bytes after the value")
	}
	return nil
}
