// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/lte/coding/convolutional.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace gacsong::detect::lte {

/// Most bits of a transport block that carries system information.
inline constexpr std::size_t most_block_bits = 2216;

/// Block with its check (crc24a) coded by the turbo code of 3GPP TS 36.212 §5.1.3.2 and rate matched (§5.1.4.1) to
/// `count` bits of redundancy version 0 … 3. `block` has at most most_block_bits bits.
[[nodiscard]] Bits encode_block(std::span<const std::uint8_t> block, unsigned version, std::size_t count);

/// Receives one transport block, from as many transmissions as there are.
class BlockDecoder {
public:
    /// `bits` of the block without its check, at most most_block_bits.
    explicit BlockDecoder(std::size_t bits);
    ~BlockDecoder();
    BlockDecoder(BlockDecoder&&) noexcept;
    BlockDecoder& operator=(BlockDecoder&&) noexcept;

    [[nodiscard]] std::size_t bits() const { return bits_; }

    /// The block and its check, coded and rate matched.
    [[nodiscard]] Bits send(std::span<const std::uint8_t> with_check, unsigned version, std::size_t count) const;

    /// Soft bits (positive for 0) of a transmission of a redundancy version.
    void add(std::span<const float> soft, unsigned version);

    /// The block where its check fits (max-log-MAP, up to 8 turns, none further once it does).
    [[nodiscard]] std::optional<Bits> decode() const;

private:
    struct Shape;
    std::size_t bits_;
    std::shared_ptr<const Shape> shape_;
    std::vector<float> buffer_;
};

/// Sizes of the interleaver that exist, up to what most_block_bits needs, and the interleaver itself.
[[nodiscard]] std::optional<std::size_t> interleaver_size(std::size_t bits);
[[nodiscard]] std::vector<std::size_t> interleaver(std::size_t size);

} // namespace gacsong::detect::lte
