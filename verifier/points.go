package verifier

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"

	"assay/verifier/fault"
)

// Faults of an encoded curve point. The encoding is that of the EVM precompiles (EIP-196, EIP-197):
// 32-byte big-endian coordinates, the imaginary part of a G2 coordinate first, infinity all zero.
var (
	ErrCoordinate = fault.Define("coordinate-range", "a coordinate is not below the base field's modulus")
	ErrInfinity   = fault.Define("point-infinity", "a point is at infinity")
	ErrCurve      = fault.Define("point-curve", "a point is not on the curve")
	ErrSubgroup   = fault.Define("point-subgroup", "a point is on the curve but outside the prime-order subgroup")
)

func readCoordinate(b []byte, at string) (fp.Element, error) {
	e, err := fp.BigEndian.Element((*[fp.Bytes]byte)(b))
	if err != nil {
		return e, fault.New(ErrCoordinate, at, "below the modulus", fmt.Sprintf("0x%x", b))
	}
	return e, nil
}

func readCoordinates(b []byte, at string, into ...*fp.Element) error {
	for i, p := range into {
		e, err := readCoordinate(b[i*fp.Bytes:(i+1)*fp.Bytes], fmt.Sprintf("%s word %d", at, i))
		if err != nil {
			return err
		}
		*p = e
	}
	return nil
}

func readG1(b []byte, at string) (p bn254.G1Affine, err error) {
	if err := readCoordinates(b, at, &p.X, &p.Y); err != nil {
		return p, err
	}
	return p, checkG1(p, at)
}

func readG2(b []byte, at string) (p bn254.G2Affine, err error) {
	if err := readCoordinates(b, at, &p.X.A1, &p.X.A0, &p.Y.A1, &p.Y.A0); err != nil {
		return p, err
	}
	return p, checkG2(p, at)
}

func checkG1(p bn254.G1Affine, at string) error {
	switch {
	case p.IsInfinity():
		return fault.New(ErrInfinity, at, nil, nil)
	case !p.IsOnCurve():
		return fault.New(ErrCurve, at, nil, nil)
	}
	return nil
}

func checkG2(p bn254.G2Affine, at string) error {
	switch {
	case p.IsInfinity():
		return fault.New(ErrInfinity, at, nil, nil)
	case !p.IsOnCurve():
		return fault.New(ErrCurve, at, nil, nil)
	case !p.IsInSubGroup():
		return fault.New(ErrSubgroup, at, nil, nil)
	}
	return nil
}

func appendG1(b []byte, p bn254.G1Affine) []byte { return appendCoordinates(b, p.X, p.Y) }

func appendG2(b []byte, p bn254.G2Affine) []byte {
	return appendCoordinates(b, p.X.A1, p.X.A0, p.Y.A1, p.Y.A0)
}

func appendCoordinates(b []byte, es ...fp.Element) []byte {
	for i := range es {
		w := es[i].Bytes()
		b = append(b, w[:]...)
	}
	return b
}
