package devnet

import (
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"assay/verifier"
	"assay/verifier/envelope"
	"assay/verifier/evm"
)

// Contract is a deployed verifier.
type Contract struct {
	Address   common.Address
	DeployGas uint64 // gas of the transaction that deployed it
	Runtime   int    // bytes of its code
	chain     *Chain
}

// Deploy puts the verifier of a key on the chain, from the compiled contract that the program carries.
func (c *Chain) Deploy(ctx context.Context, key *verifier.Key) (*Contract, error) {
	code, err := evm.Creation(key)
	if err != nil {
		return nil, err
	}
	return c.DeployCode(ctx, code)
}

// DeployCode puts a contract on the chain from creation code with its arguments. A constructor's refusal
// is an *evm.Revert.
func (c *Chain) DeployCode(ctx context.Context, creation []byte) (*Contract, error) {
	address := crypto.CreateAddress(account, c.state.GetNonce(account))
	result, err := c.send(ctx, nil, creation)
	if err != nil {
		return nil, fmt.Errorf("deploy contract: %w", err)
	}
	return &Contract{Address: address, DeployGas: result.UsedGas, Runtime: len(result.ReturnData), chain: c}, nil
}

// Verify sends the envelope's claim to the contract in a transaction and returns the gas of the whole
// transaction. A refusal is an *evm.Revert.
func (v *Contract) Verify(ctx context.Context, e *envelope.Envelope) (gas uint64, err error) {
	data, err := evm.Calldata(e)
	if err != nil {
		return 0, err
	}
	_, gas, err = v.Send(ctx, data)
	return gas, err
}

// Send gives the contract any calldata in a transaction, and returns what it answers and the gas of the whole transaction. A
// refusal is an *evm.Revert.
func (v *Contract) Send(ctx context.Context, data []byte) (answer []byte, gas uint64, err error) {
	result, err := v.chain.send(ctx, &v.Address, data)
	if err != nil {
		return nil, 0, err
	}
	return result.ReturnData, result.UsedGas, nil
}

// Call runs the contract on any calldata without a transaction. A refusal is an *evm.Revert.
func (v *Contract) Call(ctx context.Context, data []byte) error {
	_, err := v.chain.call(ctx, &v.Address, data)
	return err
}

// View reads one of the contract's views that take no arguments, as in View(ctx, "keyId").
func (v *Contract) View(ctx context.Context, name string) (any, error) {
	a, err := evm.ABI()
	if err != nil {
		return nil, err
	}
	data, err := a.Pack(name)
	if err != nil {
		return nil, fmt.Errorf("pack %s: %w", name, err)
	}
	out, err := v.chain.call(ctx, &v.Address, data)
	if err != nil {
		return nil, err
	}
	vals, err := a.Unpack(name, out)
	if err != nil {
		return nil, fmt.Errorf("unpack %s: %w", name, err)
	}
	return vals[0], nil
}
