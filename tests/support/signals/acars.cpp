// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/signals/acars.hpp"

#include "dsp/coding/cyclic.hpp"
#include "tests/support/signals/loop.hpp"

#include <bit>
#include <cmath>
#include <numbers>

namespace gacsong::test {

namespace {

constexpr double bit_rate = 2400.0;
constexpr unsigned pre_key_octets = 16;

void send(std::vector<std::uint8_t>& bits, unsigned octet)
{
    for (unsigned i = 0; i < 8; ++i)
        bits.push_back(static_cast<std::uint8_t>(octet >> i & 1U));
}

/// Seven bits and odd parity.
unsigned with_parity(unsigned character) { return std::popcount(character) % 2 == 0 ? character | 0x80U : character; }

class AcarsSignal final : public Waveform {
public:
    AcarsSignal(Description description, const AcarsSettings& settings)
        : Waveform(std::move(description)), depth_(settings.depth)
    {
        std::uint8_t before = 1;
        double cycles = 0.0;
        for (const std::uint8_t bit : acars_bits(settings)) {
            tones_hz_.push_back(bit == before ? 2400.0 : 1200.0);
            starts_.push_back(cycles);
            cycles += tones_hz_.back() / bit_rate;
            before = bit;
        }
    }

    void sample(double t0_s, double dt_s, std::span<std::complex<double>> out) const override
    {
        const double scale = 1.0 / std::sqrt(1.0 + 0.5 * depth_ * depth_);
        for (std::size_t i = 0; i < out.size(); ++i) {
            const double at =
                wrap((t0_s + static_cast<double>(i) * dt_s) * bit_rate, static_cast<double>(tones_hz_.size()));
            const auto bit = std::min(static_cast<std::size_t>(at), tones_hz_.size() - 1);
            const double cycles = starts_[bit] + tones_hz_[bit] / bit_rate * (at - static_cast<double>(bit));
            out[i] = scale * (1.0 + depth_ * std::sin(2.0 * std::numbers::pi * cycles));
        }
    }

private:
    double depth_;
    std::vector<double> tones_hz_; ///< of each bit
    std::vector<double> starts_;   ///< phase where the bit begins, cycles
};

} // namespace

std::vector<std::uint8_t> acars_bits(const AcarsSettings& settings)
{
    constexpr unsigned syn = 0x16;
    std::vector<std::uint8_t> bits(8 * pre_key_octets, 1);
    for (const unsigned octet : {static_cast<unsigned>('+'), static_cast<unsigned>('*'), syn, syn, 0x01U})
        send(bits, with_parity(octet));
    const std::size_t checked = bits.size();
    const std::string header = "2" + settings.address.substr(settings.address.size() - 7) + "\x15" + "H11\x02";
    for (const char c : header + settings.text + "\x03")
        send(bits, with_parity(static_cast<unsigned>(c)));
    // Sent as it leaves the register, the highest power first.
    std::uint32_t rest = dsp::cyclic_remainder(std::span(bits).subspan(checked), 0x1021, 16);
    if (!settings.good)
        rest ^= 0x0810U;
    for (unsigned i = 16; i-- > 0;)
        bits.push_back(static_cast<std::uint8_t>(rest >> i & 1U));
    send(bits, 0x7F);
    return bits;
}

WaveformPtr acars(const AcarsSettings& settings)
{
    Description d;
    d.modulation = "AM";
    d.system = settings.good ? "ACARS" : "unknown";
    d.span_hz = 9e3;
    return std::make_shared<AcarsSignal>(std::move(d), settings);
}

} // namespace gacsong::test
