// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/coding/turbo.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace gacsong::detect::lte {

namespace {

/// f1 and f2 of 3GPP TS 36.212 table 5.1.3-3, for sizes 40, 48 … 512, 528 … 1024, 1056 … 2048, 2112 … 2240.
constexpr std::size_t sizes = 127;
constexpr std::array<std::uint8_t, sizes> f1{
    3,   7,   19,  7,   7,  11,  5,  11,  7,   41,  103, 15,  9,   17,  9,   21,  101, 21,  57,  23, 13,  27,
    11,  27,  85,  29,  33, 15,  17, 33,  103, 19,  19,  37,  19,  21,  21,  115, 193, 21,  133, 81, 45,  23,
    243, 151, 155, 25,  51, 47,  91, 29,  29,  247, 29,  89,  91,  157, 55,  31,  17,  35,  227, 65, 19,  37,
    41,  39,  185, 43,  21, 155, 79, 139, 23,  217, 25,  17,  127, 25,  239, 17,  137, 215, 29,  15, 147, 29,
    59,  65,  55,  31,  17, 171, 67, 35,  19,  39,  19,  199, 21,  211, 21,  43,  149, 45,  49,  71, 13,  17,
    25,  183, 55,  127, 27, 29,  29, 57,  45,  31,  59,  185, 113, 31,  17,  171, 209};
constexpr std::array<std::uint16_t, sizes> f2{
    10,  12,  42,  16,  18,  20,  22,  24,  26,  84,  90,  32,  34,  108, 38,  120, 84,  44,  46,  48, 50,  52,
    36,  56,  58,  60,  62,  32,  198, 68,  210, 36,  74,  76,  78,  120, 82,  84,  86,  44,  90,  46, 94,  48,
    98,  40,  102, 52,  106, 72,  110, 168, 114, 58,  118, 180, 122, 62,  84,  64,  66,  68,  420, 96, 74,  76,
    234, 80,  82,  252, 86,  44,  120, 92,  94,  48,  98,  80,  102, 52,  106, 48,  110, 112, 114, 58, 118, 60,
    122, 124, 84,  64,  66,  204, 140, 72,  74,  76,  78,  240, 82,  252, 86,  88,  60,  92,  846, 48, 28,  80,
    102, 104, 954, 96,  110, 112, 114, 116, 354, 120, 610, 124, 420, 64,  66,  136, 420};

std::size_t size_of(std::size_t index)
{
    if (index < 60)
        return 40 + 8 * index;
    if (index < 92)
        return 528 + 16 * (index - 60);
    if (index < 124)
        return 1056 + 32 * (index - 92);
    return 2112 + 64 * (index - 124);
}

constexpr std::size_t columns = 32;
constexpr std::array<std::uint8_t, columns> column_order{0, 16, 8, 24, 4, 20, 12, 28, 2, 18, 10, 26, 6, 22, 14, 30,
                                                         1, 17, 9, 25, 5, 21, 13, 29, 3, 19, 11, 27, 7, 23, 15, 31};
constexpr std::size_t check_bits = 24;
constexpr std::size_t tail = 3;
constexpr unsigned states = 8;
constexpr int most_turns = 8;
constexpr float extrinsic_share = 0.75F; ///< what max-log overrates is taken back

/// Of the constituent encoder: state bits are D¹ (lowest) … D³; feedback 1 + D² + D³, output 1 + D + D³.
struct Step {
    unsigned next;
    unsigned parity;
};

constexpr Step step(unsigned state, unsigned bit)
{
    const unsigned d1 = state & 1U;
    const unsigned d2 = state >> 1U & 1U;
    const unsigned d3 = state >> 2U & 1U;
    const unsigned in = bit ^ d2 ^ d3;
    return {(state << 1U & 7U) | in, in ^ d1 ^ d3};
}

/// The input that brings a zero into the register.
constexpr unsigned closing_bit(unsigned state) { return (state >> 1U & 1U) ^ (state >> 2U & 1U); }

struct Constituent {
    Bits parity;
    std::array<std::uint8_t, tail> tail_bits{};
    std::array<std::uint8_t, tail> tail_parity{};
};

Constituent encode(std::span<const std::uint8_t> bits)
{
    Constituent out;
    unsigned state = 0;
    for (const auto bit : bits) {
        const Step s = step(state, bit);
        out.parity.push_back(static_cast<std::uint8_t>(s.parity));
        state = s.next;
    }
    for (std::size_t i = 0; i < tail; ++i) {
        const unsigned bit = closing_bit(state);
        const Step s = step(state, bit);
        out.tail_bits.at(i) = static_cast<std::uint8_t>(bit);
        out.tail_parity.at(i) = static_cast<std::uint8_t>(s.parity);
        state = s.next;
    }
    return out;
}

/// One pass over a constituent code: soft bits of the inputs (channel and what the other decoder thinks) and parities,
/// with tails; gives what the code adds to each input.
void max_log_map(std::span<const float> inputs, std::span<const float> parities, std::vector<float>& alphas,
                 std::span<float> extrinsic)
{
    constexpr float never = -1e9F;
    const std::size_t n = extrinsic.size();
    const std::size_t steps = n + tail;
    alphas.resize((steps + 1) * states);
    std::fill_n(alphas.begin(), states, never);
    alphas[0] = 0.0F;
    // Of a branch: +x/2 for an input 0 and −x/2 for 1, likewise the parity.
    for (std::size_t i = 0; i < steps; ++i) {
        const float x = 0.5F * inputs[i];
        const float p = 0.5F * parities[i];
        const float* now = alphas.data() + i * states;
        float* then = alphas.data() + (i + 1) * states;
        std::fill_n(then, states, never);
        for (unsigned s = 0; s < states; ++s)
            for (unsigned bit = 0; bit < 2; ++bit) {
                if (i >= n && bit != closing_bit(s))
                    continue;
                const Step b = step(s, bit);
                const float metric = now[s] + (bit != 0 ? -x : x) + (b.parity != 0 ? -p : p);
                then[b.next] = std::max(then[b.next], metric);
            }
        const float top = *std::max_element(then, then + states);
        for (unsigned s = 0; s < states; ++s)
            then[s] -= top;
    }
    std::array<float, states> beta;
    beta.fill(never);
    beta[0] = 0.0F;
    for (std::size_t i = steps; i-- > 0;) {
        const float x = 0.5F * inputs[i];
        const float p = 0.5F * parities[i];
        const float* alpha = alphas.data() + i * states;
        std::array<float, states> before;
        before.fill(never);
        std::array<float, 2> best{never, never};
        for (unsigned s = 0; s < states; ++s)
            for (unsigned bit = 0; bit < 2; ++bit) {
                if (i >= n && bit != closing_bit(s))
                    continue;
                const Step b = step(s, bit);
                const float parity = b.parity != 0 ? -p : p;
                const float onward = beta[b.next] + parity;
                before[s] = std::max(before[s], onward + (bit != 0 ? -x : x));
                best[bit] = std::max(best[bit], alpha[s] + onward);
            }
        if (i < n)
            extrinsic[i] = best[0] - best[1];
        const float top = *std::ranges::max_element(before);
        for (unsigned s = 0; s < states; ++s)
            beta[s] = before[s] - top;
    }
}

} // namespace

/// How the bits of a block lie in the circular buffer.
struct BlockDecoder::Shape {
    std::size_t size = 0;   ///< of the interleaver
    std::size_t filler = 0; ///< bits before the block
    std::size_t rows = 0;
    std::vector<std::size_t> order;  ///< of the code's interleaver
    std::vector<std::size_t> buffer; ///< stream · (size + 4) + index of each place, or `none`

    static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

    explicit Shape(std::size_t bits)
    {
        size = interleaver_size(bits + check_bits).value_or(0);
        filler = size - (bits + check_bits);
        order = interleaver(size);
        const std::size_t length = size + 4;
        rows = (length + columns - 1) / columns;
        const std::size_t all = rows * columns;
        const std::size_t dummies = all - length;
        const auto place = [&](std::size_t stream, std::size_t at) {
            if (at < dummies)
                return none;
            const std::size_t index = at - dummies;
            return stream < 2 && index < filler ? none : stream * length + index;
        };
        buffer.assign(3 * all, none);
        for (std::size_t k = 0; k < all; ++k) {
            const std::size_t plain = k % rows * columns + column_order[k / rows];
            buffer[k] = place(0, plain);
            buffer[all + 2 * k] = place(1, plain);
            buffer[all + 2 * k + 1] = place(2, (plain + 1) % all);
        }
    }

    [[nodiscard]] std::size_t start(unsigned version) const
    {
        return rows * (2 * ((buffer.size() + 8 * rows - 1) / (8 * rows)) * version + 2);
    }

    /// Calls visit(place) for `count` bits of a version.
    template <class Visit> void walk(unsigned version, std::size_t count, const Visit& visit) const
    {
        std::size_t at = start(version) % buffer.size();
        for (std::size_t done = 0; done < count; at = at + 1 == buffer.size() ? 0 : at + 1)
            if (buffer[at] != none) {
                visit(buffer[at], done);
                ++done;
            }
    }
};

std::optional<std::size_t> interleaver_size(std::size_t bits)
{
    for (std::size_t i = 0; i < sizes; ++i)
        if (size_of(i) >= bits)
            return size_of(i);
    return std::nullopt;
}

std::vector<std::size_t> interleaver(std::size_t size)
{
    std::vector<std::size_t> out(size);
    for (std::size_t index = 0; index < sizes; ++index)
        if (size_of(index) == size)
            for (std::size_t i = 0; i < size; ++i)
                out[i] = (f1.at(index) * i + f2.at(index) * i * i) % size;
    return out;
}

Bits encode_block(std::span<const std::uint8_t> block, unsigned version, std::size_t count)
{
    Bits bits(block.begin(), block.end());
    const std::uint32_t check = crc24a(block);
    for (std::size_t i = 0; i < check_bits; ++i)
        bits.push_back(static_cast<std::uint8_t>(check >> (check_bits - 1 - i) & 1U));
    return BlockDecoder(block.size()).send(bits, version, count);
}

BlockDecoder::BlockDecoder(std::size_t bits)
    : bits_(bits), shape_(std::make_shared<const Shape>(std::min(bits, most_block_bits))),
      buffer_(3 * (shape_->size + 4))
{
}

BlockDecoder::~BlockDecoder() = default;
BlockDecoder::BlockDecoder(BlockDecoder&&) noexcept = default;
BlockDecoder& BlockDecoder::operator=(BlockDecoder&&) noexcept = default;

Bits BlockDecoder::send(std::span<const std::uint8_t> with_check, unsigned version, std::size_t count) const
{
    const Shape& shape = *shape_;
    Bits first(shape.filler);
    first.insert(first.end(), with_check.begin(), with_check.end());
    Bits second(shape.size);
    for (std::size_t i = 0; i < shape.size; ++i)
        second[i] = first[shape.order[i]];
    const Constituent a = encode(first);
    const Constituent b = encode(second);
    const std::size_t length = shape.size + 4;
    Bits streams(3 * length);
    for (std::size_t i = 0; i < shape.size; ++i) {
        streams[i] = first[i];
        streams[length + i] = a.parity[i];
        streams[2 * length + i] = b.parity[i];
    }
    const std::size_t end = shape.size;
    const std::array<std::uint8_t, 12> tails{a.tail_bits[0],   a.tail_parity[1], b.tail_bits[0],   b.tail_parity[1],
                                             a.tail_parity[0], a.tail_bits[2],   b.tail_parity[0], b.tail_bits[2],
                                             a.tail_bits[1],   a.tail_parity[2], b.tail_bits[1],   b.tail_parity[2]};
    for (std::size_t i = 0; i < tails.size(); ++i)
        streams[i / 4 * length + end + i % 4] = tails.at(i);
    Bits out(count);
    shape.walk(version, count, [&](std::size_t place, std::size_t i) { out[i] = streams[place]; });
    return out;
}

void BlockDecoder::add(std::span<const float> soft, unsigned version)
{
    shape_->walk(version, soft.size(), [&](std::size_t place, std::size_t i) { buffer_[place] += soft[i]; });
}

std::optional<Bits> BlockDecoder::decode() const
{
    const Shape& shape = *shape_;
    const std::size_t n = shape.size;
    const std::size_t length = n + 4;
    const float* d0 = buffer_.data();
    const float* d1 = d0 + length;
    const float* d2 = d1 + length;
    constexpr float certain = 1e4F;
    std::vector<float> systematic(d0, d0 + n);
    std::fill_n(systematic.begin(), shape.filler, certain);
    std::vector<float> inputs_a(n + tail);
    std::vector<float> inputs_b(n + tail);
    std::vector<float> parity_a(d1, d1 + n);
    std::vector<float> parity_b(d2, d2 + n);
    std::fill_n(parity_a.begin(), shape.filler, certain);
    // Tails: x z x z of both encoders, spread over the ends of the streams (§5.1.3.2.2).
    parity_a.insert(parity_a.end(), {d1[n], d0[n + 1], d2[n + 1]});
    parity_b.insert(parity_b.end(), {d1[n + 2], d0[n + 3], d2[n + 3]});
    const std::array<float, tail> tail_a{d0[n], d2[n], d1[n + 1]};
    const std::array<float, tail> tail_b{d0[n + 2], d2[n + 2], d1[n + 3]};
    std::copy(tail_a.begin(), tail_a.end(), inputs_a.begin() + static_cast<std::ptrdiff_t>(n));
    std::copy(tail_b.begin(), tail_b.end(), inputs_b.begin() + static_cast<std::ptrdiff_t>(n));

    std::vector<float> alphas;
    std::vector<float> from_a(n);
    std::vector<float> from_b(n);
    std::vector<float> known_a(n); // what b says, in a's order
    Bits bits(n);
    for (int turn = 0; turn < most_turns; ++turn) {
        for (std::size_t i = 0; i < n; ++i)
            inputs_a[i] = systematic[i] + extrinsic_share * known_a[i];
        max_log_map(inputs_a, parity_a, alphas, from_a);
        for (std::size_t i = 0; i < n; ++i)
            inputs_b[i] = systematic[shape.order[i]] + extrinsic_share * from_a[shape.order[i]];
        max_log_map(inputs_b, parity_b, alphas, from_b);
        for (std::size_t i = 0; i < n; ++i)
            known_a[shape.order[i]] = from_b[i];
        for (std::size_t i = 0; i < n; ++i)
            bits[i] = systematic[i] + from_a[i] + known_a[i] < 0.0F ? 1 : 0;
        const auto message = std::span(bits).subspan(shape.filler, bits_);
        const bool empty = std::ranges::none_of(message, [](std::uint8_t bit) { return bit != 0; });
        if (!empty && crc24a(message) == number(std::span(bits).last(check_bits)))
            return Bits(message.begin(), message.end());
    }
    return std::nullopt;
}

} // namespace gacsong::detect::lte
