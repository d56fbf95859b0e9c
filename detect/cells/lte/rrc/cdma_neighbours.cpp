// SPDX-License-Identifier: GPL-3.0-or-later
// System information block of type 8: CDMA2000 HRPD and 1xRTT.
#include "detect/cells/lte/rrc/neighbours.hpp"

#include <array>
#include <optional>
#include <string>

namespace gacsong::detect::lte {

namespace {

constexpr unsigned speed_factor_bits = 4;

/// What is said of a band class; those of a later release are class −1.
std::int64_t read_band_class(UperReader& in)
{
    constexpr unsigned known = 32;
    if (!in.bit())
        return in.enumerated(known);
    in.small();
    return -1;
}

struct BandClass {
    std::optional<std::uint64_t> priority;
    std::int64_t threshold_low = -1;
};
constexpr std::size_t most_classes = 32;
using BandClasses = std::array<BandClass, most_classes>;

BandClasses read_band_classes(UperReader& in)
{
    BandClasses out;
    const auto count = in.integer(1, most_classes);
    for (std::int64_t i = 0; i < count && !in.failed(); ++i) {
        const bool extended = in.bit();
        const bool has_priority = in.bit();
        const auto number = read_band_class(in);
        BandClass one;
        if (has_priority)
            one.priority = static_cast<std::uint64_t>(in.integer(0, 7));
        in.skip(6);
        one.threshold_low = in.integer(0, 63);
        if (extended)
            in.skip_additions();
        if (number >= 0)
            out.at(static_cast<std::size_t>(number)) = one;
    }
    return out;
}

/// CellReselectionParametersCDMA2000; its fields begin with `name`.
void read_reselection(UperReader& in, const std::string& name, Broadcast& out)
{
    const bool speed = in.bit();
    const BandClasses classes = read_band_classes(in);
    std::vector<std::int64_t> channels;
    std::vector<std::int64_t> bands;
    std::vector<std::int64_t> priorities;
    std::vector<std::int64_t> low;
    std::vector<std::int64_t> offsets;
    const auto count = in.integer(1, 16);
    for (std::int64_t i = 0; i < count && !in.failed(); ++i) {
        const auto band = read_band_class(in);
        const BandClass about = band >= 0 ? classes.at(static_cast<std::size_t>(band)) : BandClass{};
        const auto frequencies = in.integer(1, 16);
        for (std::int64_t f = 0; f < frequencies && !in.failed(); ++f) {
            const auto channel = in.integer(0, 2047);
            const auto cells = in.integer(1, 16);
            for (std::int64_t c = 0; c < cells && !in.failed(); ++c)
                offsets.push_back(in.integer(0, 511));
            if (in.failed())
                return;
            channels.push_back(channel);
            bands.push_back(band);
            priorities.push_back(about.priority ? static_cast<std::int64_t>(*about.priority) : -1);
            low.push_back(about.threshold_low);
            out.facts.neighbours.push_back({"cdma2000", static_cast<std::uint64_t>(channel), about.priority});
        }
    }
    in.skip(3 + (speed ? speed_factor_bits : 0U));
    out.fields.emplace_back(name + "_carriers", std::move(channels));
    out.fields.emplace_back(name + "_band_classes", std::move(bands));
    out.fields.emplace_back(name + "_priorities", std::move(priorities));
    out.fields.emplace_back(name + "_thresh_x_low", std::move(low));
    out.fields.emplace_back(name + "_pn_offsets", std::move(offsets));
}

void read_packet_data(UperReader& in, Broadcast& out)
{
    const bool reselection = in.bit();
    const bool zone = in.bit();
    const bool others = in.bit();
    out.fields.emplace_back("hrpd_pre_registration", in.bit());
    if (zone)
        out.fields.emplace_back("hrpd_zone", std::int64_t{in.bits(8)});
    if (others)
        in.skip(8 * static_cast<std::size_t>(in.integer(1, 2)));
    if (reselection)
        read_reselection(in, "hrpd", out);
}

void read_voice(UperReader& in, Broadcast& out)
{
    constexpr unsigned long_code_bits = 42;
    const bool registration = in.bit();
    const bool long_code = in.bit();
    const bool reselection = in.bit();
    if (registration) {
        out.fields.emplace_back("onexrtt_sid", std::int64_t{in.bits(15)});
        out.fields.emplace_back("onexrtt_nid", std::int64_t{in.bits(16)});
        in.skip(7 + 7 + 12 + 3 + 3);
    }
    if (long_code)
        in.skip(long_code_bits);
    if (reselection)
        read_reselection(in, "onexrtt", out);
}

} // namespace

void read_cdma_carriers(UperReader& in, Broadcast& out)
{
    const bool extended = in.bit();
    const bool time = in.bit();
    const bool window = in.bit();
    const bool packet_data = in.bit();
    const bool voice = in.bit();
    if (time) {
        out.fields.emplace_back("cdma_synchronised", in.bit());
        in.skip(in.bit() ? 49 : 39);
    }
    if (window)
        in.skip(4);
    if (packet_data)
        read_packet_data(in, out);
    if (voice)
        read_voice(in, out);
    if (extended)
        in.skip_additions();
}

} // namespace gacsong::detect::lte
