package digest_test

import (
	"crypto/sha256"
	"encoding/binary"
	"math/rand"
	"slices"
	"testing"

	"assay/circuits"
	"assay/internal/testprogram"
	"assay/ir/program"
	"assay/prover"
	"assay/prover/digest"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/stretchr/testify/require"
)

func convnet(t testing.TB) *program.Program {
	return testprogram.Convnet(t, rand.New(rand.NewSource(6)))
}

func of(t testing.TB, p *program.Program, v circuits.Visibility) ([32]byte, *cs.R1CS) {
	m, err := circuits.NewModel(p, v, v)
	require.NoError(t, err)
	r, err := prover.Compile(m)
	require.NoError(t, err)
	d, err := digest.Of(r)
	require.NoError(t, err)
	return d, r
}

// Equal programs have equal digests, and a change of any weight, bias, table or visibility another one.
func TestDigestIsTheSystems(t *testing.T) {
	honest, _ := of(t, convnet(t), circuits.Public)
	again, _ := of(t, convnet(t), circuits.Public)
	require.Equal(t, honest, again)
	seen := map[[32]byte]string{honest: "the program itself"}
	fresh := func(name string, p *program.Program, v circuits.Visibility) {
		require.NoError(t, p.Verify(), name)
		d, _ := of(t, p, v)
		require.Empty(t, seen[d], "%s has the digest of another", name)
		seen[d] = name
	}
	fresh("committed", convnet(t), circuits.Committed)
	changed := 0
	for i := range convnet(t).Nodes {
		p := convnet(t)
		switch k := p.Nodes[i].Kernel.(type) {
		case *program.Linear:
			k.Bias[0]++
			if rederive(t, p) {
				fresh("bias", p, circuits.Public)
				changed++
			}
			for _, at := range []int{0, 1, -1} {
				p := convnet(t)
				for _, term := range p.Nodes[i].Kernel.(*program.Linear).Terms {
					w := weights(term.Map)
					if len(w) == 0 {
						continue
					}
					w[(at+len(w))%len(w)]++
					if rederive(t, p) {
						fresh("weight", p, circuits.Public)
						changed++
					}
				}
			}
		case *program.Lookup:
			k.Table[len(k.Table)-1]++
			if rederive(t, p) {
				fresh("table", p, circuits.Public)
				changed++
			}
		}
	}
	require.Greater(t, changed, 6)
}

func weights(m program.Map) program.Ints {
	switch m := m.(type) {
	case *program.DenseMap:
		return m.Weights
	case *program.ConvMap:
		return m.Weights
	}
	return nil
}

// rederive declares the ranges that the kernels derive.
func rederive(t testing.TB, p *program.Program) bool {
	for _, n := range p.Nodes {
		in := make([]program.Tensor, 0, len(n.Kernel.Args()))
		for _, a := range n.Kernel.Args() {
			in = append(in, p.Tensors[a])
		}
		shape, r, err := n.Kernel.Infer(in)
		if err != nil {
			return false
		}
		p.Tensors[n.Out].Shape, p.Tensors[n.Out].Range = shape, r
	}
	return p.Verify() == nil
}

// The digest is the hash that the package describes, of the constraints as gnark's iterator gives them.
func TestDigestAsDescribed(t *testing.T) {
	got, r := of(t, convnet(t), circuits.Committed)
	var b []byte
	number := func(n int) { b = binary.AppendUvarint(b, uint64(n)) }
	b = append(b, "assay constraint system 1\x00"...)
	internal, secret, public := r.GetNbVariables()
	infos := r.CommitmentInfo.(constraint.Groth16Commitments)
	for _, n := range []int{r.GetNbConstraints(), public, secret, internal, len(infos), infos[0].CommitmentIndex} {
		number(n)
	}
	for _, wires := range [][]int{infos[0].PublicAndCommitmentCommitted, infos[0].PrivateCommitted} {
		number(len(wires))
		for _, w := range wires {
			number(w)
		}
	}
	var hashed []byte
	n := 0
	close := func() {
		d := sha256.Sum256(hashed)
		b, hashed = append(b, d[:]...), nil
	}
	it := r.GetR1CIterator()
	for c := it.Next(); c != nil; c = it.Next() {
		for _, side := range []constraint.LinearExpression{c.L, c.R, c.O} {
			hashed = binary.AppendUvarint(hashed, uint64(len(side)))
			for _, term := range side {
				hashed = binary.AppendUvarint(hashed, uint64(term.VID))
				x := r.Coefficients[term.CID]
				var minus fr.Element
				minus.Neg(&x)
				switch full := x.Bytes(); {
				case x.IsUint64() && x.Uint64() < 1<<62:
					hashed = binary.AppendVarint(append(hashed, 0), int64(x.Uint64()))
				case minus.IsUint64() && minus.Uint64() < 1<<62:
					hashed = binary.AppendVarint(append(hashed, 0), -int64(minus.Uint64()))
				default:
					hashed = append(append(hashed, 1), full[:]...)
				}
			}
		}
		if n++; n%digest.Block == 0 {
			close()
		}
	}
	if n%digest.Block != 0 {
		close()
	}
	require.Equal(t, sha256.Sum256(b), got)
}

// plain is a circuit of gnark's own constraints, more of them than a block has.
type plain struct {
	X     frontend.Variable `gnark:",public"`
	Y     frontend.Variable
	n     int
	other int
}

func (c *plain) Define(api frontend.API) error {
	x := c.X
	for i := range c.n {
		x = api.Mul(x, api.Add(c.Y, 7))
		if i == c.other {
			x = api.Add(x, 1)
		}
	}
	api.AssertIsEqual(x, c.X)
	return nil
}

// A change in one constraint of any block, or of the number of constraints, is another digest.
func TestDigestOfBlocks(t *testing.T) {
	var all [][32]byte
	for _, c := range []*plain{{n: digest.Block - 1}, {n: digest.Block}, {n: 2*digest.Block + 5}, {n: 2*digest.Block + 5, other: digest.Block + 3}, {n: 2*digest.Block + 5, other: 2 * digest.Block}} {
		s, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, c)
		require.NoError(t, err)
		d, err := digest.Of(s.(*cs.R1CS))
		require.NoError(t, err)
		require.False(t, slices.Contains(all, d))
		all = append(all, d)
	}
}
