// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace gacsong::detect::lte {

/// Reads unaligned packed encoding rules (ITU-T X.691). Bits behind the end are 0 and failed() tells of them; what was
/// read before stays good.
class UperReader {
public:
    explicit UperReader(std::span<const std::uint8_t> bits) : bits_(bits) {}

    bool bit()
    {
        if (at_ >= bits_.size()) {
            failed_ = true;
            return false;
        }
        return bits_[at_++] != 0;
    }

    /// count ≤ 32.
    std::uint32_t bits(unsigned count)
    {
        std::uint32_t value = 0;
        for (unsigned i = 0; i < count; ++i)
            value = value << 1U | (bit() ? 1U : 0U);
        return value;
    }

    /// A whole number of a range, as few bits as its size needs; one beyond the range is a failure.
    std::int64_t integer(std::int64_t low, std::int64_t high)
    {
        unsigned count = 0;
        while ((std::int64_t{1} << count) < high - low + 1)
            ++count;
        const std::int64_t value = low + bits(count);
        if (value > high)
            failed_ = true;
        return std::min(value, high);
    }

    /// An enumeration of `count` values without extension.
    unsigned enumerated(unsigned count) { return static_cast<unsigned>(integer(0, count - 1)); }

    /// Length determinant of an open type or an unbounded list; fragments are a failure.
    std::size_t length()
    {
        if (!bit())
            return bits(7);
        if (!bit())
            return bits(14);
        failed_ = true;
        return 0;
    }

    /// A small whole number, as extension marks use it.
    std::size_t small()
    {
        if (!bit())
            return bits(6);
        const std::size_t octets = length();
        if (octets > 4) {
            failed_ = true;
            return 0;
        }
        return bits(static_cast<unsigned>(8 * octets));
    }

    void skip(std::size_t count)
    {
        if (count > bits_.size() - at_) {
            failed_ = true;
            at_ = bits_.size();
        } else {
            at_ += count;
        }
    }

    /// Passes over the additions of an extensible sequence, whose extension bit was 1.
    void skip_additions()
    {
        const std::size_t count = small() + 1;
        std::size_t present = 0;
        for (std::size_t i = 0; i < count && !failed_; ++i)
            present += bit() ? 1U : 0U;
        for (std::size_t i = 0; i < present && !failed_; ++i)
            skip(8 * length());
    }

    /// A part of an open type, to be read on its own; this reader goes on behind it.
    UperReader open_type()
    {
        const std::size_t size = std::min(8 * length(), bits_.size() - at_);
        UperReader inner(bits_.subspan(at_, size));
        skip(size);
        return inner;
    }

    void fail() { failed_ = true; }
    [[nodiscard]] bool failed() const { return failed_; }
    [[nodiscard]] std::size_t position() const { return at_; }

private:
    std::span<const std::uint8_t> bits_;
    std::size_t at_ = 0;
    bool failed_ = false;
};

} // namespace gacsong::detect::lte
