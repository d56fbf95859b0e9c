// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/lte/sequences.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gacsong::test::lte {

/// Writes unaligned packed encoding rules (ITU-T X.691), field by field as 3GPP TS 36.331 lists them.
class UperWriter {
public:
    UperWriter& put(std::uint32_t value, std::size_t bits);
    UperWriter& append(const UperWriter& other);
    /// An open type or an octet string: padded to octets, its length in front. \pre less than 16384 octets.
    UperWriter& contained(const UperWriter& other);
    [[nodiscard]] const Bits& bits() const { return bits_; }
    /// Padded with zeros.
    [[nodiscard]] std::vector<std::uint8_t> octets() const;

private:
    Bits bits_;
};

/// What a paging message says.
struct PagingMessage {
    std::vector<std::string> imsis; ///< of 6 … 21 digits
    std::vector<std::uint32_t> tmsis;
    unsigned later = 0; ///< identities of a later release
    bool information_changes = false;
    bool etws = false;
    bool cmas = false;
};

/// PCCH-Message (§6.2.1).
[[nodiscard]] std::vector<std::uint8_t> paging_message(const PagingMessage& message);

/// What a MAC PDU says that answers random access.
struct ResponseMessage {
    std::optional<unsigned> backoff; ///< index 0 … 15
    std::vector<unsigned> preambles; ///< 0 … 63, each answered with a timing, a grant and a temporary identity
};

/// MAC PDU of random access responses (3GPP TS 36.321 §6.1.5).
[[nodiscard]] std::vector<std::uint8_t> response_message(const ResponseMessage& message);

/// System information of one block whose content is given: type 2 … 11, or 12 and later, which are open types.
[[nodiscard]] std::vector<std::uint8_t> information_of(unsigned type, const UperWriter& block);

/// SIB1 of a TDD cell 452-04 in band 40 whose only other message, with a block of type 2, comes every 16 frames in
/// windows of 10 ms; the codes are those of subframe configuration and special subframes. `other_bands`:
/// multiBandInfoList.
[[nodiscard]] std::vector<std::uint8_t> tdd_first_message(unsigned configuration, unsigned special_subframe,
                                                          const std::vector<unsigned>& other_bands = {});

/// A block of type 2; `nb` is the code 0 … 7 of nB, four times the paging cycle down to a 32nd of it.
[[nodiscard]] UperWriter second_block(unsigned nb);

/// What a block of type 8 says: of HRPD and 1xRTT the same band classes and neighbours.
struct CdmaNeighbours {
    struct Band {
        unsigned band_class = 0;
        std::optional<unsigned> priority;
        unsigned threshold_low = 0;
        std::vector<unsigned> channels; ///< each with the PN offsets 3 and 511
    };
    std::vector<Band> bands;
    bool hrpd = true;
    bool onexrtt = true;
};
[[nodiscard]] UperWriter eighth_block(const CdmaNeighbours& neighbours);

/// A segment of a warning: a block of type 11 or 12. The first has the data coding scheme.
[[nodiscard]] UperWriter warning_block(unsigned type, unsigned segment, bool last,
                                       const std::vector<std::uint8_t>& octets, std::uint8_t coding);

/// Pages of a warning (3GPP TS 23.041 §9.4.2.2.5) from what each holds.
[[nodiscard]] std::vector<std::uint8_t> warning_pages(const std::vector<std::vector<std::uint8_t>>& pages);

} // namespace gacsong::test::lte
