package verifier

import (
	"encoding/binary"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"golang.org/x/crypto/sha3"

	"assay/verifier/envelope"
	"assay/verifier/fault"
)

// Sizes of an encoded key, in bytes, and the largest number of public values.
const (
	KeyPoints = 960
	KeySize   = KeyPoints + 4*32
	MaxValues = envelope.MaxValues
)

// Faults of an encoded key.
var (
	ErrKeySize   = fault.Define("key-size", "an encoded verifying key has the wrong length")
	ErrKeyFlags  = fault.Define("key-flags", "a verifying key sets flags that are not defined")
	ErrKeyValues = fault.Define("key-values", "a verifying key's number of public values is out of range")
)

// Key is the verifying key of one model: the curve points of the two-input statement, and what the
// points alone do not say.
type Key struct {
	Alpha             bn254.G1Affine
	BetaNeg           bn254.G2Affine
	GammaNeg          bn254.G2Affine
	DeltaNeg          bn254.G2Affine
	PedersenG         bn254.G2Affine
	PedersenGSigmaNeg bn254.G2Affine
	K0, KH, KP, KRho  bn254.G1Affine
	Values            int      // n, the number of public values, 1 to MaxValues
	Program           [32]byte // hash of the integer program
	Schema            [32]byte // Schema.Digest of the values' meaning
	Insecure          bool     // the setup's secrets were known to one machine
}

// Bytes encodes the key as EVM words, the form that contracts hold:
//
//	alpha | -beta | -gamma | -delta | pedersen G | pedersen -sigma G | K0 | K_H | K_P | K_rho
//	n | program hash | schema digest | flags (bit 0: insecure development setup)
func (k *Key) Bytes() []byte {
	b := make([]byte, 0, KeySize)
	b = appendG1(b, k.Alpha)
	for _, p := range k.g2() {
		b = appendG2(b, *p.point)
	}
	for _, p := range k.k() {
		b = appendG1(b, *p.point)
	}
	b = appendUint(b, uint64(k.Values))
	b = append(b, k.Program[:]...)
	b = append(b, k.Schema[:]...)
	var flags uint64
	if k.Insecure {
		flags = 1
	}
	return appendUint(b, flags)
}

// ID names the key: keccak256 of [Key.Bytes]. It binds every statement to the model, the setup and the
// schema.
func (k *Key) ID() [32]byte {
	h := sha3.NewLegacyKeccak256()
	h.Write(k.Bytes())
	return [32]byte(h.Sum(nil))
}

// ParseKey decodes what [Key.Bytes] gives and lints it.
func ParseKey(b []byte) (*Key, error) {
	if len(b) != KeySize {
		return nil, fault.New(ErrKeySize, "key", fmt.Sprintf("%d bytes", KeySize), fmt.Sprintf("%d bytes", len(b)))
	}
	k, err := new(Key), error(nil)
	if k.Alpha, err = readG1(b[:64], "alpha"); err != nil {
		return nil, err
	}
	at := 64
	for _, p := range k.g2() {
		if *p.point, err = readG2(b[at:at+128], p.name); err != nil {
			return nil, err
		}
		at += 128
	}
	for _, p := range k.k() {
		if *p.point, err = readG1(b[at:at+64], p.name); err != nil {
			return nil, err
		}
		at += 64
	}
	n, ok := readUint(b[at : at+32])
	if !ok || n > MaxValues {
		return nil, fault.New(ErrKeyValues, "n", fmt.Sprintf("1 to %d", MaxValues), fmt.Sprintf("0x%x", b[at:at+32]))
	}
	k.Values = int(n)
	copy(k.Program[:], b[at+32:])
	copy(k.Schema[:], b[at+64:])
	flags, ok := readUint(b[at+96:])
	if !ok || flags > 1 {
		return nil, fault.New(ErrKeyFlags, "flags", "0 or 1", fmt.Sprintf("0x%x", b[at+96:]))
	}
	k.Insecure = flags == 1
	return k, k.Lint()
}

type named[P any] struct {
	name  string
	point *P
}

func (k *Key) g2() []named[bn254.G2Affine] {
	return []named[bn254.G2Affine]{
		{"beta", &k.BetaNeg}, {"gamma", &k.GammaNeg}, {"delta", &k.DeltaNeg},
		{"pedersen G", &k.PedersenG}, {"pedersen sigma G", &k.PedersenGSigmaNeg},
	}
}

func (k *Key) k() []named[bn254.G1Affine] {
	return []named[bn254.G1Affine]{{"K0", &k.K0}, {"K_H", &k.KH}, {"K_P", &k.KP}, {"K_rho", &k.KRho}}
}

func appendUint(b []byte, v uint64) []byte {
	return binary.BigEndian.AppendUint64(append(b, make([]byte, 24)...), v)
}

func readUint(w []byte) (v uint64, ok bool) {
	for _, c := range w[:24] {
		if c != 0 {
			return 0, false
		}
	}
	return binary.BigEndian.Uint64(w[24:32]), true
}
