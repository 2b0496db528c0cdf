package evm

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"math/big"
	"strings"
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/accounts/abi"

	"assay/contracts"
	"assay/verifier"
	"assay/verifier/envelope"
)

// Contract is the name of the contract that every verifier is or derives from.
const Contract = "AssayVerifier"

type compiled struct {
	abi      abi.ABI
	creation []byte
}

var load = sync.OnceValues(func() (compiled, error) {
	a, err := contracts.Load(Contract)
	if err != nil {
		return compiled{}, err
	}
	parsed, err := abi.JSON(bytes.NewReader(a.ABI))
	if err != nil {
		return compiled{}, fmt.Errorf("parse abi of %s: %w", Contract, err)
	}
	code, err := hex.DecodeString(strings.TrimPrefix(a.Bytecode, "0x"))
	if err != nil {
		return compiled{}, fmt.Errorf("decode bytecode of %s: %w", Contract, err)
	}
	return compiled{parsed, code}, nil
})

// ABI is the interface of the verifier contract.
func ABI() (abi.ABI, error) {
	c, err := load()
	return c.abi, err
}

// Calldata is the call of verify(bytes32,uint256[],bytes) with what the envelope claims: 4 bytes of
// selector and the ABI encoding of the context, the values and the proof.
func Calldata(e *envelope.Envelope) ([]byte, error) {
	return Pack(e.Context, e.Values, e.Proof)
}

// Pack is [Calldata] of the parts of an envelope.
func Pack(ctx [32]byte, values []fr.Element, proof []byte) ([]byte, error) {
	words := make([]*big.Int, len(values))
	for i := range values {
		words[i] = values[i].BigInt(new(big.Int))
	}
	return PackWords(ctx, words, proof)
}

// PackWords is [Pack] for words that need not be below the field's modulus, which the contract refuses.
func PackWords(ctx [32]byte, words []*big.Int, proof []byte) ([]byte, error) {
	c, err := load()
	if err != nil {
		return nil, err
	}
	data, err := c.abi.Pack("verify", ctx, words, proof)
	if err != nil {
		return nil, fmt.Errorf("pack verify: %w", err)
	}
	return data, nil
}

// Creation is the code that deploys the verifier of a key: the compiled contract and its constructor's
// argument. The constructor lints the key again.
func Creation(key *verifier.Key) ([]byte, error) { return CreationBytes(key.Bytes()) }

// CreationBytes is [Creation] for the bytes of a key, sound or not.
func CreationBytes(key []byte) ([]byte, error) {
	c, err := load()
	if err != nil {
		return nil, err
	}
	arg, err := c.abi.Pack("", key)
	if err != nil {
		return nil, fmt.Errorf("pack constructor: %w", err)
	}
	return append(bytes.Clone(c.creation), arg...), nil
}
