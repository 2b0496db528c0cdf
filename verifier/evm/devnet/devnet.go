// Package devnet is an Ethereum chain inside the process, for demonstrations, measurements and tests. It
// uses go-ethereum's simulated backend: real blocks and real gas, one funded account, no network.
package devnet

import (
	"context"
	"crypto/ecdsa"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient/simulated"

	"assay/verifier/evm"
)

// gasLimit of a transaction: the cap of EIP-7825.
const gasLimit = 1 << 24

// Chain is a running chain. Close it after use. It is not safe for concurrent use.
type Chain struct {
	backend *simulated.Backend
	secret  *ecdsa.PrivateKey
	account common.Address
	signer  types.Signer
}

// Start begins a chain whose only account has a million ether.
func Start() (*Chain, error) {
	secret, err := crypto.GenerateKey()
	if err != nil {
		return nil, fmt.Errorf("generate account: %w", err)
	}
	c := &Chain{secret: secret, account: crypto.PubkeyToAddress(secret.PublicKey)}
	funds := new(big.Int).Exp(big.NewInt(10), big.NewInt(24), nil)
	c.backend = simulated.NewBackend(types.GenesisAlloc{c.account: {Balance: funds}}, simulated.WithBlockGasLimit(2*gasLimit))
	id, err := c.backend.Client().ChainID(context.Background())
	if err != nil {
		c.backend.Close()
		return nil, fmt.Errorf("read chain id: %w", err)
	}
	c.signer = types.LatestSignerForChainID(id)
	return c, nil
}

// Close stops the chain.
func (c *Chain) Close() error { return c.backend.Close() }

// call runs a message without a transaction; a nil address creates a contract. A refusal is an
// *evm.Revert.
func (c *Chain) call(ctx context.Context, to *common.Address, data []byte) ([]byte, error) {
	out, err := c.backend.Client().CallContract(ctx, ethereum.CallMsg{From: c.account, To: to, Data: data, Gas: gasLimit}, nil)
	if err != nil {
		return nil, evm.Reason(err)
	}
	return out, nil
}

// send puts a message in a block of its own. It must have succeeded as a call.
func (c *Chain) send(ctx context.Context, to *common.Address, data []byte) (*types.Receipt, error) {
	client := c.backend.Client()
	nonce, err := client.PendingNonceAt(ctx, c.account)
	if err != nil {
		return nil, fmt.Errorf("read nonce: %w", err)
	}
	price, err := client.SuggestGasPrice(ctx)
	if err != nil {
		return nil, fmt.Errorf("read gas price: %w", err)
	}
	tx, err := types.SignNewTx(c.secret, c.signer, &types.LegacyTx{Nonce: nonce, To: to, Data: data, Gas: gasLimit, GasPrice: price.Mul(price, big.NewInt(2))})
	if err != nil {
		return nil, fmt.Errorf("sign transaction: %w", err)
	}
	if err := client.SendTransaction(ctx, tx); err != nil {
		return nil, fmt.Errorf("send transaction: %w", err)
	}
	c.backend.Commit()
	receipt, err := client.TransactionReceipt(ctx, tx.Hash())
	if err != nil {
		return nil, fmt.Errorf("read receipt: %w", err)
	}
	if receipt.Status != types.ReceiptStatusSuccessful {
		return nil, fmt.Errorf("transaction failed after %d gas", receipt.GasUsed)
	}
	return receipt, nil
}
