package verifier_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"assay/verifier"
	"assay/verifier/internal/prooftest"
)

func BenchmarkVerify(b *testing.B) {
	m := prooftest.New(b, prooftest.Wide(b, 28))
	e := m.Prove(b, [32]byte{}, m.Values(1))
	for b.Loop() {
		require.NoError(b, verifier.Verify(m.Key, m.Schema, e, [32]byte{}))
	}
}
