// Package devnet is an Ethereum chain inside the process, for demonstrations, measurements and tests. It
// runs go-ethereum's state transition: real transactions and real gas, one funded account, no node and no network.
package devnet

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/core/state"
	"github.com/ethereum/go-ethereum/core/tracing"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/triedb"
	"github.com/holiman/uint256"

	"assay/verifier/evm"
)

const (
	gasLimit  = 1 << 24 // of a transaction: the cap of EIP-7825
	gasPrice  = 2 * params.InitialBaseFee
	blockTime = 12 // seconds
)

// account sends all transactions.
var account = common.HexToAddress("0x00000000000000000000000000000000a55a4000")

// Chain is a chain of blocks of one transaction, with the forks of go-ethereum's development chains. Close it after use. It is not
// safe for concurrent use.
type Chain struct {
	state  *state.StateDB
	tries  *triedb.Database
	number int64 // the block that is being made
}

// Start begins a chain whose only account has a million ether.
func Start() (*Chain, error) {
	db := rawdb.NewMemoryDatabase()
	c := &Chain{tries: triedb.NewDatabase(db, triedb.HashDefaults), number: 1}
	var err error
	if c.state, err = state.New(types.EmptyRootHash, state.NewDatabase(c.tries, state.NewCodeDB(db))); err != nil {
		return nil, errors.Join(fmt.Errorf("begin chain: %w", err), c.tries.Close())
	}
	funds := new(uint256.Int).Exp(uint256.NewInt(10), uint256.NewInt(24))
	c.state.SetBalance(account, funds, tracing.BalanceIncreaseGenesisBalance)
	return c, nil
}

// Close forgets the chain.
func (c *Chain) Close() error { return c.tries.Close() }

// call runs a message and forgets what it did; a nil address creates a contract. A refusal is an *evm.Revert.
func (c *Chain) call(ctx context.Context, to *common.Address, data []byte) ([]byte, error) {
	before := c.state.Snapshot()
	result, err := c.apply(ctx, to, data)
	c.state.RevertToSnapshot(before)
	if err != nil {
		return nil, err
	}
	return result.ReturnData, nil
}

// send puts a message in a block of its own and returns what it did. A refusal is an *evm.Revert.
func (c *Chain) send(ctx context.Context, to *common.Address, data []byte) (*core.ExecutionResult, error) {
	before := c.state.Snapshot()
	result, err := c.apply(ctx, to, data)
	if err != nil {
		c.state.RevertToSnapshot(before)
		return nil, err
	}
	c.state.Finalise(c.machine().GetRules())
	c.number++
	return result, nil
}

// machine runs the block that is being made.
func (c *Chain) machine() *vm.EVM {
	return vm.NewEVM(vm.BlockContext{
		CanTransfer: core.CanTransfer, Transfer: core.Transfer, GetHash: func(uint64) common.Hash { return common.Hash{} },
		GasLimit: gasLimit, BlockNumber: big.NewInt(c.number), Time: uint64(c.number) * blockTime, Difficulty: new(big.Int),
		BaseFee: big.NewInt(params.InitialBaseFee), BlobBaseFee: big.NewInt(params.BlobTxMinBlobGasprice), Random: new(common.Hash),
	}, c.state, params.AllDevChainProtocolChanges, vm.Config{})
}

// apply runs a message as a transaction of the block that is being made.
func (c *Chain) apply(ctx context.Context, to *common.Address, data []byte) (*core.ExecutionResult, error) {
	machine := c.machine()
	defer context.AfterFunc(ctx, machine.Cancel)()
	price := uint256.NewInt(gasPrice)
	result, err := core.ApplyMessage(machine, &core.Message{
		From: account, To: to, Nonce: c.state.GetNonce(account), Value: new(uint256.Int), Data: data,
		GasLimit: gasLimit, GasPrice: price, GasFeeCap: price, GasTipCap: new(uint256.Int), BlobGasFeeCap: new(uint256.Int),
	}, core.NewGasPool(gasLimit))
	if err := errors.Join(ctx.Err(), err); err != nil {
		return nil, fmt.Errorf("run transaction: %w", err)
	}
	if errors.Is(result.Err, vm.ErrExecutionReverted) {
		return nil, evm.DecodeRevert(result.Revert())
	}
	if result.Err != nil {
		return nil, fmt.Errorf("transaction failed after %d gas: %w", result.UsedGas, result.Err)
	}
	return result, nil
}
