// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/cells/lte/phy/assignment.hpp"
#include "detect/cells/lte/phy/control_region.hpp"

#include <functional>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

namespace gacsong::detect::lte {

/// Elements of the shared channel in a subframe, in the order of its symbols (3GPP TS 36.211 §6.3.5), of which
/// `first_symbol` … `end_symbol` − 1 belong to it.
[[nodiscard]] std::vector<Element> shared_elements(const CellLayout& layout, unsigned subframe, unsigned first_symbol,
                                                   unsigned end_symbol,
                                                   const std::array<std::vector<unsigned>, 2>& blocks);

/// A transmission for all phones: its assignment and the soft bits, descrambled.
struct Transmission {
    Assignment assignment;
    std::vector<float> soft;
};

/// Finds transmissions for all phones in subframes. The grid of a special one ends with its downlink part.
class SystemReceiver {
public:
    explicit SystemReceiver(const CellLayout& layout) : layout_(layout), estimator_(layout.identity, layout.blocks) {}

    /// What the common search space of the subframe announces; with several readings of the format indicator the
    /// likeliest first. Empty where nothing is announced or the announcement cannot be read.
    [[nodiscard]] std::vector<Transmission> receive(const Grid& grid, unsigned subframe);

    /// The same for paging. Null where reference signals are too weak for announcements to be read.
    [[nodiscard]] std::optional<std::vector<Transmission>> receive_paging(const Grid& grid, unsigned subframe);

    /// The same for responses to random access, with preambles sent in subframes of which `may` tells.
    [[nodiscard]] std::optional<std::vector<Transmission>> receive_responses(const Grid& grid, unsigned subframe,
                                                                             const std::function<bool(unsigned)>& may);

    /// The transmission that an assignment, known from elsewhere, would have in the subframe.
    [[nodiscard]] Transmission receive(const Grid& grid, unsigned subframe, const Assignment& assignment);

    /// Which resource blocks of a subframe carry something in their second slot, by its power: more than a quarter of
    /// what reference signals of all ports have. Empty where these are not at least 3 dB above the noise.
    [[nodiscard]] std::vector<bool> used_blocks(const Grid& grid, unsigned subframe);

private:
    [[nodiscard]] std::vector<float> soft_of(const Grid& grid, const std::vector<Element>& elements,
                                             const ChannelEstimate& estimate, std::uint32_t scrambling);
    [[nodiscard]] std::vector<unsigned> indicators(const Grid& grid, unsigned subframe,
                                                   const ChannelEstimate& estimate);
    /// Whom a message may be for: whether this value names them.
    using Addressees = std::function<bool(std::uint32_t)>;
    struct Announcement {
        std::uint32_t rnti = 0;
        Assignment assignment;
        bool operator==(const Announcement&) const = default;
    };
    [[nodiscard]] std::vector<Transmission> find(const Grid& grid, unsigned subframe, const Addressees& whom,
                                                 const ChannelEstimate& estimate, unsigned indicator);
    [[nodiscard]] Transmission take(const Grid& grid, unsigned subframe, std::uint32_t rnti, unsigned indicator,
                                    const ChannelEstimate& estimate, const Assignment& assignment);
    [[nodiscard]] std::vector<Announcement> announced(std::span<const float> soft, const Addressees& whom) const;
    const std::vector<Element>& control(unsigned indicator, unsigned factor);
    const std::vector<std::uint8_t>& scrambling(std::uint32_t init, std::size_t count);

    CellLayout layout_;
    ChannelEstimator estimator_;
    std::map<std::tuple<unsigned, unsigned>, std::vector<Element>> control_;
    std::map<std::uint32_t, std::vector<std::uint8_t>> scrambling_;
};

} // namespace gacsong::detect::lte
