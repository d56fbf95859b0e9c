// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace gacsong::dsp {

/// Block of the radio data system (IEC 62106 Annexes A, B): 16 bits of information, 10 of check word plus an offset
/// word that says which block of its group it is.
inline constexpr std::size_t rds_block_bits = 26;
inline constexpr std::size_t rds_group_bits = 4 * rds_block_bits;
inline constexpr std::size_t rds_words = std::size_t{1} << 16U;

/// Offset words of the blocks 1 to 4, and the one that stands for the third in groups of version B.
inline constexpr std::array<std::uint16_t, 4> rds_offsets{0x0FC, 0x198, 0x168, 0x1B4};
inline constexpr std::uint16_t rds_offset_version_b = 0x350;

/// Check word of 16 bits of information, without offset word.
[[nodiscard]] std::uint16_t rds_check_word(std::uint16_t information);

/// Logarithms of the ratio of likelihoods of 1 and 0 of 27 bits as they are sent: the last of the block before and the
/// block's own. A bit of the block is 1 where two that follow each other differ. Finite.
using SoftRdsBlock = std::array<float, rds_block_bits + 1>;

/// ln(P(soft | that block) / P(soft | random bits)).
[[nodiscard]] double rds_evidence(const SoftRdsBlock& soft, std::uint16_t information, std::uint16_t offset);

/// The same for every information word, 2^16 of them in order. Where the soft bits are noise none is far above 0; where
/// they are sure and no word fits all are far below.
[[nodiscard]] std::vector<float> rds_evidences(const SoftRdsBlock& soft, std::uint16_t offset);

} // namespace gacsong::dsp
