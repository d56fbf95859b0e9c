// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/rrc/paging.hpp"

#include "detect/cells/lte/rrc/uper_reader.hpp"

#include <array>
#include <string_view>

namespace gacsong::detect::lte {

namespace {

constexpr unsigned temporary_bits = 8 + 32; ///< MMEC and M-TMSI
constexpr unsigned digit_bits = 4;

/// Passes over an identity; whether it is a permanent one.
bool skip_identity(UperReader& in)
{
    if (in.bit()) { // one of a later release, all of them temporary
        in.small();
        in.skip(8 * in.length());
        return false;
    }
    const bool permanent = in.bit();
    in.skip(permanent ? digit_bits * static_cast<std::size_t>(in.integer(6, 21)) : temporary_bits);
    return permanent;
}

void read_records(UperReader& in, PagingCounts& out)
{
    const auto count = in.integer(1, 16);
    for (std::int64_t i = 0; i < count && !in.failed(); ++i) {
        const bool extended = in.bit();
        const bool permanent = skip_identity(in);
        in.skip(1); // domain
        if (extended)
            in.skip_additions();
        ++out.identities;
        out.imsis += permanent ? 1 : 0;
    }
}

/// The additions of releases 8 and 9; those of later ones are for phones alone.
void read_additions(UperReader& in, PagingCounts& out)
{
    const bool octets = in.bit();
    const bool more = in.bit();
    if (octets)
        in.skip(8 * in.length());
    if (!more)
        return;
    out.public_warning = in.bit();
    in.skip(1);
}

} // namespace

std::optional<PagingCounts> read_paging(std::span<const std::uint8_t> bits)
{
    UperReader in(bits);
    if (in.bit()) // a message of a later release
        return std::nullopt;
    PagingCounts out;
    const bool records = in.bit();
    out.information_changes = in.bit();
    out.earthquake_warning = in.bit();
    const bool additions = in.bit();
    if (records)
        read_records(in, out);
    if (additions)
        read_additions(in, out);
    if (in.failed())
        return std::nullopt;
    return out;
}

PagingOccasions PagingOccasions::of(unsigned code)
{
    constexpr unsigned once_a_frame = 2;
    PagingOccasions out;
    if (code < once_a_frame)
        out.in_frame = 4U >> code;
    else
        out.every_frames = 1U << (code - once_a_frame);
    return out;
}

bool PagingOccasions::holds(unsigned frame, unsigned subframe, bool tdd) const
{
    // 3GPP TS 36.304 §7.2: rows for 1, 2 and 4 subframes of a frame.
    static constexpr std::array<std::array<std::string_view, 2>, 3> subframes{
        {{"9", "0"}, {"49", "05"}, {"0459", "0156"}}};
    const std::string_view row = subframes.at(in_frame / 2).at(tdd ? 1 : 0);
    return frame % every_frames == 0 && row.find(static_cast<char>('0' + subframe)) != std::string_view::npos;
}

} // namespace gacsong::detect::lte
