// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace gacsong::detect::gsm {

/// Reads bits of a message, the most significant first. Bits behind the end are 0, and overrun() tells that some were
/// asked for; in rest octets that is how a field that was left off at the end reads (3GPP TS 44.018 annex, CSN.1).
class BitReader {
public:
    explicit BitReader(std::span<const std::uint8_t> octets, std::size_t at = 0) : octets_(octets), at_(at) {}

    /// count ≤ 32.
    std::uint32_t bits(unsigned count)
    {
        std::uint32_t value = 0;
        for (unsigned i = 0; i < count; ++i)
            value = value << 1U | (one() ? 1U : 0U);
        return value;
    }

    bool bit() { return one(); }

    /// A bit that is written against the padding 0x2B: true for H, false for L.
    bool high()
    {
        const bool padding = (0x2BU >> (7U - at_ % 8U) & 1U) != 0;
        return at_ < size() ? one() != padding : (++at_, false);
    }

    void skip(std::size_t count) { at_ += count; }
    [[nodiscard]] std::size_t position() const { return at_; }
    [[nodiscard]] std::size_t size() const { return 8 * octets_.size(); }
    [[nodiscard]] std::size_t left() const { return at_ < size() ? size() - at_ : 0; }
    [[nodiscard]] bool overrun() const { return at_ > size(); }

private:
    bool one()
    {
        const std::size_t at = at_++;
        return at < size() && (octets_[at / 8] >> (7U - at % 8U) & 1U) != 0;
    }

    std::span<const std::uint8_t> octets_;
    std::size_t at_;
};

} // namespace gacsong::detect::gsm
