package verifier_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"

	"assay/verifier"
	"assay/verifier/envelope"
	"assay/verifier/internal/prooftest"
)

// wireClaim writes a claim as JSON, without the checks of an encoder.
func wireClaim(t *testing.T, key *verifier.Key, c prooftest.Claim) []byte {
	t.Helper()
	values := make([]string, len(c.Values))
	for i, v := range c.Values {
		values[i] = fmt.Sprintf("0x%064x", v)
	}
	b, err := json.Marshal(map[string]any{
		"version": 1, "program": fmt.Sprintf("0x%x", key.Program), "key": fmt.Sprintf("0x%x", key.ID()),
		"setup": "insecure-dev", "context": fmt.Sprintf("0x%x", c.Ctx), "values": values, "proof": fmt.Sprintf("0x%x", c.Proof),
	})
	require.NoError(t, err)
	return b
}

func TestVerifyClaims(t *testing.T) {
	for name, setup := range prooftest.Setups {
		t.Run(name, func(t *testing.T) {
			m := prooftest.With(t, prooftest.Wide(t, 4), setup)
			for _, c := range m.Claims(t) {
				t.Run(c.Name, func(t *testing.T) {
					e, err := envelope.Decode(wireClaim(t, m.Key, c))
					if err == nil {
						err = verifier.Verify(m.Key, m.Schema, e, c.Ctx)
					}
					if c.Native == "" {
						require.NoError(t, err)
						return
					}
					require.ErrorIs(t, err, c.Native)
				})
			}
		})
	}
}

func TestVerifyRefusesTheWrongSetting(t *testing.T) {
	m, ctx := prooftest.New(t, prooftest.Wide(t, 2)), [32]byte{1}
	good := m.Prove(t, ctx, m.Values(3))
	require.NoError(t, verifier.Verify(m.Key, m.Schema, good, ctx))
	other := prooftest.New(t, m.Schema)

	ceremony := *m.Key
	ceremony.Insecure = false
	scaled, err := verifier.NewSchema(verifier.Tensor{
		Name: "x", Role: verifier.Input, Visibility: verifier.Public, Shape: []int{1, 62}, Max: 255, Scale: 0.5, Bytes: 1,
	})
	require.NoError(t, err)
	broken := verifier.Schema{Tensors: []verifier.Tensor{m.Schema.Tensors[0]}}
	broken.Tensors[0].Count = 3

	tests := map[string]struct {
		key    *verifier.Key
		schema *verifier.Schema
		change func(*envelope.Envelope)
		ctx    [32]byte
		want   error
	}{
		"other context expected":  {ctx: [32]byte{2}, want: verifier.ErrContext},
		"other key":               {key: other.Key, want: verifier.ErrKey},
		"key with another mark":   {key: &ceremony, want: verifier.ErrKey},
		"other program":           {change: func(e *envelope.Envelope) { e.Program[0]++ }, want: verifier.ErrProgram},
		"other mark":              {change: func(e *envelope.Envelope) { e.Setup = envelope.Ceremony }, want: verifier.ErrSetup},
		"no mark":                 {change: func(e *envelope.Envelope) { e.Setup = "" }, want: verifier.ErrSetup},
		"other schema":            {schema: scaled, want: verifier.ErrSchemaHash},
		"broken schema":           {schema: &broken, want: verifier.ErrSchema},
		"decoded integer changed": {change: func(e *envelope.Envelope) { e.Tensors[0].Integers[5]++ }, want: verifier.ErrTensors},
		"decoded scale changed":   {change: func(e *envelope.Envelope) { e.Tensors[0].Scale = 2 }, want: verifier.ErrTensors},
		"decoded name changed":    {change: func(e *envelope.Envelope) { e.Tensors[0].Name = "y" }, want: verifier.ErrTensors},
		"no decoded tensor":       {change: func(e *envelope.Envelope) { e.Tensors = []envelope.Tensor{} }, want: verifier.ErrTensors},
		"no values":               {change: func(e *envelope.Envelope) { e.Values = nil }, want: verifier.ErrValueCount},
		"no proof":                {change: func(e *envelope.Envelope) { e.Proof = nil }, want: verifier.ErrProofSize},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			key, schema, at, e := m.Key, m.Schema, ctx, clone(t, good)
			if tt.key != nil {
				key = tt.key
			}
			if tt.schema != nil {
				schema = tt.schema
			}
			if tt.ctx != [32]byte{} {
				at = tt.ctx
			}
			if tt.change != nil {
				tt.change(e)
			}
			require.ErrorIs(t, verifier.Verify(key, schema, e, at), tt.want)
		})
	}
}

func clone(t *testing.T, e *envelope.Envelope) *envelope.Envelope {
	t.Helper()
	b, err := e.Encode()
	require.NoError(t, err)
	out, err := envelope.Decode(b)
	require.NoError(t, err)
	return out
}

// A value can be provable and still not be an encoding: the model's range ends before the byte's.
func TestVerifyRefusesElementsBeyondTheSchema(t *testing.T) {
	s, err := verifier.NewSchema(verifier.Tensor{
		Name: "x", Role: verifier.Output, Visibility: verifier.Public, Shape: []int{31}, Min: -100, Max: 100, Scale: 1, Bytes: 1,
	})
	require.NoError(t, err)
	m := prooftest.New(t, s)
	e := m.Prove(t, [32]byte{}, m.Values(3))
	require.NoError(t, verifier.Verify(m.Key, s, e, [32]byte{}))
	e.Values[0].SetBigInt(new(big.Int).SetBytes([]byte{201}))
	e.Proof, _ = m.ProveClaim(t, [32]byte{}, e.Values, e.Values)
	require.NoError(t, m.Key.VerifyValues([32]byte{}, e.Values, e.Proof))
	require.ErrorIs(t, verifier.Verify(m.Key, s, e, [32]byte{}), verifier.ErrElementRange)
}
