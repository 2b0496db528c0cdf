package verifier_test

import (
	"encoding/binary"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"assay/verifier"
	"assay/verifier/fromgnark"
	"assay/verifier/internal/prooftest"
)

func TestKeyRoundTrip(t *testing.T) {
	m := prooftest.New(t, prooftest.Wide(t, 3))
	for _, insecure := range []bool{true, false} {
		k := *m.Key
		k.Insecure = insecure
		b := k.Bytes()
		require.Len(t, b, verifier.KeySize)
		require.Equal(t, uint64(3), binary.BigEndian.Uint64(b[verifier.KeyPoints+24:]))
		require.Equal(t, k.Program[:], b[verifier.KeyPoints+32:verifier.KeyPoints+64])
		require.Equal(t, k.Schema[:], b[verifier.KeyPoints+64:verifier.KeyPoints+96])
		got, err := verifier.ParseKey(b)
		require.NoError(t, err)
		require.Equal(t, &k, got)
	}
}

func TestParseKeyRefusesBadKeys(t *testing.T) {
	m := prooftest.New(t, prooftest.Wide(t, 2))
	for _, k := range m.BadKeys() {
		t.Run(k.Name, func(t *testing.T) {
			_, err := verifier.ParseKey(k.Bytes)
			require.ErrorIs(t, err, k.Native)
		})
	}
}

// Nothing of a key is outside its id.
func TestEveryByteOfAKeyIsInItsID(t *testing.T) {
	m := prooftest.New(t, prooftest.Wide(t, 2))
	change := map[string]func(*verifier.Key){
		"values":  func(k *verifier.Key) { k.Values++ },
		"program": func(k *verifier.Key) { k.Program[31]++ },
		"schema":  func(k *verifier.Key) { k.Schema[31]++ },
		"setup":   func(k *verifier.Key) { k.Insecure = false },
		"alpha":   func(k *verifier.Key) { k.Alpha.Neg(&k.Alpha) },
		"K_rho":   func(k *verifier.Key) { k.KRho.Neg(&k.KRho) },
		"sigma":   func(k *verifier.Key) { k.PedersenGSigmaNeg.Neg(&k.PedersenGSigmaNeg) },
	}
	for name, f := range change {
		k := *m.Key
		f(&k)
		require.NotEqual(t, m.Key.ID(), k.ID(), name)
	}
}

func TestKeyFile(t *testing.T) {
	s, err := verifier.NewSchema(verifier.Tensor{Name: "x <&> \u2028", Role: verifier.Input, Visibility: verifier.Public, Max: 9, Scale: 0.1, Bytes: 2})
	require.NoError(t, err)
	m := prooftest.New(t, s)
	data, err := verifier.EncodeKey(m.Key, m.Schema)
	require.NoError(t, err)
	key, schema, err := verifier.DecodeKey(data)
	require.NoError(t, err)
	require.Equal(t, m.Key, key)
	require.Equal(t, m.Schema, schema)

	good := string(data)
	for _, tt := range []struct {
		name, old, new string
		want           string
	}{
		{"version", `{"version":1`, `{"version":2`, "key-file-version"},
		{"id", `"id":"0x`, `"id":"0x00`, "hex"},
		{"unknown field", `{"version":1`, `{"version":1,"x":1`, "json-unknown-field"},
		{"scale", `"scale":0.1`, `"scale":0.2`, "schema-mismatch"},
		{"name", `"name":"x`, `"name":"y`, "schema-mismatch"},
		{"count", `"count":1`, `"count":2`, "schema-invalid"},
		{"role", `"input"`, `"inout"`, "schema-invalid"},
		{"null shape", `"shape":[]`, `"shape":null`, "json-syntax"},
		{"key length", `"key":"0x`, `"key":"0x00`, "key-size"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			require.Contains(t, good, tt.old)
			_, _, err := verifier.DecodeKey([]byte(strings.Replace(good, tt.old, tt.new, 1)))
			require.ErrorContains(t, err, tt.want)
		})
	}
	other := prooftest.New(t, s)
	foreign, err := verifier.EncodeKey(other.Key, s)
	require.NoError(t, err)
	_, _, err = verifier.DecodeKey(append([]byte(good[:80]), foreign[80:]...)) // one key's id, the other's key
	require.ErrorIs(t, err, verifier.ErrFileID)
}

// Any byte of a key file changed gives a refusal or another key or schema, which its id shows.
func TestKeyFileIsBoundByItsID(t *testing.T) {
	m := prooftest.New(t, prooftest.Wide(t, 1))
	good, err := verifier.EncodeKey(m.Key, m.Schema)
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		b := append([]byte{}, good...)
		i := rapid.IntRange(0, len(b)-2).Draw(t, "place")
		b[i] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		key, schema, err := verifier.DecodeKey(b)
		if err == nil && !(reflect.DeepEqual(key, m.Key) && reflect.DeepEqual(schema, m.Schema)) {
			t.Fatalf("byte %d changed from %q to %q is accepted", i, good[i], b[i])
		}
		if err == nil {
			t.Fatalf("byte %d changed from %q to %q makes no difference", i, good[i], b[i])
		}
	})
}

func TestFromGnarkRefusesOtherCircuits(t *testing.T) {
	m := prooftest.New(t, prooftest.Wide(t, 2))
	meaning := fromgnark.Meaning{Values: 2, Schema: m.Schema.Digest()}
	_, err := fromgnark.Key(m.VK, meaning)
	require.NoError(t, err)

	vk := *m.VK
	vk.G1.K = vk.G1.K[:3]
	_, err = fromgnark.Key(&vk, meaning)
	require.ErrorIs(t, err, fromgnark.ErrKeyShape)

	vk = *m.VK
	vk.CommitmentKeys = nil
	_, err = fromgnark.Key(&vk, meaning)
	require.ErrorIs(t, err, fromgnark.ErrKeyShape)

	vk = *m.VK
	for _, committed := range [][]int{{}, {2}, {1, 2}} {
		vk.PublicAndCommitmentCommitted = [][]int{committed}
		_, err = fromgnark.Key(&vk, meaning)
		require.ErrorIs(t, err, fromgnark.ErrKeyShape)
	}

	vk = *m.VK
	vk.G2.Delta = vk.G2.Gamma
	_, err = fromgnark.Key(&vk, meaning)
	require.ErrorIs(t, err, verifier.ErrKeyGammaDelta)
}
