// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/gsm/messages/paging.hpp"

#include <cstddef>

namespace gacsong::detect::gsm {

namespace {

constexpr std::size_t first_identity = 4; // behind pseudo length, discriminator, type, page mode and channels

constexpr std::uint8_t type_imsi = 1;
constexpr std::uint8_t type_none = 0;

/// An identity of `length` octets whose first one is `type_octet` (3GPP TS 24.008 §10.5.1.4).
void count_identity(std::size_t length, std::uint8_t type_octet, Reading& out)
{
    const std::uint8_t type = type_octet & 7U;
    if (length == 0 || type == type_none)
        return;
    ++out.identities;
    out.imsis += type == type_imsi ? 1U : 0U;
}

/// An identity with its length in front, at `at`; returns where the next element begins, or the end.
std::size_t count_at(const Octets& octets, std::size_t at, std::size_t end, Reading& out)
{
    if (at >= end)
        return end;
    const std::size_t length = octets[at];
    if (at + 1 + length > end)
        return end;
    if (length > 0)
        count_identity(length, octets[at + 1], out);
    return at + 1 + length;
}

/// Paging request type 1: one identity, a second one behind its tag.
void count_type_1(const Octets& octets, std::size_t end, Reading& out)
{
    const std::size_t next = count_at(octets, first_identity, end, out);
    if (next < end && octets[next] == 0x17)
        count_at(octets, next + 1, end, out);
}

} // namespace

bool read_phone_message(const Octets& octets, Reading& out)
{
    constexpr std::size_t tmsi_octets = 4;
    // The pseudo length counts the octets behind itself that are not rest octets.
    const std::size_t said = 1 + (octets[0] >> 2U);
    const std::size_t end = said < octets.size() ? said : octets.size();
    switch (octets[2]) {
    case 0x21:
        out.kind = Reading::Kind::paging;
        count_type_1(octets, end, out);
        return true;
    case 0x22: // two TMSIs, then perhaps an identity of any type
        out.kind = Reading::Kind::paging;
        out.identities += 2;
        if (const std::size_t next = first_identity + 2 * tmsi_octets; next < end && octets[next] == 0x17)
            count_at(octets, next + 1, end, out);
        return true;
    case 0x24: // four TMSIs
        out.kind = Reading::Kind::paging;
        out.identities += 4;
        return true;
    case 0x3F:
        out.kind = Reading::Kind::assignment;
        out.assignments = 1;
        return true;
    case 0x39:
        out.kind = Reading::Kind::assignment;
        out.assignments = 2;
        return true;
    case 0x3A:
        out.kind = Reading::Kind::reject;
        return true;
    default:
        return false;
    }
}

} // namespace gacsong::detect::gsm
