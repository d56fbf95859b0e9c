// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace gacsong::detect::lte {

/// What a message that answers random access says, counted.
struct ResponseCounts {
    unsigned responses = 0; ///< to preambles, one for each; at most 64 in a message
    bool backoff = false;   ///< it tells phones to wait before they try again
    bool operator==(const ResponseCounts&) const = default;
};

/// Reads a MAC PDU for random access responses (3GPP TS 36.321 §6.1.5, §6.2.2, §6.2.3), one bit for each element. Null
/// where its structure is none: reserved bits are set, a preamble is answered twice, the wait is not the first of its
/// subheaders, or the responses do not fit. No identity, grant or timing of a phone is read.
[[nodiscard]] std::optional<ResponseCounts> read_responses(std::span<const std::uint8_t> bits);

/// Subframe 0 … 9 in which the preambles were sent that RA-RNTI `rnti` answers: 1 + t_id + 10·f_id (§5.1.4), f_id 0 in
/// FDD and up to 5 in TDD. Null where it is no RA-RNTI.
[[nodiscard]] std::optional<unsigned> preamble_subframe(std::uint32_t rnti, bool tdd);

} // namespace gacsong::detect::lte
