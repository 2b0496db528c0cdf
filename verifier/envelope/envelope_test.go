package envelope_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"assay/verifier/envelope"
	"assay/verifier/fault"
)

const modulus = "30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001"

func sample() *envelope.Envelope {
	digest := fr.NewElement(77)
	return &envelope.Envelope{
		Program: [32]byte{1}, Key: [32]byte{2}, Setup: envelope.InsecureDev, Context: [32]byte{31: 3},
		Values: []fr.Element{fr.NewElement(5), fr.NewElement(77)}, Proof: bytes.Repeat([]byte{9}, envelope.ProofSize),
		Tensors: []envelope.Tensor{
			{Name: "x", Role: "input", Visibility: "public", Shape: []int{1, 2}, Scale: 0.5, Integers: []int64{-3, 4}},
			{Name: "y", Role: "output", Visibility: "committed", Shape: []int{}, Scale: 1e-7, Digest: &digest},
		},
	}
}

func encode(t testing.TB, e *envelope.Envelope) string {
	t.Helper()
	b, err := e.Encode()
	require.NoError(t, err)
	return string(b)
}

func TestEncodeIsCanonical(t *testing.T) {
	zeros := strings.Repeat("0", 62)
	want := `{"version":1,"program":"0x01` + zeros + `","key":"0x02` + zeros + `","setup":"insecure-dev",` +
		`"context":"0x` + zeros + `03","values":["0x` + zeros + `05","0x` + zeros + `4d"],"proof":"0x` + strings.Repeat("09", 384) + `",` +
		`"tensors":[{"name":"x","role":"input","visibility":"public","shape":[1,2],"scale":0.5,"integers":[-3,4]},` +
		`{"name":"y","role":"output","visibility":"committed","shape":[],"scale":1e-7,"digest":"0x` + zeros + `4d"}]}` + "\n"
	require.Equal(t, want, encode(t, sample()))
}

func TestDecodeReadsWhatEncodeWrites(t *testing.T) {
	for name, e := range map[string]*envelope.Envelope{
		"full": sample(),
		"bare": {Setup: envelope.Ceremony, Values: make([]fr.Element, 1), Proof: make([]byte, envelope.ProofSize)},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := envelope.Decode([]byte(encode(t, e)))
			require.NoError(t, err)
			require.Equal(t, e, got)
		})
	}
}

func TestDecodeIgnoresSpaceAndOrder(t *testing.T) {
	var doc map[string]json.RawMessage
	require.NoError(t, json.Unmarshal([]byte(encode(t, sample())), &doc))
	b, err := json.MarshalIndent(doc, " ", "\t") // a map's keys come out sorted
	require.NoError(t, err)
	got, err := envelope.Decode(b)
	require.NoError(t, err)
	require.Equal(t, sample(), got)
}

func TestDecodeRefuses(t *testing.T) {
	good := encode(t, sample())
	swap := func(old, new string) string {
		require.Contains(t, good, old)
		return strings.Replace(good, old, new, 1)
	}
	word := `"0x` + strings.Repeat("0", 62) + `05"`
	tests := []struct {
		name, doc string
		want      fault.Code
	}{
		{"empty", "", "json-syntax"},
		{"half", good[:len(good)/2], "json-syntax"},
		{"array", "[]", "json-syntax"},
		{"null", "null", "json-syntax"},
		{"unknown field", swap(`{"version"`, `{"extra":0,"version"`), "json-unknown-field"},
		{"field of another case", swap(`"proof"`, `"Proof"`), "json-unknown-field"},
		{"unknown field of a tensor", swap(`"name":"x"`, `"name":"x","a":1`), "json-unknown-field"},
		{"duplicate field", swap(`"version":1`, `"version":1,"version":1`), "json-duplicate-field"},
		{"escaped duplicate field", swap(`"version":1`, `"version":1,"\u0076ersion":1`), "json-duplicate-field"},
		{"duplicate field of a tensor", swap(`"scale":0.5`, `"scale":0.5,"scale":0.5`), "json-duplicate-field"},
		{"missing field", swap(`"setup":"insecure-dev",`, ``), "json-missing-field"},
		{"null field", swap(`"setup":"insecure-dev"`, `"setup":null`), "json-syntax"},
		{"null values", swap(`"values":[`+word, `"values":[null`), "json-syntax"},
		{"trailing document", good + "{}", "json-trailing"},
		{"trailing garbage", good + "x", "json-trailing"},
		{"invalid UTF-8", swap(`"x"`, "\"\xff\""), "json-syntax"},
		{"version 2", swap(`"version":1`, `"version":2`), "envelope-version"},
		{"version as a float", swap(`"version":1`, `"version":1.0`), "json-number"},
		{"version with an exponent", swap(`"version":1`, `"version":1e0`), "json-number"},
		{"version as a string", swap(`"version":1`, `"version":"1"`), "json-syntax"},
		{"negative zero", swap(`[-3,4]`, `[-0,4]`), "json-number"},
		{"integer beyond int64", swap(`[-3,4]`, `[9223372036854775808,4]`), "json-number"},
		{"long scale", swap(`0.5`, `0.50`), "json-number"},
		{"infinite scale", swap(`0.5`, `1e999`), "json-number"},
		{"unknown setup", swap(`insecure-dev`, `trusted`), "envelope-setup"},
		{"empty setup", swap(`insecure-dev`, ``), "envelope-setup"},
		{"no values", swap(word+`,`+`"0x`+strings.Repeat("0", 62)+`4d"`, ``), "envelope-values"},
		{"value as a number", swap(word, `5`), "json-syntax"},
		{"value without 0x", swap(word, `"`+word[3:]), "hex"},
		{"value in upper case", swap(word, `"0x`+strings.Repeat("0", 62)+`0A"`), "hex"},
		{"value with 0X", swap(word, `"0X`+word[3:]), "hex"},
		{"short value", swap(word, `"0x05"`), "hex"},
		{"long value", swap(word, `"0x00`+word[3:]), "hex"},
		{"odd digits", swap(word, `"0x0`+word[3:]), "hex"},
		{"value at the modulus", swap(word, `"0x`+modulus+`"`), "value-range"},
		{"value of all ones", swap(word, `"0x`+strings.Repeat("f", 64)+`"`), "value-range"},
		{"short context", swap(`"context":"0x00`, `"context":"0x`), "hex"},
		{"short proof", swap(`"proof":"0x09`, `"proof":"0x`), "envelope-proof"},
		{"long proof", swap(`"proof":"0x09`, `"proof":"0x0909`), "envelope-proof"},
		{"empty proof", swap(strings.Repeat("09", 384), ``), "envelope-proof"},
		{"tensor without content", swap(`,"integers":[-3,4]`, ``), "envelope-tensor"},
		{"tensor with both contents", swap(`"integers":[-3,4]`, `"integers":[-3,4],"digest":`+word), "envelope-tensor"},
		{"digest at the modulus", swap(`"digest":"0x`+strings.Repeat("0", 62)+`4d"`, `"digest":"0x`+modulus+`"`), "value-range"},
		{"no tensors in a list", swap(good[strings.Index(good, `"tensors":`):], `"tensors":[]}`+"\n"), "envelope-tensor"},
		{"empty digest beside integers", swap(`"integers":[-3,4]`, `"integers":[-3,4],"digest":""`), "hex"},
		{"empty integers beside a digest", swap(`"digest":"0x`+strings.Repeat("0", 62)+`4d"`, `"integers":[],"digest":"0x`+strings.Repeat("0", 62)+`4d"`), "envelope-tensor"},
		{"digest too short", swap(`"digest":"0x00`, `"digest":"0x`), "hex"},
		{"too large", good + strings.Repeat(" ", envelope.MaxSize), "envelope-size"},
		{"too many values", swap(word, word+strings.Repeat(","+word, envelope.MaxValues)), "envelope-values"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := envelope.Decode([]byte(tt.doc))
			require.ErrorIs(t, err, tt.want)
			require.NotEmpty(t, tt.want.Meaning())
		})
	}
}

func TestEncodeRefusesWhatDecodeWould(t *testing.T) {
	tests := map[fault.Code]func(*envelope.Envelope){
		envelope.ErrSetup:  func(e *envelope.Envelope) { e.Setup = "" },
		envelope.ErrValues: func(e *envelope.Envelope) { e.Values = nil },
		envelope.ErrProof:  func(e *envelope.Envelope) { e.Proof = e.Proof[1:] },
		envelope.ErrTensor: func(e *envelope.Envelope) { e.Tensors[0].Name = "\xff" },
	}
	for want, change := range tests {
		e := sample()
		change(e)
		_, err := e.Encode()
		require.ErrorIs(t, err, want)
	}
}

// Any byte of the document changed gives a refusal or another envelope: nothing in it is ignored.
func TestEveryByteCounts(t *testing.T) {
	good := encode(t, sample())
	rapid.Check(t, func(t *rapid.T) {
		b := []byte(good)
		i := rapid.IntRange(0, len(b)-2).Draw(t, "place")
		b[i] = rapid.Byte().Filter(func(c byte) bool { return c != good[i] }).Draw(t, "byte")
		got, err := envelope.Decode(b)
		if err == nil && reflect.DeepEqual(got, sample()) {
			t.Fatalf("byte %d changed from %q to %q makes no difference", i, good[i], b[i])
		}
	})
}

func FuzzDecode(f *testing.F) {
	good := encode(f, sample())
	f.Add([]byte(good))
	f.Add([]byte(fmt.Sprintf(`{"version":1,"values":["0x%s"]}`, modulus)))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := envelope.Decode(data)
		if err != nil {
			return
		}
		again, err := envelope.Decode([]byte(encode(t, e)))
		require.NoError(t, err)
		require.Equal(t, e, again)
	})
}
