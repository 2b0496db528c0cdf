package prooftest

import (
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254"

	"assay/verifier"
)

// BadKey is an encoded key that must be refused.
type BadKey struct {
	Name     string
	Bytes    []byte
	Native   error
	Contract string // the constructor's custom error
}

// BadKeys lists every way in which a key can be unsound, each as a change to the model's.
func (m *Model) BadKeys() []BadKey {
	good := m.Key.Bytes()
	var out []BadKey
	add := func(name string, b []byte, native error, contract string) {
		out = append(out, BadKey{name, b, native, contract})
	}
	_, _, g1, g2 := bn254.Generators()
	edit := func(name string, native error, contract string, change func(*verifier.Key)) {
		k := *m.Key
		change(&k)
		add(name, k.Bytes(), native, contract)
	}
	neg := func(p bn254.G2Affine) bn254.G2Affine { return *p.Neg(&p) }
	edit("gamma is delta", verifier.ErrKeyGammaDelta, "KeyGammaDelta", func(k *verifier.Key) { k.DeltaNeg = k.GammaNeg })
	edit("gamma is minus delta", verifier.ErrKeyGammaDelta, "KeyGammaDelta", func(k *verifier.Key) { k.GammaNeg = neg(k.DeltaNeg) })
	edit("delta at the generator", verifier.ErrKeyGenerator, "KeyGenerator", func(k *verifier.Key) { k.DeltaNeg = neg(g2) })
	edit("delta at minus the generator", verifier.ErrKeyGenerator, "KeyGenerator", func(k *verifier.Key) { k.DeltaNeg = g2 })
	edit("beta at the generator", verifier.ErrKeyGenerator, "KeyGenerator", func(k *verifier.Key) { k.BetaNeg = neg(g2) })
	edit("alpha at the generator", verifier.ErrKeyGenerator, "KeyGenerator", func(k *verifier.Key) { k.Alpha = g1 })
	edit("sigma is one", verifier.ErrKeySigma, "KeySigma", func(k *verifier.Key) { k.PedersenGSigmaNeg = neg(k.PedersenG) })
	edit("sigma is minus one", verifier.ErrKeySigma, "KeySigma", func(k *verifier.Key) { k.PedersenGSigmaNeg = k.PedersenG })
	edit("K_P is K_H", verifier.ErrKeyDuplicate, "KeyDuplicate", func(k *verifier.Key) { k.KP = k.KH })
	edit("K_rho is minus K0", verifier.ErrKeyDuplicate, "KeyDuplicate", func(k *verifier.Key) { k.KRho.Neg(&k.K0) })
	edit("no values", verifier.ErrKeyValues, "KeyValues", func(k *verifier.Key) { k.Values = 0 })
	edit("too many values", verifier.ErrKeyValues, "KeyValues", func(k *verifier.Key) { k.Values = verifier.MaxValues + 1 })

	at := func(name string, i int, v byte, native error, contract string) {
		b := slices.Clone(good)
		b[i] = v
		add(name, b, native, contract)
	}
	at("huge number of values", verifier.KeyPoints, 1, verifier.ErrKeyValues, "KeyValues")
	at("unknown flag", verifier.KeySize-1, 2, verifier.ErrKeyFlags, "KeyFlags")
	at("huge flags", verifier.KeySize-32, 1, verifier.ErrKeyFlags, "KeyFlags")
	add("key truncated", good[:verifier.KeySize-1], verifier.ErrKeySize, "KeySize")
	add("key extended", append(slices.Clone(good), 0), verifier.ErrKeySize, "KeySize")

	for i := 0; i < verifier.KeyPoints; i += 32 {
		b := slices.Clone(good)
		b[i+31] ^= 1
		add("key word changed", b, verifier.ErrCurve, "KeyPoint")
		add("key word plus modulus", addModulus(good, i), verifier.ErrCoordinate, "KeyPoint")
	}
	for i := 0; i < verifier.KeyPoints; {
		size := 64
		if i >= 64 && i < 704 {
			size = 128
			b := slices.Clone(good)
			copy(b[i:], OutsideSubgroup())
			add("key point outside the subgroup", b, verifier.ErrSubgroup, "KeyPoint")
		}
		b := slices.Clone(good)
		clear(b[i : i+size])
		add("key point at infinity", b, verifier.ErrInfinity, "KeyInfinity")
		i += size
	}
	return out
}
