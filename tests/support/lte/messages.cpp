// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lte/messages.hpp"

#include "tests/support/lte/coding.hpp"

namespace gacsong::test::lte {

UperWriter& UperWriter::put(std::uint32_t value, std::size_t bits)
{
    const Bits more = bits_of(value, bits);
    bits_.insert(bits_.end(), more.begin(), more.end());
    return *this;
}

UperWriter& UperWriter::append(const UperWriter& other)
{
    bits_.insert(bits_.end(), other.bits_.begin(), other.bits_.end());
    return *this;
}

UperWriter& UperWriter::contained(const UperWriter& other)
{
    const auto inner = other.octets();
    if (inner.size() < 128)
        put(static_cast<std::uint32_t>(inner.size()), 8);
    else
        put(2, 2).put(static_cast<std::uint32_t>(inner.size()), 14);
    for (const std::uint8_t octet : inner)
        put(octet, 8);
    return *this;
}

std::vector<std::uint8_t> UperWriter::octets() const
{
    std::vector<std::uint8_t> out((bits_.size() + 7) / 8);
    for (std::size_t i = 0; i < bits_.size(); ++i)
        out[i / 8] = static_cast<std::uint8_t>(out[i / 8] | bits_[i] << (7U - i % 8));
    return out;
}

std::vector<std::uint8_t> paging_message(const PagingMessage& message)
{
    UperWriter out;
    const std::size_t records = message.imsis.size() + message.tmsis.size() + message.later;
    out.put(0, 1).put(records > 0 ? 1 : 0, 1).put(message.information_changes ? 1 : 0, 1);
    out.put(message.etws ? 1 : 0, 1).put(message.cmas ? 1 : 0, 1);
    if (records > 0)
        out.put(static_cast<std::uint32_t>(records - 1), 4);
    for (const std::uint32_t tmsi : message.tmsis)
        out.put(0, 1).put(0, 1).put(0, 1).put(7, 8).put(tmsi, 32).put(0, 1);
    for (const std::string& imsi : message.imsis) {
        out.put(0, 1).put(0, 1).put(1, 1).put(static_cast<std::uint32_t>(imsi.size() - 6), 4);
        for (const char digit : imsi)
            out.put(static_cast<std::uint32_t>(digit - '0'), 4);
        out.put(1, 1);
    }
    for (unsigned i = 0; i < message.later; ++i) {
        UperWriter identity; // ng-5G-S-TMSI-r15
        identity.put(0x1234, 16).put(0x89ABCDEF, 32);
        out.put(0, 1).put(1, 1).put(0, 7).contained(identity).put(0, 1);
    }
    if (message.cmas)
        out.put(1, 2).put(1, 1).put(0, 1); // Paging-v890-IEs, Paging-v920-IEs
    return out.octets();
}

std::vector<std::uint8_t> response_message(const ResponseMessage& message)
{
    std::vector<std::uint8_t> out;
    const auto more = [](bool one) { return one ? 0x80U : 0U; };
    if (message.backoff)
        out.push_back(static_cast<std::uint8_t>(more(!message.preambles.empty()) | *message.backoff));
    for (std::size_t i = 0; i < message.preambles.size(); ++i)
        out.push_back(static_cast<std::uint8_t>(more(i + 1 < message.preambles.size()) | 0x40U | message.preambles[i]));
    for (const unsigned preamble : message.preambles) {
        UperWriter response;
        response.put(0, 1).put(5 + preamble, 11).put(0x5A5A5, 20).put(0x8000 + preamble, 16);
        const auto octets = response.octets();
        out.insert(out.end(), octets.begin(), octets.end());
    }
    return out;
}

std::vector<std::uint8_t> information_of(unsigned type, const UperWriter& block)
{
    constexpr unsigned first_later = 12;
    UperWriter out;
    out.put(0, 1).put(0, 1).put(0, 1).put(0, 1).put(0, 5);
    if (type < first_later)
        out.put(0, 1).put(type - 2, 4).append(block);
    else
        out.put(1, 1).put(type - first_later, 7).contained(block);
    return out.octets();
}

namespace {

/// CellReselectionParametersCDMA2000.
UperWriter cdma_reselection(const CdmaNeighbours& neighbours)
{
    UperWriter out;
    out.put(1, 1); // factors of speed
    out.put(static_cast<std::uint32_t>(neighbours.bands.size() - 1), 5);
    for (const auto& band : neighbours.bands) {
        out.put(0, 1).put(band.priority ? 1 : 0, 1).put(0, 1).put(band.band_class, 5);
        if (band.priority)
            out.put(*band.priority, 3);
        out.put(20, 6).put(band.threshold_low, 6);
    }
    out.put(static_cast<std::uint32_t>(neighbours.bands.size() - 1), 4);
    for (const auto& band : neighbours.bands) {
        out.put(0, 1).put(band.band_class, 5).put(static_cast<std::uint32_t>(band.channels.size() - 1), 4);
        for (const unsigned channel : band.channels)
            out.put(channel, 11).put(1, 4).put(3, 9).put(511, 9);
    }
    return out.put(2, 3).put(1, 2).put(2, 2);
}

} // namespace

UperWriter eighth_block(const CdmaNeighbours& neighbours)
{
    UperWriter out;
    out.put(0, 1).put(1, 1).put(1, 1).put(neighbours.hrpd ? 1 : 0, 1).put(neighbours.onexrtt ? 1 : 0, 1);
    out.put(1, 1).put(1, 1).put(0x1234567, 32).put(0x5555, 17); // asynchronous system time
    out.put(8, 4);
    if (neighbours.hrpd) {
        out.put(1, 1);                                // reselection
        out.put(1, 1).put(1, 1).put(1, 1).put(17, 8); // registration and its zone
        out.put(1, 1).put(18, 8).put(19, 8);          // two more zones
        out.append(cdma_reselection(neighbours));
    }
    if (neighbours.onexrtt) {
        out.put(7, 3);
        out.put(4321, 15).put(54321, 16).put(0x55, 7).put(29, 7).put(801, 12).put(2, 3).put(3, 3);
        out.put(0x2AAAAA, 21).put(0x155555, 21); // long code state
        out.append(cdma_reselection(neighbours));
    }
    return out;
}

UperWriter warning_block(unsigned type, unsigned segment, bool last, const std::vector<std::uint8_t>& octets,
                         std::uint8_t coding)
{
    UperWriter out;
    out.put(0, 1).put(segment == 0 ? 1 : 0, 1);
    if (type == 12)
        out.put(0, 1);
    out.put(0x1112, 16).put(0x3001, 16).put(last ? 1 : 0, 1).put(segment, 6);
    if (octets.size() < 128)
        out.put(static_cast<std::uint32_t>(octets.size()), 8);
    else
        out.put(2, 2).put(static_cast<std::uint32_t>(octets.size()), 14);
    for (const std::uint8_t octet : octets)
        out.put(octet, 8);
    if (segment == 0)
        out.put(coding, 8);
    return out;
}

std::vector<std::uint8_t> warning_pages(const std::vector<std::vector<std::uint8_t>>& pages)
{
    constexpr std::size_t page_octets = 82;
    std::vector<std::uint8_t> out{static_cast<std::uint8_t>(pages.size())};
    for (const auto& page : pages) {
        out.insert(out.end(), page.begin(), page.end());
        out.resize(out.size() + page_octets - page.size());
        out.push_back(static_cast<std::uint8_t>(page.size()));
    }
    return out;
}

std::vector<std::uint8_t> tdd_first_message(unsigned configuration, unsigned special_subframe,
                                            const std::vector<unsigned>& other_bands)
{
    UperWriter out;
    out.put(1, 2);                                               // BCCH on the shared channel: type 1
    out.put(0, 1).put(1, 1).put(other_bands.empty() ? 0 : 1, 1); // no power limit, TDD, whether something later
    out.put(0, 1).put(0, 3);                                     // no closed group, one network
    out.put(1, 1).put(4, 4).put(5, 4).put(2, 4);                 // 452
    out.put(0, 1).put(0, 4).put(4, 4).put(1, 1);                 // 04
    out.put(4711, 16).put(0x12345, 28);                          // area, cell
    out.put(1, 1).put(0, 1).put(0, 1);                           // not barred, reselection allowed, open
    out.put(0, 1).put(8, 6).put(39, 6);                          // least level, band 40
    out.put(0, 5).put(1, 3).put(0, 5);                           // one message every 16 frames
    out.put(configuration, 3).put(special_subframe, 4);          // TDD
    out.put(3, 3).put(7, 5);                                     // windows of 10 ms, value tag
    if (other_bands.empty())
        return out.octets();
    UperWriter later; // SystemInformationBlockType1-v8h0-IEs
    later.put(1, 1).put(0, 1).put(static_cast<std::uint32_t>(other_bands.size() - 1), 3);
    for (const unsigned band : other_bands)
        later.put(band - 1, 6);
    out.put(1, 1).put(0, 1).contained(later); // SystemInformationBlockType1-v890-IEs
    return out.octets();
}

UperWriter second_block(unsigned nb)
{
    UperWriter out;
    out.put(0, 3);                                            // no extension, no barring, no MBSFN
    out.put(0, 1);                                            // radioResourceConfigCommon
    out.put(0, 2).put(12, 4).put(0, 2).put(10, 4);            // RACH: preambles, power
    out.put(6, 4).put(7, 3).put(5, 3).put(3, 3);              // supervision, Msg3
    out.put(1, 2);                                            // BCCH
    out.put(2, 2).put(nb, 3);                                 // PCCH: 128 frames, nB
    out.put(204, 10).put(3, 6).put(0, 1).put(5, 4).put(4, 7); // PRACH
    out.put(75, 7).put(1, 2);                                 // PDSCH
    out.put(0, 2).put(0, 1).put(2, 7).put(0, 1);              // PUSCH
    out.put(0, 1).put(0, 5).put(0, 1).put(0, 3);              // its reference signals
    out.put(1, 2).put(2, 7).put(0, 3).put(12, 11);            // PUCCH
    out.put(0, 1);                                            // no sounding
    out.put(41, 8).put(5, 3).put(20, 5).put(1, 2).put(1, 2).put(1, 2).put(1, 2).put(1, 2).put(5, 3);
    out.put(0, 1);                                                             // uplink prefix
    out.put(0, 1).put(5, 3).put(3, 3).put(5, 3).put(6, 3).put(3, 3).put(0, 3); // timers
    out.put(0, 2).put(0, 5);                                                   // uplink frequency
    out.put(7, 3);                                                             // time alignment
    return out;
}

} // namespace gacsong::test::lte
