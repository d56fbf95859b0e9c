// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/rrc/neighbours.hpp"

#include <optional>

namespace gacsong::detect::lte {

namespace {

constexpr unsigned offset_bits = 5;
constexpr unsigned speed_factor_bits = 4;

void close(UperReader& in, bool extended)
{
    if (extended)
        in.skip_additions();
}

std::optional<std::uint64_t> read_priority(UperReader& in, bool there)
{
    if (!there)
        return std::nullopt;
    return static_cast<std::uint64_t>(in.integer(0, 7));
}

void skip_ranges(UperReader& in)
{
    const auto count = in.integer(1, 16);
    for (std::int64_t i = 0; i < count && !in.failed(); ++i) {
        const bool range = in.bit();
        in.skip(range ? 9 + 4 : 9);
    }
}

/// Fields of a list of carriers, for those who look for lures: one number for each carrier, −1 where there is none.
struct Carriers {
    std::vector<std::int64_t> channels;
    std::vector<std::int64_t> priorities;
    std::vector<std::int64_t> low;

    void add(std::int64_t channel, std::optional<std::uint64_t> priority, std::int64_t threshold_low)
    {
        channels.push_back(channel);
        priorities.push_back(priority ? static_cast<std::int64_t>(*priority) : -1);
        low.push_back(threshold_low);
    }

    void give(Broadcast& out, const std::string& technology)
    {
        out.fields.emplace_back(technology + "_carriers", std::move(channels));
        out.fields.emplace_back(technology + "_priorities", std::move(priorities));
        out.fields.emplace_back(technology + "_thresh_x_low", std::move(low));
    }
};

/// Up to 31 channels that follow the first one (§6.3.4, CarrierFreqsGERAN).
std::vector<std::int64_t> read_following(UperReader& in, std::int64_t first)
{
    constexpr std::int64_t channels = 1024;
    std::vector<std::int64_t> out;
    switch (in.enumerated(3)) {
    case 0: {
        const auto count = in.integer(0, 31);
        for (std::int64_t i = 0; i < count && !in.failed(); ++i)
            out.push_back(in.bits(10));
        break;
    }
    case 1: {
        const auto spacing = in.integer(1, 8);
        const auto count = in.integer(0, 31);
        for (std::int64_t i = 1; i <= count; ++i)
            out.push_back((first + i * spacing) % channels);
        break;
    }
    default: {
        const auto octets = in.integer(1, 16);
        for (std::int64_t i = 1; i <= 8 * octets && !in.failed(); ++i)
            if (in.bit())
                out.push_back((first + i) % channels);
    }
    }
    return out;
}

} // namespace

void read_own_carrier(UperReader& in, Broadcast& out)
{
    const bool extended = in.bit();
    const bool cells = in.bit();
    const bool barred = in.bit();
    const bool groups = in.bit();
    std::vector<std::int64_t> identities;
    if (cells) {
        const auto count = in.integer(1, 16);
        for (std::int64_t i = 0; i < count && !in.failed(); ++i) {
            const bool cell_extended = in.bit();
            identities.push_back(in.integer(0, 503));
            in.skip(offset_bits);
            close(in, cell_extended);
        }
    }
    if (barred)
        skip_ranges(in);
    if (groups)
        in.skip(in.bit() ? 9 + 4 : 9);
    close(in, extended);
    out.fields.emplace_back("intra_pcis", std::move(identities));
}

void read_other_carriers(UperReader& in, Broadcast& out)
{
    const bool extended = in.bit();
    const auto count = in.integer(1, 8);
    Carriers carriers;
    std::vector<std::int64_t> identities;
    for (std::int64_t i = 0; i < count && !in.failed(); ++i) {
        const bool carrier_extended = in.bit();
        const bool power = in.bit();
        const bool speed = in.bit();
        const bool has_priority = in.bit();
        const bool offset = in.bit();
        const bool cells = in.bit();
        const bool barred = in.bit();
        const auto channel = in.integer(0, 65535);
        in.skip(6 + (power ? 6U : 0U) + 3 + (speed ? speed_factor_bits : 0U) + 5);
        const auto low = in.integer(0, 31);
        in.skip(3 + 1);
        const auto priority = read_priority(in, has_priority);
        in.skip(2 + (offset ? offset_bits : 0U));
        if (cells) {
            const auto listed = in.integer(1, 16);
            for (std::int64_t n = 0; n < listed && !in.failed(); ++n) {
                identities.push_back(in.integer(0, 503));
                in.skip(offset_bits);
            }
        }
        if (barred)
            skip_ranges(in);
        close(in, carrier_extended);
        if (in.failed())
            return;
        carriers.add(channel, priority, low);
        out.facts.neighbours.push_back({"lte", static_cast<std::uint64_t>(channel), priority});
    }
    close(in, extended);
    carriers.give(out, "eutra");
    out.fields.emplace_back("inter_pcis", std::move(identities));
}

void read_umts_carriers(UperReader& in, Broadcast& out)
{
    const bool extended = in.bit();
    const bool fdd = in.bit();
    const bool tdd = in.bit();
    const bool speed = in.bit();
    Carriers carriers;
    for (const bool frequency_duplex : {true, false}) {
        if (!(frequency_duplex ? fdd : tdd))
            continue;
        const auto count = in.integer(1, 16);
        for (std::int64_t i = 0; i < count && !in.failed(); ++i) {
            const bool carrier_extended = in.bit();
            const bool has_priority = in.bit();
            const auto channel = std::int64_t{in.bits(14)};
            const auto priority = read_priority(in, has_priority);
            in.skip(5);
            const auto low = in.integer(0, 31);
            in.skip(6 + 7 + (frequency_duplex ? 5U : 0U));
            close(in, carrier_extended);
            if (in.failed())
                return;
            carriers.add(channel, priority, low);
            out.facts.neighbours.push_back({"umts", static_cast<std::uint64_t>(channel), priority});
        }
    }
    in.skip(3 + (speed ? speed_factor_bits : 0U));
    close(in, extended);
    carriers.give(out, "utra");
}

void read_gsm_carriers(UperReader& in, Broadcast& out)
{
    const bool extended = in.bit();
    const bool speed = in.bit();
    const bool listed = in.bit();
    in.skip(3 + (speed ? speed_factor_bits : 0U));
    Carriers carriers;
    const auto count = listed ? in.integer(1, 16) : 0;
    for (std::int64_t i = 0; i < count && !in.failed(); ++i) {
        const bool group_extended = in.bit();
        const auto first = std::int64_t{in.bits(10)};
        const bool pcs = in.bit();
        std::vector<std::int64_t> channels{first};
        for (const std::int64_t channel : read_following(in, first))
            channels.push_back(channel);
        const bool has_priority = in.bit();
        const bool power = in.bit();
        const auto priority = read_priority(in, has_priority);
        in.skip(8 + 6 + (power ? 6U : 0U) + 5);
        const auto low = in.integer(0, 31);
        close(in, group_extended);
        if (in.failed())
            return;
        if (pcs)
            out.fields.emplace_back("geran_pcs1900", true);
        for (const std::int64_t channel : channels) {
            carriers.add(channel, priority, low);
            out.facts.neighbours.push_back({"gsm", static_cast<std::uint64_t>(channel), priority});
        }
    }
    close(in, extended);
    carriers.give(out, "geran");
}

} // namespace gacsong::detect::lte
