// Package digest names a constraint system by a hash of what it says, whatever form it is kept in.
//
// The digest is SHA-256 over a header and the SHA-256 of each block of Block constraints in order, the last block shorter.
// Numbers are varints of package encoding/binary, unsigned but where stated.
//
//	header      the string "assay constraint system 1", a zero byte, the number of constraints, of public wires (wire 0,
//	            the constant one, among them), of secret wires and of internal wires, and the number of commitments
//	commitment  the wire of its challenge, and two lists of wires, each its length and then the wires: those that the
//	            challenge hashes, and those that are committed
//	constraint  its sides A, B and C, where A*B = C
//	side        its number of terms, and then the terms as they stand in the system
//	term        the wire, and the coefficient
//	coefficient of magnitude below 2^62: the byte 0 and the signed varint; any other: the byte 1 and 32 bytes, big-endian
package digest

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"runtime"
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
)

// Block is the number of constraints that are hashed together.
const Block = 1 << 14

// Of is the digest of r.
func Of(r *cs.R1CS) ([32]byte, error) {
	infos, ok := r.CommitmentInfo.(constraint.Groth16Commitments)
	if !ok {
		return [32]byte{}, fmt.Errorf("digest constraint system: want commitments of Groth16, got %T", r.CommitmentInfo)
	}
	head := append([]byte("assay constraint system 1"), 0)
	number := func(n int) { head = binary.AppendUvarint(head, uint64(n)) }
	internal, secret, public := r.GetNbVariables()
	for _, n := range []int{r.GetNbConstraints(), public, secret, internal, len(infos)} {
		number(n)
	}
	for _, info := range infos {
		number(info.CommitmentIndex)
		for _, wires := range [][]int{info.PublicAndCommitmentCommitted, info.PrivateCommitted} {
			number(len(wires))
			for _, w := range wires {
				number(w)
			}
		}
	}
	sum := sha256.New()
	sum.Write(head)
	blocks, err := hashBlocks(r)
	if err != nil {
		return [32]byte{}, err
	}
	for _, b := range blocks {
		sum.Write(b[:])
	}
	return [32]byte(sum.Sum(nil)), nil
}

// hashBlocks hashes the blocks of constraints on all processors.
func hashBlocks(r *cs.R1CS) ([][32]byte, error) {
	coefficients := make([][]byte, len(r.Coefficients))
	for i := range coefficients {
		coefficients[i] = encode(&r.Coefficients[i])
	}
	var starts []int // the instruction of the first constraint of each block
	made := 0
	for i, inst := range r.Instructions {
		if _, ok := r.Blueprints[inst.BlueprintID].(constraint.BlueprintR1C); !ok {
			continue
		}
		if int(inst.ConstraintOffset) != made {
			return nil, fmt.Errorf("digest constraint system: instruction %d: want constraint %d, got %d", i, made, inst.ConstraintOffset)
		}
		if made%Block == 0 {
			starts = append(starts, i)
		}
		made++
	}
	if made != r.GetNbConstraints() {
		return nil, fmt.Errorf("digest constraint system: want %d constraints, got %d", r.GetNbConstraints(), made)
	}
	blocks := make([][32]byte, len(starts))
	next := make(chan int, len(starts))
	for i := range starts {
		next <- i
	}
	close(next)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			var c constraint.R1C
			var buf []byte
			for i := range next {
				end := len(r.Instructions)
				if i+1 < len(starts) {
					end = starts[i+1]
				}
				sum := sha256.New()
				for _, inst := range r.Instructions[starts[i]:end] {
					b, ok := r.Blueprints[inst.BlueprintID].(constraint.BlueprintR1C)
					if !ok {
						continue
					}
					b.DecompressR1C(&c, inst.Unpack(&r.System))
					buf = buf[:0]
					for _, side := range []constraint.LinearExpression{c.L, c.R, c.O} {
						buf = binary.AppendUvarint(buf, uint64(len(side)))
						for _, t := range side {
							buf = binary.AppendUvarint(buf, uint64(t.VID))
							buf = append(buf, coefficients[t.CID]...)
						}
					}
					sum.Write(buf)
				}
				blocks[i] = [32]byte(sum.Sum(nil))
			}
		})
	}
	wg.Wait()
	return blocks, nil
}

// encode writes a coefficient.
func encode(x *fr.Element) []byte {
	const bound = 1 << 62
	var negative fr.Element
	negative.Neg(x)
	switch {
	case x.IsUint64() && x.Uint64() < bound:
		return binary.AppendVarint([]byte{0}, int64(x.Uint64()))
	case negative.IsUint64() && negative.Uint64() < bound:
		return binary.AppendVarint([]byte{0}, -int64(negative.Uint64()))
	}
	b := x.Bytes()
	return append([]byte{1}, b[:]...)
}
