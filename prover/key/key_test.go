package key

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"assay/verifier/fault"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/pedersen"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

// sample is a key in form: its points are multiples of the generators that say nothing.
func sample() *groth16.ProvingKey {
	_, _, g, h := bn254.Generators()
	count := 0
	scalars := func(n int) []fr.Element {
		out := make([]fr.Element, n)
		for i := range out {
			count++
			out[i].SetUint64(uint64(count))
		}
		return out
	}
	one := func(n int) []bn254.G1Affine { return bn254.BatchScalarMultiplicationG1(&g, scalars(n)) }
	two := func(n int) []bn254.G2Affine { return bn254.BatchScalarMultiplicationG2(&h, scalars(n)) }
	const wires = 91
	pk := &groth16.ProvingKey{Domain: *fft.NewDomain(128, fft.WithoutPrecompute()), InfinityA: make([]bool, wires), InfinityB: make([]bool, wires)}
	for i := range wires {
		if pk.InfinityA[i] = i%11 == 3; pk.InfinityA[i] {
			pk.NbInfinityA++
		}
		if pk.InfinityB[i] = i%3 > 0; pk.InfinityB[i] {
			pk.NbInfinityB++
		}
	}
	a, b := wires-int(pk.NbInfinityA), wires-int(pk.NbInfinityB)
	s1, s2 := one(3), two(2)
	pk.G1.Alpha, pk.G1.Beta, pk.G1.Delta, pk.G2.Beta, pk.G2.Delta = s1[0], s1[1], s1[2], s2[0], s2[1]
	pk.G1.A, pk.G1.B, pk.G1.Z, pk.G1.K, pk.G2.B = one(a), one(b), one(127), one(67), two(b)
	pk.G1.K[5] = bn254.G1Affine{}
	pk.CommitmentKeys = []pedersen.ProvingKey{{Basis: one(20), BasisExpSigma: one(20)}}
	return pk
}

func encoded(t testing.TB, pk *groth16.ProvingKey) []byte {
	var b bytes.Buffer
	require.NoError(t, Write(&b, pk))
	return b.Bytes()
}

func file(t testing.TB, data []byte) string {
	path := filepath.Join(t.TempDir(), "proving.key")
	require.NoError(t, os.WriteFile(path, data, 0o600))
	return path
}

func requireSame(t testing.TB, want, got *groth16.ProvingKey) {
	require.Empty(t, cmp.Diff(want.Domain, got.Domain, cmp.AllowUnexported(fft.Domain{})))
	require.Equal(t, want, got)
}

func TestOpenGivesWhatWasWritten(t *testing.T) {
	pk := sample()
	data := encoded(t, pk)
	path := file(t, data)
	f, err := Open(path)
	require.NoError(t, err)
	requireSame(t, pk, f.Key)
	require.Equal(t, int64(len(data)), f.Size())
	require.Equal(t, sha256.Sum256(data), f.Sum())
	require.NoError(t, f.Close())
	f.Rest(Points()...)
	require.NoError(t, f.Close())

	f, err = OpenSum(path, sha256.Sum256(data))
	require.NoError(t, err)
	requireSame(t, pk, f.Key)
	require.NoError(t, f.Close())
	_, err = OpenSum(path, [32]byte{1})
	require.ErrorIs(t, err, ErrFormat)
	require.ErrorContains(t, err, "want 0100")
}

// A host that cannot map files reads them; one of the other byte order copies what it writes and reads. On a
// little-endian host the copy has the same bytes.
func TestOtherHosts(t *testing.T) {
	pk := sample()
	data := encoded(t, pk)
	got, err := read(file(t, data))
	require.NoError(t, err)
	require.Equal(t, data, got)
	_, err = read(t.TempDir())
	require.ErrorIs(t, err, ErrFormat)

	was := native
	defer func() { native = was }()
	native = false
	require.Equal(t, data, encoded(t, pk))
	key, _, err := parse(got)
	require.NoError(t, err)
	requireSame(t, pk, key)
	clear(got)
	requireSame(t, pk, key)
}

func TestSwap(t *testing.T) {
	words := []uint64{0x0102030405060708, 1}
	b := binary.NativeEndian.AppendUint64(binary.NativeEndian.AppendUint64(nil, words[0]), words[1])
	require.Equal(t, append([]byte{8, 7, 6, 5, 4, 3, 2, 1, 1}, make([]byte, 7)...), swap(b))
}

func layoutOf(t testing.TB, data []byte) *layout {
	l, err := decode(data[:Page], uint64(len(data)))
	require.NoError(t, err)
	return l
}

func requireRefused(t testing.TB, data []byte, at string) {
	_, err := Open(file(t, data))
	var e *fault.Error
	require.ErrorAs(t, err, &e, at)
	require.ErrorIs(t, err, ErrFormat)
	require.Equal(t, at, e.At)
	require.NotEmpty(t, e.Want)
	require.NotEmpty(t, e.Got)
}

func TestTruncated(t *testing.T) {
	data := encoded(t, sample())
	at, size := layoutOf(t, data).offsets()
	require.Equal(t, uint64(len(data)), size)
	cuts := []uint64{0, 1, Page - 1, size - 1}
	for s := range sections {
		cuts = append(cuts, at[s], at[s]+1, at[s]-1)
	}
	for _, n := range cuts {
		requireRefused(t, data[:n], "size")
	}
	requireRefused(t, append(bytes.Clone(data), 0), "size")
}

func TestMalformed(t *testing.T) {
	data := encoded(t, sample())
	at, _ := layoutOf(t, data).offsets()
	count := func(s Section) int { return 40 + 24*int(s) + 8 }
	set := func(at int, v uint64) func([]byte) {
		return func(b []byte) { binary.LittleEndian.PutUint64(b[at:], v) }
	}
	for _, c := range []struct {
		at    string
		spoil func(b []byte)
	}{
		{"magic", func(b []byte) { b[0] = 'b' }},
		{"version", func(b []byte) { b[16] = 2 }},
		{"number of sections", func(b []byte) { b[20] = 12 }},
		{"cardinality", set(24, 0)},
		{"cardinality", set(24, 127)},
		{"cardinality", set(24, 1<<29)},
		{"cardinality", set(24, 1<<63)},
		{"wires", set(32, 1<<33)},
		{"wires", set(32, 1<<63)},
		{"points in G1", set(count(Points1), 4)},
		{"points in G2", set(count(Points2), 1)},
		{"infinity of A", set(count(InfinityA), 92)},
		{"infinity of B", set(count(InfinityB), 1<<62)},
		{"G1.A", set(count(A), 1<<58)},
		{"G2.B", set(count(B), 1<<40)},
		{"G1.B", func(b []byte) { set(count(B), 1<<40)(b); set(count(B2), 1<<40)(b) }},
		{"G2.B", set(count(B2), 1<<57)},
		{"G1.Z", set(count(Z), 126)},
		{"G1.K", set(count(K), 92)},
		{"G1.K and basis", set(count(K), 91)},
		{"basis times sigma", set(count(Basis), 1<<60)},
		{"basis times sigma", set(count(BasisSigma), 19)},
		{"header, byte 40", set(40, Page+8)},
		{"header, byte 56", set(56, 193)},
		{"header, byte 4095", func(b []byte) { b[4095] = 1 }},
		{"infinity of A", func(b []byte) { b[at[InfinityA]] ^= 1 }},
		{"infinity of B", func(b []byte) { b[at[InfinityB]] ^= 4 }},
		{"infinity of B", func(b []byte) { b[at[InfinityB]+11] |= 0x80 }},
	} {
		b := bytes.Clone(data)
		c.spoil(b)
		requireRefused(t, b, c.at)
	}
}

// The key files that gnark writes are told from ours.
func TestKeyOfGnark(t *testing.T) {
	var b bytes.Buffer
	_, err := sample().WriteRawTo(&b)
	require.NoError(t, err)
	_, err = Open(file(t, b.Bytes()))
	require.ErrorIs(t, err, ErrFormat)
	require.ErrorContains(t, err, `magic: want "assay-groth16-pk" (assay setup makes such a key), got`)
	require.Contains(t, ErrFormat.Meaning(), "run assay setup")
}

func TestNoFile(t *testing.T) {
	dir := t.TempDir()
	_, err := Open(filepath.Join(dir, "none"))
	require.ErrorIs(t, err, os.ErrNotExist)
	_, err = Open(dir)
	require.Error(t, err)
}

func TestPortionsThatDoNotAddUp(t *testing.T) {
	pk := sample()
	head := func() *Head {
		return &Head{Cardinality: 128, InfinityA: pk.InfinityA, InfinityB: pk.InfinityB, K: len(pk.G1.K), Committed: 20}
	}
	for name, make := range map[string]func() Sink{"writer": func() Sink { return NewWriter(new(bytes.Buffer)) }, "memory": func() Sink { return new(Memory) }} {
		t.Run(name, func(t *testing.T) {
			refused := func(err error, at string) {
				var e *fault.Error
				require.ErrorAs(t, err, &e)
				require.Equal(t, at, e.At)
			}
			s := make()
			require.NoError(t, s.Begin(head()))
			refused(s.End(), "G1.A")
			refused(s.G1(B, pk.G1.B), "G1.A")
			refused(s.G2(B2, nil), "G1.A")
			require.NoError(t, s.G1(A, pk.G1.A))
			refused(s.G1(A, pk.G1.A[:1]), "G1.A")

			s = make()
			require.NoError(t, s.Begin(head()))
			require.NoError(t, s.G1(A, pk.G1.A[:9]))
			require.NoError(t, s.G1(A, pk.G1.A[9:]))
			require.NoError(t, s.G1(B, pk.G1.B))
			refused(s.G1(A, nil), "sections")

			h := head()
			h.InfinityB = h.InfinityB[:90]
			refused(make().Begin(h), "infinity of B")
		})
	}
	two := sample()
	two.CommitmentKeys = append(two.CommitmentKeys, two.CommitmentKeys[0])
	require.ErrorIs(t, Write(new(bytes.Buffer), two), ErrFormat)
}

// fails breaks at the n-th write.
type fails struct{ n int }

var errDisk = errors.New("disk")

func (f *fails) Write(p []byte) (int, error) {
	if f.n--; f.n < 0 {
		return 0, errDisk
	}
	return len(p), nil
}

func TestWriteErrors(t *testing.T) {
	for n := range 20 {
		require.ErrorIs(t, Write(&fails{n}, sample()), errDisk, fmt.Sprint(n))
	}
}

func FuzzOpen(f *testing.F) {
	data := encoded(f, sample())
	f.Add(data[:Page], uint32(len(data)-Page))
	f.Add(data, uint32(0))
	f.Add(data[:100], uint32(0))
	f.Fuzz(func(t *testing.T, head []byte, zeros uint32) {
		in := append(bytes.Clone(head), make([]byte, zeros%(1<<20))...)
		pk, _, err := parse(in)
		if err != nil {
			require.ErrorIs(t, err, ErrFormat)
			return
		}
		require.Equal(t, in[:Page], encoded(t, pk)[:Page])
	})
}
