// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IAssayVerifier} from "./interfaces/IAssayVerifier.sol";
import {KeyLint} from "./libraries/KeyLint.sol";

/// @title Groth16 verifier of one model's inferences
/// @notice Holds a verifying key as data and accepts values only with a proof for it.
/// @dev The statement has two public inputs whatever the number n of values. With D the proof's commitment:
///
///   H   = keccak256("ASSAY1" | key id | ctx | v_0 | ... | v_{n-1}) mod r
///   rho = keccak256(D | H) mod r
///   P   = v_0 + v_1 rho + ... + v_{n-1} rho^(n-1)
///   L   = K0 + H K_H + P K_P + rho K_rho + D
///
/// and two equations, of which the second shows knowledge of what D commits to:
///
///   e(A, B) e(alpha, -beta) e(L, -gamma) e(C, -delta) = 1      e(D, -sigma G) e(PoK, G) = 1
///
/// They are checked as one product, the second raised to a weight w that is the hash of the statement and the whole
/// proof: a proof that fails either one passes with a chance of 2^-127. Where G is gamma, as a ceremony leaves
/// it, e(L, -gamma) e(w PoK, G) is e(L - w PoK, -gamma) and one pairing less is needed.
contract AssayVerifier is IAssayVerifier {
    uint256 private constant R = 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001;
    uint256 private constant Q = 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47;

    uint256 private immutable ALPHA_X;
    uint256 private immutable ALPHA_Y;
    uint256 private immutable BETA_NEG_X1;
    uint256 private immutable BETA_NEG_X0;
    uint256 private immutable BETA_NEG_Y1;
    uint256 private immutable BETA_NEG_Y0;
    uint256 private immutable GAMMA_NEG_X1;
    uint256 private immutable GAMMA_NEG_X0;
    uint256 private immutable GAMMA_NEG_Y1;
    uint256 private immutable GAMMA_NEG_Y0;
    uint256 private immutable DELTA_NEG_X1;
    uint256 private immutable DELTA_NEG_X0;
    uint256 private immutable DELTA_NEG_Y1;
    uint256 private immutable DELTA_NEG_Y0;
    uint256 private immutable G_X1;
    uint256 private immutable G_X0;
    uint256 private immutable G_Y1;
    uint256 private immutable G_Y0;
    uint256 private immutable SIGMA_NEG_X1;
    uint256 private immutable SIGMA_NEG_X0;
    uint256 private immutable SIGMA_NEG_Y1;
    uint256 private immutable SIGMA_NEG_Y0;
    uint256 private immutable K0_X;
    uint256 private immutable K0_Y;
    uint256 private immutable KH_X;
    uint256 private immutable KH_Y;
    uint256 private immutable KP_X;
    uint256 private immutable KP_Y;
    uint256 private immutable KRHO_X;
    uint256 private immutable KRHO_Y;
    bool private immutable G_IS_GAMMA;

    /// @inheritdoc IAssayVerifier
    uint256 public immutable override valueCount;
    /// @inheritdoc IAssayVerifier
    bytes32 public immutable override programHash;
    /// @inheritdoc IAssayVerifier
    bytes32 public immutable override schemaHash;
    /// @inheritdoc IAssayVerifier
    bool public immutable override insecureDev;
    /// @inheritdoc IAssayVerifier
    bytes32 public immutable override keyId;

    /// @notice Refuses an unsound key and keeps a sound one for ever.
    /// @param key 34 words, as `KeyLint` describes them.
    constructor(bytes memory key) {
        KeyLint.check(key);
        ALPHA_X = KeyLint.word(key, 0);
        ALPHA_Y = KeyLint.word(key, 1);
        BETA_NEG_X1 = KeyLint.word(key, 2);
        BETA_NEG_X0 = KeyLint.word(key, 3);
        BETA_NEG_Y1 = KeyLint.word(key, 4);
        BETA_NEG_Y0 = KeyLint.word(key, 5);
        GAMMA_NEG_X1 = KeyLint.word(key, 6);
        GAMMA_NEG_X0 = KeyLint.word(key, 7);
        GAMMA_NEG_Y1 = KeyLint.word(key, 8);
        GAMMA_NEG_Y0 = KeyLint.word(key, 9);
        DELTA_NEG_X1 = KeyLint.word(key, 10);
        DELTA_NEG_X0 = KeyLint.word(key, 11);
        DELTA_NEG_Y1 = KeyLint.word(key, 12);
        DELTA_NEG_Y0 = KeyLint.word(key, 13);
        G_X1 = KeyLint.word(key, 14);
        G_X0 = KeyLint.word(key, 15);
        G_Y1 = KeyLint.word(key, 16);
        G_Y0 = KeyLint.word(key, 17);
        SIGMA_NEG_X1 = KeyLint.word(key, 18);
        SIGMA_NEG_X0 = KeyLint.word(key, 19);
        SIGMA_NEG_Y1 = KeyLint.word(key, 20);
        SIGMA_NEG_Y0 = KeyLint.word(key, 21);
        K0_X = KeyLint.word(key, 22);
        K0_Y = KeyLint.word(key, 23);
        KH_X = KeyLint.word(key, 24);
        KH_Y = KeyLint.word(key, 25);
        KP_X = KeyLint.word(key, 26);
        KP_Y = KeyLint.word(key, 27);
        KRHO_X = KeyLint.word(key, 28);
        KRHO_Y = KeyLint.word(key, 29);
        G_IS_GAMMA = KeyLint.word(key, 14) == KeyLint.word(key, 6) && KeyLint.word(key, 15) == KeyLint.word(key, 7)
            && addmod(KeyLint.word(key, 16), KeyLint.word(key, 8), Q) == 0
            && addmod(KeyLint.word(key, 17), KeyLint.word(key, 9), Q) == 0;
        valueCount = KeyLint.word(key, 30);
        programHash = bytes32(KeyLint.word(key, 31));
        schemaHash = bytes32(KeyLint.word(key, 32));
        insecureDev = KeyLint.word(key, 33) == 1;
        keyId = keccak256(key);
    }

    /// @inheritdoc IAssayVerifier
    function verify(bytes32 ctx, uint256[] calldata values, bytes calldata proof) external view override {
        if (values.length != valueCount) revert ValueCount(valueCount, values.length);
        if (proof.length != 384) revert ProofSize(proof.length);
        _checkPoints(proof);
        uint256 h = _digest(ctx, values);
        (uint256 m, uint256 rho, uint256 w) = _challenges(proof, h);
        uint256 p = _evaluate(values, rho);
        bool ok = _pairs(m, proof, h, p, rho, w);
        uint256 size = G_IS_GAMMA ? 960 : 1152;
        bool equal;
        assembly ("memory-safe") {
            mstore(0, 0) // what a chain without the precompile would leave
            ok := and(ok, staticcall(gas(), 8, m, size, 0, 32))
            equal := mload(0)
        }
        if (!ok) revert ProofPoint();
        if (!equal) revert ProofInvalid();
    }

    /// @dev Every coordinate below Q, the points of G1 on their curve, B not at infinity. The pairing checks the rest of
    /// B. A precompile that meets a bad point consumes the gas it was given, so what is cheap to check comes first.
    function _checkPoints(bytes calldata proof) private pure {
        bool canonical;
        bool curve;
        bool infinity;
        assembly ("memory-safe") {
            function below(o) -> b {
                b := and(lt(calldataload(o), Q), lt(calldataload(add(o, 32)), Q))
            }
            // y^2 = x^3 + 3, which infinity, (0, 0), does not satisfy
            function on(o) -> b {
                let x := calldataload(o)
                let y := calldataload(add(o, 32))
                b := eq(mulmod(y, y, Q), addmod(mulmod(mulmod(x, x, Q), x, Q), 3, Q))
            }
            function zero(o) -> b {
                b := iszero(or(calldataload(o), calldataload(add(o, 32))))
            }
            let a := proof.offset
            let b := add(a, 64)
            let c := add(a, 192)
            let d := add(a, 256)
            let k := add(a, 320)
            canonical := and(and(below(a), and(below(b), below(add(b, 64)))), and(below(c), and(below(d), below(k))))
            curve := and(and(on(a), on(c)), and(on(d), on(k)))
            infinity := and(zero(b), zero(add(b, 64)))
            if iszero(curve) { infinity := or(or(zero(a), zero(c)), or(zero(d), zero(k))) }
        }
        if (!canonical) revert ProofCoordinate();
        if (infinity) revert ProofInfinity();
        if (!curve) revert ProofPoint();
    }

    /// @dev H, over the key id, the context and the values in calldata.
    function _digest(bytes32 ctx, uint256[] calldata values) private view returns (uint256 h) {
        bytes32 id = keyId;
        assembly ("memory-safe") {
            let m := mload(0x40)
            mstore(m, "ASSAY1")
            mstore(add(m, 6), id)
            mstore(add(m, 38), ctx)
            let size := shl(5, values.length)
            calldatacopy(add(m, 70), values.offset, size)
            h := mod(keccak256(m, add(size, 70)), R)
        }
    }

    /// @dev rho, the weight w (odd, below 2^128), and 1376 bytes of memory at m, of which the first 192 hold A | B.
    function _challenges(bytes calldata proof, uint256 h) private pure returns (uint256 m, uint256 rho, uint256 w) {
        assembly ("memory-safe") {
            m := mload(0x40)
            mstore(0x40, add(m, 1376))
            calldatacopy(m, add(proof.offset, 256), 64)
            mstore(add(m, 64), h)
            rho := mod(keccak256(m, 96), R)
            calldatacopy(m, proof.offset, 384)
            mstore(add(m, 384), h)
            w := or(shr(128, keccak256(m, 416)), 1)
        }
    }

    /// @dev P by Horner's rule from the last value, four values a turn and then the rest; refuses a value that is not
    /// below R.
    function _evaluate(uint256[] calldata values, uint256 rho) private pure returns (uint256 p) {
        bool inField;
        assembly ("memory-safe") {
            inField := 1
            let i := add(values.offset, shl(5, values.length))
            for { let odd := add(values.offset, shl(5, and(values.length, 3))) } gt(i, odd) {} {
                let v := calldataload(sub(i, 32))
                let ok := lt(v, R)
                p := addmod(mulmod(p, rho, R), v, R)
                v := calldataload(sub(i, 64))
                ok := and(ok, lt(v, R))
                p := addmod(mulmod(p, rho, R), v, R)
                v := calldataload(sub(i, 96))
                ok := and(ok, lt(v, R))
                p := addmod(mulmod(p, rho, R), v, R)
                i := sub(i, 128)
                v := calldataload(i)
                inField := and(inField, and(ok, lt(v, R)))
                p := addmod(mulmod(p, rho, R), v, R)
            }
            for {} gt(i, values.offset) {} {
                i := sub(i, 32)
                let v := calldataload(i)
                inField := and(inField, lt(v, R))
                p := addmod(mulmod(p, rho, R), v, R)
            }
        }
        if (!inField) {
            for (uint256 i = 0;; ++i) if (values[i] >= R) revert ValueRange(i);
        }
    }

    /// @dev Writes the pairing's input at m, where A | B already are. False if the gas is too little.
    function _pairs(uint256 m, bytes calldata proof, uint256 h, uint256 p, uint256 rho, uint256 w)
        private
        view
        returns (bool ok)
    {
        uint256 sum = m + 1152; // product (64) | accumulator (64) | factor (96)
        _put(sum + 64, K0_X, K0_Y);
        _put(sum + 128, KH_X, KH_Y);
        ok = _mulAdd(sum, h);
        _put(sum + 128, KP_X, KP_Y);
        ok = _mulAdd(sum, p) && ok;
        _put(sum + 128, KRHO_X, KRHO_Y);
        ok = _mulAdd(sum, rho) && ok;
        bool merge = G_IS_GAMMA;
        assembly ("memory-safe") {
            // L, at m + 384 of its pair
            calldatacopy(sum, add(proof.offset, 256), 64)
            ok := and(ok, staticcall(gas(), 6, sum, 128, add(sum, 64), 64))
            // w D, at m + 768
            calldatacopy(add(sum, 128), add(proof.offset, 256), 64)
            mstore(add(sum, 192), w)
            ok := and(ok, staticcall(gas(), 7, add(sum, 128), 96, add(m, 768), 64))
            // w PoK, at m + 960, or -w PoK added to L
            calldatacopy(add(sum, 128), add(proof.offset, 320), 64)
            switch merge
            case 0 { ok := and(ok, staticcall(gas(), 7, add(sum, 128), 96, add(m, 960), 64)) }
            default {
                mstore(add(sum, 192), sub(R, w))
                ok := and(ok, staticcall(gas(), 7, add(sum, 128), 96, sum, 64))
                ok := and(ok, staticcall(gas(), 6, sum, 128, add(sum, 64), 64))
            }
            mstore(add(m, 384), mload(add(sum, 64)))
            mstore(add(m, 416), mload(add(sum, 96)))
            calldatacopy(add(m, 576), add(proof.offset, 192), 64)
        }
        _put(m + 192, ALPHA_X, ALPHA_Y);
        _put(m + 256, BETA_NEG_X1, BETA_NEG_X0);
        _put(m + 320, BETA_NEG_Y1, BETA_NEG_Y0);
        _put(m + 448, GAMMA_NEG_X1, GAMMA_NEG_X0);
        _put(m + 512, GAMMA_NEG_Y1, GAMMA_NEG_Y0);
        _put(m + 640, DELTA_NEG_X1, DELTA_NEG_X0);
        _put(m + 704, DELTA_NEG_Y1, DELTA_NEG_Y0);
        _put(m + 832, SIGMA_NEG_X1, SIGMA_NEG_X0);
        _put(m + 896, SIGMA_NEG_Y1, SIGMA_NEG_Y0);
        if (!merge) {
            _put(m + 1024, G_X1, G_X0);
            _put(m + 1088, G_Y1, G_Y0);
        }
    }

    /// @dev Adds scalar times the factor's point to the accumulator of the area at `sum`.
    function _mulAdd(uint256 sum, uint256 scalar) private view returns (bool ok) {
        assembly ("memory-safe") {
            mstore(add(sum, 192), scalar)
            ok := staticcall(gas(), 7, add(sum, 128), 96, sum, 64)
            ok := and(ok, staticcall(gas(), 6, sum, 128, add(sum, 64), 64))
        }
    }

    function _put(uint256 to, uint256 a, uint256 b) private pure {
        assembly ("memory-safe") {
            mstore(to, a)
            mstore(add(to, 32), b)
        }
    }
}
