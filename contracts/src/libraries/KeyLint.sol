// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title Refuses verifying keys that cannot have come from a complete setup
/// @dev A key is 34 words: alpha | -beta | -gamma | -delta | pedersen G | pedersen -sigma G | K0 | K_H | K_P | K_rho,
/// then the number of values, the program hash, the schema digest and the flags (bit 0: insecure development setup).
/// Points are encoded as the curve's precompiles read them.
library KeyLint {
    /// @notice The key is not 1088 bytes long.
    error KeySize(uint256 got);
    /// @notice The point that starts at this word is at infinity.
    error KeyInfinity(uint256 word);
    /// @notice The point that starts at this word is not on its curve or not in its subgroup.
    error KeyPoint(uint256 word);
    /// @notice The point that starts at this word must be random and is still the generator.
    error KeyGenerator(uint256 word);
    /// @notice Gamma and delta are equal up to sign: anyone could forge proofs.
    error KeyGammaDelta();
    /// @notice The commitment's secret is trivial: its proof of knowledge would show nothing.
    error KeySigma();
    /// @notice Two input points are equal up to sign.
    error KeyDuplicate(uint256 word);
    /// @notice The number of values is not 1 to 65536.
    error KeyValues(uint256 got);
    /// @notice Flags are set that are not defined.
    error KeyFlags(uint256 got);

    uint256 internal constant SIZE = 1088;
    uint256 private constant Q = 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47;
    uint256 private constant G1_X = 1;
    uint256 private constant G2_X1 = 0x198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2;
    uint256 private constant G2_X0 = 0x1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed;

    /// @notice The word at `index`, counted from 0.
    function word(bytes memory key, uint256 index) internal pure returns (uint256 w) {
        assembly ("memory-safe") {
            w := mload(add(add(key, 32), shl(5, index)))
        }
    }

    /// @notice Reverts unless the key is sound as far as a key can show.
    function check(bytes memory key) internal view {
        if (key.length != SIZE) revert KeySize(key.length);
        _checkG1(key, 0);
        for (uint256 i = 2; i < 22; i += 4) _checkG2(key, i);
        for (uint256 i = 22; i < 30; i += 2) {
            _checkG1(key, i);
            for (uint256 j = 22; j < i; j += 2) {
                if (word(key, i) == word(key, j)) revert KeyDuplicate(i);
            }
        }
        if (word(key, 0) == G1_X) revert KeyGenerator(0);
        if (word(key, 2) == G2_X1 && word(key, 3) == G2_X0) revert KeyGenerator(2);
        if (word(key, 10) == G2_X1 && word(key, 11) == G2_X0) revert KeyGenerator(10);
        if (word(key, 6) == word(key, 10) && word(key, 7) == word(key, 11)) revert KeyGammaDelta();
        if (word(key, 14) == word(key, 18) && word(key, 15) == word(key, 19)) revert KeySigma();
        if (word(key, 30) == 0 || word(key, 30) > 65536) revert KeyValues(word(key, 30));
        if (word(key, 33) > 1) revert KeyFlags(word(key, 33));
    }

    function _checkG1(bytes memory key, uint256 i) private pure {
        (uint256 x, uint256 y) = (word(key, i), word(key, i + 1));
        if (x | y == 0) revert KeyInfinity(i);
        if (x >= Q || y >= Q || mulmod(y, y, Q) != addmod(mulmod(mulmod(x, x, Q), x, Q), 3, Q)) revert KeyPoint(i);
    }

    /// @dev The pairing precompile refuses a point off the curve or outside the subgroup, also beside infinity.
    function _checkG2(bytes memory key, uint256 i) private view {
        uint256[6] memory pair = [0, 0, word(key, i), word(key, i + 1), word(key, i + 2), word(key, i + 3)];
        if (pair[2] | pair[3] | pair[4] | pair[5] == 0) revert KeyInfinity(i);
        bool ok;
        assembly ("memory-safe") {
            ok := staticcall(gas(), 8, pair, 192, 0, 32)
            ok := and(ok, eq(returndatasize(), 32)) // 0 on a chain without the precompile
        }
        if (!ok) revert KeyPoint(i);
    }
}
