package strict

import (
	"encoding/hex"
	"fmt"
	"strings"

	"assay/verifier/fault"
)

// ErrHex is the fault of a hexadecimal string that is not canonical.
var ErrHex = fault.Define("hex", "a string is not 0x and lower-case hexadecimal digits of the right length")

// Word is 32 bytes, written as 0x and 64 lower-case hexadecimal digits.
type Word [32]byte

// MarshalText writes the canonical form.
func (w Word) MarshalText() ([]byte, error) { return Bytes(w[:]).MarshalText() }

// UnmarshalText accepts the canonical form only.
func (w *Word) UnmarshalText(text []byte) error {
	var b Bytes
	if err := b.UnmarshalText(text); err != nil {
		return err
	}
	if len(b) != len(w) {
		return fault.New(ErrHex, "word", "32 bytes", fmt.Sprintf("%d bytes", len(b)))
	}
	copy(w[:], b)
	return nil
}

// Bytes is a byte string, written as 0x and two lower-case hexadecimal digits a byte.
type Bytes []byte

// MarshalText writes the canonical form.
func (b Bytes) MarshalText() ([]byte, error) {
	return append([]byte("0x"), hex.EncodeToString(b)...), nil
}

// UnmarshalText accepts the canonical form only.
func (b *Bytes) UnmarshalText(text []byte) error {
	s, ok := strings.CutPrefix(string(text), "0x")
	d, err := hex.DecodeString(s)
	if !ok || err != nil || s != strings.ToLower(s) {
		return fault.New(ErrHex, "bytes", "0x and lower-case digits in pairs", clip(string(text)))
	}
	*b = d
	return nil
}

func clip(s string) string {
	if len(s) > 80 {
		return fmt.Sprintf("%q... (%d characters)", s[:80], len(s))
	}
	return fmt.Sprintf("%q", s)
}
