// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/rrc/broadcast.hpp"

#include "detect/cells/lte/rrc/blocks.hpp"
#include "detect/cells/lte/rrc/uper_reader.hpp"

#include <array>
#include <string_view>

namespace gacsong::detect::lte {

namespace {

constexpr std::array<unsigned, 7> windows{1, 2, 5, 10, 15, 20, 40};

std::string digits(UperReader& in, std::size_t count)
{
    std::string out;
    for (std::size_t i = 0; i < count; ++i)
        out += static_cast<char>('0' + in.integer(0, 9));
    return out;
}

struct Networks {
    std::vector<std::string> plmns;
    bool first_reserved = false; ///< for the operator's own use
};

/// The networks; one without a country code has that of the one before.
Networks read_networks(UperReader& in)
{
    Networks out;
    std::string country;
    const auto count = in.integer(1, 6);
    for (std::int64_t i = 0; i < count && !in.failed(); ++i) {
        if (in.bit())
            country = digits(in, 3);
        const bool three = in.bit();
        out.plmns.push_back(country + '-' + digits(in, three ? 3 : 2));
        const bool reserved = in.enumerated(2) == 0;
        if (i == 0)
            out.first_reserved = reserved;
    }
    return out;
}

Schedule read_schedule(UperReader& in)
{
    Schedule out;
    const auto count = in.integer(1, 32);
    for (std::int64_t i = 0; i < count && !in.failed(); ++i) {
        Schedule::Entry entry;
        entry.period_frames = 8U << in.enumerated(7);
        const auto types = in.integer(0, 31);
        for (std::int64_t t = 0; t < types && !in.failed(); ++t) {
            if (in.bit())
                entry.blocks.push_back(static_cast<unsigned>(19 + in.small()));
            else
                entry.blocks.push_back(3 + in.enumerated(16));
        }
        out.entries.push_back(std::move(entry));
    }
    return out;
}

std::string joined(const std::vector<std::string>& words)
{
    std::string out;
    for (const std::string& word : words)
        out += (out.empty() ? "" : " ") + word;
    return out;
}

std::string shown(const Schedule& schedule)
{
    std::vector<std::string> entries;
    for (const auto& entry : schedule.entries) {
        std::string one = std::to_string(entry.period_frames) + ':';
        for (const unsigned block : entry.blocks)
            one += (one.back() == ':' ? "" : ",") + std::to_string(block);
        entries.push_back(std::move(one));
    }
    return joined(entries);
}

/// Bands beside the stated one, which phones of later releases may take the carrier for: multiBandInfoList of
/// SystemInformationBlockType1-v8h0-IEs, an octet string in the first addition.
std::vector<std::int64_t> read_other_bands(UperReader& in)
{
    const bool late = in.bit();
    in.bit(); // additions of release 9
    if (!late)
        return {};
    UperReader inner = in.open_type();
    const bool has_bands = inner.bit();
    inner.bit(); // further additions
    std::vector<std::int64_t> out;
    const auto count = has_bands ? inner.integer(1, 8) : 0;
    for (std::int64_t i = 0; i < count; ++i)
        out.push_back(inner.integer(1, 64));
    return in.failed() || inner.failed() ? std::vector<std::int64_t>{} : out;
}

std::optional<Broadcast> read_first(UperReader& in)
{
    Broadcast out;
    out.name = "SIB1";
    out.decoded.emplace_back("SIB1");
    const bool has_power = in.bit();
    const bool has_tdd = in.bit();
    const bool has_more = in.bit();
    const bool has_group = in.bit();
    const auto networks = read_networks(in);
    const std::uint32_t area = in.bits(16);
    const std::uint32_t cell = in.bits(28);
    const bool barred = in.enumerated(2) == 0;
    const bool intra = in.enumerated(2) == 0;
    const bool closed = in.bit();
    const std::uint32_t group = has_group ? in.bits(27) : 0;
    const bool has_offset = in.bit();
    const auto level = in.integer(-70, -22);
    const auto offset = has_offset ? in.integer(1, 8) : 0;
    const auto power = has_power ? in.integer(-30, 33) : 0;
    const auto band = in.integer(1, 64);
    Schedule schedule = read_schedule(in);
    if (has_tdd) {
        schedule.tdd_configuration = in.enumerated(7);
        schedule.special_pattern = in.enumerated(9);
    }
    schedule.window_subframes = windows.at(in.enumerated(7));
    const auto tag = in.integer(0, 31);
    if (in.failed() || networks.plmns.empty())
        return std::nullopt;
    out.fields = {{"plmns", joined(networks.plmns)}, {"tac", std::int64_t{area}},       {"cell", std::int64_t{cell}},
                  {"cell_barred", barred},           {"intra_freq_reselection", intra}, {"csg_indication", closed}};
    out.fields.emplace_back("reserved_for_operator", networks.first_reserved);
    if (has_group)
        out.fields.emplace_back("csg_identity", std::int64_t{group});
    out.fields.emplace_back("q_rx_lev_min_dbm", 2 * level);
    if (has_offset)
        out.fields.emplace_back("q_rx_lev_min_offset_db", 2 * offset);
    if (has_power)
        out.fields.emplace_back("p_max_dbm", power);
    out.fields.emplace_back("band", band);
    out.fields.emplace_back("scheduling", shown(schedule));
    out.fields.emplace_back("si_window_ms", std::int64_t{schedule.window_subframes});
    out.fields.emplace_back("value_tag", tag);
    if (has_tdd) {
        out.fields.emplace_back("tdd_configuration", std::int64_t{*schedule.tdd_configuration});
        out.fields.emplace_back("special_subframe_pattern", std::int64_t{schedule.special_pattern});
    }
    out.facts.plmn = networks.plmns.front();
    out.facts.area = area;
    out.facts.cell = cell;
    out.facts.band = static_cast<unsigned>(band);
    out.facts.schedule = std::move(schedule);
    if (!has_more)
        out.bits = in.position();
    else if (auto bands = read_other_bands(in); !bands.empty())
        out.fields.emplace_back("other_bands", std::move(bands));
    return out;
}

/// A block of a later release; those that cannot be read are named only.
void read_later(std::size_t type, UperReader& in, Broadcast& out)
{
    constexpr std::size_t warning = 12;
    if (type != warning)
        return;
    const std::size_t before = out.fields.size();
    static_cast<void>(read_block(warning, in, out));
    if (in.failed())
        out.fields.resize(before);
}

std::optional<Broadcast> read_information(UperReader& in)
{
    Broadcast out;
    out.name = "SI";
    if (in.bit()) // a critical extension of a later release
        return out;
    const bool has_more = in.bit();
    const auto count = in.integer(1, 32);
    std::vector<std::int64_t> types;
    bool whole = true;
    for (std::int64_t i = 0; i < count && whole && !in.failed(); ++i) {
        if (in.bit()) {
            const std::size_t type = 12 + in.small();
            UperReader inner = in.open_type();
            if (in.failed())
                break;
            read_later(type, inner, out);
            types.push_back(static_cast<std::int64_t>(type));
            out.decoded.push_back("SIB" + std::to_string(type));
            continue;
        }
        const auto type = static_cast<unsigned>(2 + in.integer(0, 9));
        if (in.failed())
            break;
        types.push_back(type);
        const std::size_t before = out.fields.size();
        whole = read_block(type, in, out) && !in.failed();
        if (whole)
            out.decoded.push_back("SIB" + std::to_string(type));
        else
            out.fields.resize(before);
    }
    out.fields.insert(out.fields.begin(), {"sibs", types});
    if (whole && !in.failed() && !has_more)
        out.bits = in.position();
    return out;
}

} // namespace

namespace {

/// What a subframe is: D for the downlink, U for the uplink, S for both (3GPP TS 36.211 table 4.2-2).
char direction(std::optional<unsigned> tdd_configuration, unsigned subframe)
{
    static constexpr std::array<std::string_view, 7> frames{"DSUUUDSUUU", "DSUUDDSUUD", "DSUDDDSUDD", "DSUUUDDDDD",
                                                            "DSUUDDDDDD", "DSUDDDDDDD", "DSUUUDSUUD"};
    return tdd_configuration ? frames.at(*tdd_configuration).at(subframe) : 'D';
}

} // namespace

bool Schedule::downlink(unsigned subframe) const { return direction(tdd_configuration, subframe) == 'D'; }

unsigned Schedule::downlink_symbols(unsigned subframe, bool normal_prefix) const
{
    static constexpr std::array<unsigned, 9> normal{0, 9, 10, 11, 12, 0, 9, 10, 11};
    static constexpr std::array<unsigned, 9> extended{0, 8, 9, 10, 0, 8, 9, 0, 0};
    const char kind = direction(tdd_configuration, subframe);
    if (kind == 'S')
        return (normal_prefix ? normal : extended).at(special_pattern);
    return kind == 'U' ? 0 : normal_prefix ? 14 : 12;
}

std::optional<Broadcast> read_broadcast(std::span<const std::uint8_t> bits)
{
    UperReader in(bits);
    if (in.bit())
        return std::nullopt;
    return in.bit() ? read_first(in) : read_information(in);
}

} // namespace gacsong::detect::lte
