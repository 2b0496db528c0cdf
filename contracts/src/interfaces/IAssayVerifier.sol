// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title A verifier of one model's inferences
/// @notice Accepts a list of public values only with a proof that the model gave them.
/// @dev Groth16 proofs can be re-randomised by anyone: one statement has many valid proofs. Never use the bytes or the
/// hash of a proof as a nonce or an identity. Bind a proof to its use with `ctx`, and record `ctx` to stop a replay.
interface IAssayVerifier {
    /// @notice The list of values has another length than the model's.
    error ValueCount(uint256 want, uint256 got);
    /// @notice The value at `index` is not below the scalar field's modulus.
    error ValueRange(uint256 index);
    /// @notice The proof is not 384 bytes long.
    error ProofSize(uint256 got);
    /// @notice A coordinate of the proof is not below the base field's modulus.
    error ProofCoordinate();
    /// @notice A point of the proof is at infinity.
    error ProofInfinity();
    /// @notice A point of the proof is not on its curve or not in its subgroup, or the gas given was too little.
    error ProofPoint();
    /// @notice The proof is well-formed and does not prove the statement.
    error ProofInvalid();

    /// @notice Returns if `proof` shows that the model gave `values`, bound to `ctx`; reverts otherwise.
    /// @param ctx What the proof is bound to: the digest of chain, contract and request, or zero.
    /// @param values The public values, in the order of the model's schema; each below the scalar field's modulus.
    /// @param proof A (64) | B (128) | C (64) | commitment (64) | its proof of knowledge (64), as the curve's
    /// precompiles (EIP-196, EIP-197) read them.
    function verify(bytes32 ctx, uint256[] calldata values, bytes calldata proof) external view;

    /// @notice The keccak256 of the verifying key, which every statement contains.
    function keyId() external view returns (bytes32);

    /// @notice The hash of the integer program that the key was made for.
    function programHash() external view returns (bytes32);

    /// @notice The digest of the schema that says how values encode tensors.
    function schemaHash() external view returns (bytes32);

    /// @notice The number of values that `verify` takes.
    function valueCount() external view returns (uint256);

    /// @notice True if one machine knew the secrets of the setup: whoever has them can prove anything.
    function insecureDev() external view returns (bool);
}
