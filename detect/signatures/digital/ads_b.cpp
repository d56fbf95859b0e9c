// SPDX-License-Identifier: GPL-3.0-or-later
// ADS-B and the acquisition squitter of Mode S (ICAO Annex 10, volume IV, 3.1.2): pulses of 0.5 µs, a preamble of four
// at 0, 1, 3.5 and 4.5 µs, from 8 µs on 56 or 112 bits by the half of a microsecond that holds the pulse, the last 24
// of them parity.
#include "detect/signatures/signature.hpp"
#include "dsp/coding/cyclic.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace gacsong::detect {

namespace {

constexpr double narrowest_hz = 500e3;
constexpr double widest_hz = 12e6;
constexpr double least_rate_hz = 1.99e6;
constexpr double half_bit_s = 0.5e-6;
constexpr std::size_t preamble = 16; ///< half bits
constexpr std::size_t short_bits = 56;
constexpr std::size_t long_bits = 112;
constexpr std::size_t cells = preamble + 2 * long_bits;
constexpr std::array<std::size_t, 4> pulses{0, 2, 7, 9};
constexpr std::uint32_t parity = 0xFFF409;
constexpr std::size_t phases = 2; ///< starts tried for each sample

/// Energy of stretches of a fractional length.
class Energy {
public:
    Energy(std::span<const std::complex<float>> samples, double rate_hz) : per_cell_(rate_hz * half_bit_s)
    {
        sum_.reserve(samples.size() + 1);
        sum_.push_back(0.0);
        for (const auto& z : samples)
            sum_.push_back(sum_.back() + static_cast<double>(std::norm(z)));
    }

    /// Starts (in samples) that leave room for the longest message.
    [[nodiscard]] std::size_t starts() const
    {
        const auto needed = static_cast<std::size_t>(per_cell_ * static_cast<double>(cells)) + 2;
        return sum_.size() > needed ? sum_.size() - needed : 0;
    }

    [[nodiscard]] double cell(double start, std::size_t number) const
    {
        const double from = start + per_cell_ * static_cast<double>(number);
        return at(from + per_cell_) - at(from);
    }

private:
    [[nodiscard]] double at(double place) const
    {
        const auto i = static_cast<std::size_t>(place);
        const double part = place - static_cast<double>(i);
        return sum_[i] + (i + 1 < sum_.size() ? part * (sum_[i + 1] - sum_[i]) : 0.0);
    }

    double per_cell_;
    std::vector<double> sum_;
};

bool has_preamble(const Energy& energy, double start)
{
    double least = energy.cell(start, 0);
    if (least <= energy.cell(start, 1))
        return false;
    for (const std::size_t pulse : pulses)
        least = std::min(least, energy.cell(start, pulse));
    double quiet = 0.0;
    for (const std::size_t rest : {1U, 3U, 4U, 5U, 6U, 8U, 11U, 12U, 13U, 14U})
        quiet += 0.1 * energy.cell(start, rest);
    return least > 2.0 * quiet;
}

/// 24 bits of address of a message that passed, as it is sent in the clear.
std::optional<std::uint32_t> address_at(const Energy& energy, double start)
{
    std::array<std::uint8_t, long_bits> bits{};
    for (std::size_t i = 0; i < long_bits; ++i)
        bits[i] = energy.cell(start, preamble + 2 * i) > energy.cell(start, preamble + 2 * i + 1) ? 1U : 0U;
    const std::uint64_t format = dsp::number_of(bits, 5);
    const bool extended = format == 17 || format == 18;
    if (!extended && format != 11)
        return std::nullopt;
    const auto message = std::span<const std::uint8_t>(bits).first(extended ? long_bits : short_bits);
    if (dsp::cyclic_remainder(message, parity, 24) != 0)
        return std::nullopt;
    return static_cast<std::uint32_t>(dsp::number_of(message.subspan(8), 24));
}

std::string hex_of(std::uint32_t address)
{
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%06X", address);
    return text.data();
}

bool admits(const Look& look)
{
    const Emission& e = look.emission();
    const std::string& name = e.modulation.name;
    return e.bandwidth_hz >= narrowest_hz && e.bandwidth_hz <= widest_hz &&
           look.replay().sample_rate_hz >= least_rate_hz &&
           (name == "pulse" || name == "OOK" || name == "ASK" || name == "unknown");
}

std::optional<Sighting> look_at(Look& look)
{
    Cut wanted;
    wanted.half_width_hz = 1.3e6;
    wanted.rate_hz = 4e6;
    wanted.most_s = 0.25;
    wanted.most_samples = std::size_t{1} << 20U;
    wanted.margin_s = 20e-6;
    wanted.join_s = 200e-6;
    wanted.spread = false;
    const Clip clip = look.cut(wanted);
    std::map<std::uint32_t, std::int64_t> heard;
    std::int64_t frames = 0;
    for (std::size_t p = 0; p < clip.pieces.size(); ++p) {
        const Energy energy(clip.piece(p), clip.rate_hz);
        const std::size_t starts = energy.starts() * phases;
        for (std::size_t i = 0; i < starts; ++i) {
            const double start = static_cast<double>(i) / static_cast<double>(phases);
            if (!has_preamble(energy, start))
                continue;
            const auto address = address_at(energy, start);
            if (!address)
                continue;
            ++frames;
            ++heard[*address];
            i += phases * static_cast<std::size_t>(clip.rate_hz * half_bit_s * static_cast<double>(preamble));
        }
    }
    if (frames == 0)
        return std::nullopt;
    Sighting s;
    s.system = "ADS-B";
    s.checked = true;
    s.frames = frames;
    s.confidence = frames > 1 ? 0.99 : 0.9;
    const auto most =
        std::max_element(heard.begin(), heard.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    s.identity["icao"] = hex_of(most->first);
    s.modulation = Modulation{"pulse", 0.99, std::nullopt, std::nullopt};
    return s;
}

} // namespace

extern const Signature signature_ads_b;
const Signature signature_ads_b{
    .info = {.id = "ads-b", .system = "ADS-B", .proof = Proof::crc, .mistaken_for = "ISM device"},
    .admits = admits,
    .look = look_at};

} // namespace gacsong::detect
