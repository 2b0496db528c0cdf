package evm

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common/hexutil"
)

// Revert is a refusal of the contract: one of its custom errors, as in ValueCount(8, 7).
type Revert struct {
	Name string // of the custom error; "Error" or "Panic" for Solidity's own; empty if it gave no reason
	Args []any
}

// Error reads "contract reverted: Name(arg, arg)".
func (r *Revert) Error() string {
	if r.Name == "" {
		return "contract reverted without a reason"
	}
	args := make([]string, len(r.Args))
	for i, a := range r.Args {
		args[i] = fmt.Sprint(a)
	}
	return fmt.Sprintf("contract reverted: %s(%s)", r.Name, strings.Join(args, ", "))
}

// Reason finds the revert in an error of a JSON-RPC call. It returns the error itself where there is none.
func Reason(err error) error {
	var rpc interface{ ErrorData() any }
	if !errors.As(err, &rpc) {
		return err
	}
	text, ok := rpc.ErrorData().(string)
	if !ok {
		return err
	}
	data, decodeErr := hexutil.Decode(text)
	if decodeErr != nil {
		return fmt.Errorf("decode revert data %q: %w", text, decodeErr)
	}
	return DecodeRevert(data)
}

// DecodeRevert names the error that a call to the contract returned.
func DecodeRevert(data []byte) error {
	c, err := load()
	if err != nil {
		return err
	}
	if len(data) == 0 {
		return &Revert{}
	}
	if text, err := abi.UnpackRevert(data); err == nil {
		return &Revert{Name: "Error", Args: []any{text}}
	}
	if len(data) < 4 {
		return fmt.Errorf("decode revert: want 4 bytes or more, got %d", len(data))
	}
	e, err := c.abi.ErrorByID([4]byte(data[:4]))
	if err != nil {
		return fmt.Errorf("decode revert: selector 0x%x is not an error of %s", data[:4], Contract)
	}
	args, err := e.Inputs.Unpack(data[4:])
	if err != nil {
		return fmt.Errorf("decode revert %s: %w", e.Name, err)
	}
	return &Revert{Name: e.Name, Args: args}
}
