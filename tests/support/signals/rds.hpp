// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gacsong::test {

/// What an FM station says of itself on its 57 kHz subcarrier (IEC 62106).
struct RdsSettings {
    std::uint16_t pi = 0;        ///< programme identification, block A of every group
    std::string ps{};            ///< programme service name, at most 8 characters of ASCII
    std::string text{};          ///< radiotext, at most 64 characters of ASCII; empty: none is sent
    unsigned programme_type = 0; ///< 0 … 31
    bool traffic_programme = false;
};

inline constexpr double rds_bit_rate_hz = 1187.5; ///< 57 kHz / 48

/// The 26 bits of one block: 16 of information, most significant first, and 10 of check word plus offset word.
/// \param offset_word  0x0FC A, 0x198 B, 0x168 C, 0x350 C', 0x1B4 D (IEC 62106 Annex A)
[[nodiscard]] std::uint32_t rds_block(std::uint16_t information, std::uint16_t offset_word);

/// One round of groups (0A ×4 with the name, then 2A with the text), 104 bits a group, before differential coding.
/// The number of ones is even (the round is doubled where needed), so the differentially coded stream repeats too.
[[nodiscard]] std::vector<std::uint8_t> rds_bits(const RdsSettings& settings);

/// The biphase baseband of a repeating bit stream, differentially coded and shaped with cos(πft_d/4) up to 2/t_d
/// (IEC 62106 §4.6), `samples_per_bit` samples a bit, largest magnitude 1.
[[nodiscard]] std::vector<double> rds_baseband(const std::vector<std::uint8_t>& bits, std::size_t samples_per_bit);

} // namespace gacsong::test
