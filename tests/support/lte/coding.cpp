// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lte/coding.hpp"

#include <array>
#include <optional>
#include <stdexcept>
#include <utility>

namespace gacsong::test::lte {

namespace {

struct Size {
    BlockSize block;
    unsigned f1;
    unsigned f2; ///< of the interleaver for 24 bits more (3GPP TS 36.212 table 5.1.3-3)
};
constexpr std::array<Size, 10> sizes{{{{144, 5, 2}, 101, 84},
                                      {{176, 6, 2}, 13, 50},
                                      {{208, 4, 3}, 85, 58},
                                      {{224, 7, 2}, 33, 62},
                                      {{256, 8, 2}, 103, 210},
                                      {{296, 9, 2}, 21, 120},
                                      {{328, 10, 2}, 21, 44},
                                      {{392, 8, 3}, 25, 52},
                                      {{456, 9, 3}, 89, 180},
                                      {{504, 10, 3}, 17, 66}}};

/// Remainder of the bits, followed by as many zeros as the generator has, divided by it.
Bits remainder_of(Bits bits, const Bits& generator)
{
    const std::size_t order = generator.size() - 1;
    const std::size_t size = bits.size();
    bits.resize(size + order);
    for (std::size_t i = 0; i < size; ++i)
        if (bits[i] != 0)
            for (std::size_t j = 0; j <= order; ++j)
                bits[i + j] ^= generator[j];
    return {bits.end() - static_cast<std::ptrdiff_t>(order), bits.end()};
}

/// The matrix of 32 columns: written row by row after dummies, its columns permuted, read column by column.
using Cell = std::optional<std::uint8_t>;
std::vector<Cell> through_columns(const std::vector<Cell>& in, const std::array<unsigned, 32>& order)
{
    const std::size_t rows = (in.size() + 31) / 32;
    std::vector<Cell> matrix(rows * 32 - in.size());
    matrix.insert(matrix.end(), in.begin(), in.end());
    std::vector<Cell> out;
    for (const unsigned column : order)
        for (std::size_t row = 0; row < rows; ++row)
            out.push_back(matrix[32 * row + column]);
    return out;
}

Bits from_buffer(const std::vector<Cell>& buffer, std::size_t first, std::size_t count)
{
    Bits out;
    for (std::size_t k = first; out.size() < count; ++k)
        if (const Cell& cell = buffer[k % buffer.size()])
            out.push_back(*cell);
    return out;
}

/// A constituent encoder (§5.1.3.2.1): feedback 1 + D² + D³, output 1 + D + D³.
class Register {
public:
    std::pair<std::uint8_t, std::uint8_t> put(std::uint8_t bit)
    {
        const auto in = static_cast<std::uint8_t>(bit ^ d_[1] ^ d_[2]);
        return {bit, shift(in)};
    }
    std::pair<std::uint8_t, std::uint8_t> close()
    {
        const auto bit = static_cast<std::uint8_t>(d_[1] ^ d_[2]);
        return {bit, shift(0)};
    }

private:
    std::uint8_t shift(std::uint8_t in)
    {
        const auto parity = static_cast<std::uint8_t>(in ^ d_[0] ^ d_[2]);
        d_ = {in, d_[0], d_[1]};
        return parity;
    }
    std::array<std::uint8_t, 3> d_{};
};

std::array<std::vector<Cell>, 3> turbo(const Bits& bits, const Size& size)
{
    const std::size_t k = bits.size();
    Register first;
    Register second;
    std::array<std::vector<Cell>, 3> d;
    for (std::size_t i = 0; i < k; ++i) {
        d[0].emplace_back(bits[i]);
        d[1].emplace_back(first.put(bits[i]).second);
        d[2].emplace_back(second.put(bits[(size.f1 * i + size.f2 * i % k * i) % k]).second);
    }
    // §5.1.3.2.2: x and z of the first register, then of the second one, dealt out in turn.
    std::vector<std::uint8_t> tail;
    for (Register* one : {&first, &second})
        for (int i = 0; i < 3; ++i) {
            const auto [x, z] = one->close();
            tail.push_back(x);
            tail.push_back(z);
        }
    for (std::size_t i = 0; i < tail.size(); ++i)
        d.at(i % 3).emplace_back(tail[i]);
    return d;
}

} // namespace

Bits bits_of(std::uint32_t value, std::size_t count)
{
    Bits out;
    for (std::size_t i = count; i-- > 0;)
        out.push_back(static_cast<std::uint8_t>(value >> i & 1U));
    return out;
}

Bits bits_of(std::span<const std::uint8_t> octets, std::size_t count)
{
    Bits out;
    for (const std::uint8_t octet : octets)
        for (unsigned i = 8; i-- > 0;)
            out.push_back(static_cast<std::uint8_t>(octet >> i & 1U));
    if (count > 0)
        out.resize(count);
    return out;
}

Bits code_control(Bits bits, std::uint16_t mask, std::size_t count)
{
    static constexpr std::array<unsigned, 32> order{1, 17, 9, 25, 5, 21, 13, 29, 3, 19, 11, 27, 7, 23, 15, 31,
                                                    0, 16, 8, 24, 4, 20, 12, 28, 2, 18, 10, 26, 6, 22, 14, 30};
    static const Bits generator = bits_of(0x11021U, 17); // D16 + D12 + D5 + 1
    Bits check = remainder_of(bits, generator);
    const Bits turn = bits_of(mask, 16);
    for (std::size_t i = 0; i < 16; ++i)
        bits.push_back(check[i] ^ turn[i]);
    const std::size_t n = bits.size();
    std::vector<Cell> buffer;
    for (const unsigned polynomial : {0133U, 0171U, 0165U}) {
        std::vector<Cell> stream;
        for (std::size_t k = 0; k < n; ++k) {
            unsigned sum = 0;
            for (unsigned age = 0; age < 7; ++age) // the highest bit of the polynomial belongs to the newest bit
                sum ^= (polynomial >> (6U - age) & 1U) & bits[(k + n - age) % n];
            stream.emplace_back(static_cast<std::uint8_t>(sum));
        }
        const auto turned = through_columns(stream, order);
        buffer.insert(buffer.end(), turned.begin(), turned.end());
    }
    return from_buffer(buffer, 0, count);
}

BlockSize block_size(std::size_t bits)
{
    for (const Size& size : sizes)
        if (size.block.bits >= bits)
            return size.block;
    throw std::invalid_argument("lte: the message is too long");
}

Bits code_block(Bits bits, unsigned version, std::size_t count)
{
    static constexpr std::array<unsigned, 32> order{0, 16, 8, 24, 4, 20, 12, 28, 2, 18, 10, 26, 6, 22, 14, 30,
                                                    1, 17, 9, 25, 5, 21, 13, 29, 3, 19, 11, 27, 7, 23, 15, 31};
    static const Bits generator = bits_of(0x1864CFBU, 25);
    const Size* size = nullptr;
    for (const Size& one : sizes)
        if (one.block.bits == bits.size())
            size = &one;
    if (size == nullptr)
        throw std::invalid_argument("lte: no such transport block");
    const Bits check = remainder_of(bits, generator);
    bits.insert(bits.end(), check.begin(), check.end());
    const auto d = turbo(bits, *size);
    const auto v0 = through_columns(d[0], order);
    const auto v1 = through_columns(d[1], order);
    // The third stream is read one place later.
    const std::size_t all = v0.size();
    const std::size_t rows = all / 32;
    std::vector<Cell> padded(all - d[2].size());
    padded.insert(padded.end(), d[2].begin(), d[2].end());
    std::vector<Cell> buffer = v0;
    for (std::size_t k = 0; k < all; ++k) {
        buffer.push_back(v1[k]);
        buffer.push_back(padded[(order.at(k / rows) + 32 * (k % rows) + 1) % all]);
    }
    const std::size_t part = (3 * all + 8 * rows - 1) / (8 * rows);
    return from_buffer(buffer, rows * (2 * part * version + 2), count);
}

} // namespace gacsong::test::lte
