// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/clips/cell_windows.hpp"

#include "detect/cells/gsm/bursts.hpp"
#include "detect/cells/lte/phy/sequences.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gacsong {
namespace {

namespace gsm = detect::gsm;
namespace lte = detect::lte;

constexpr unsigned multiframe = 51;
constexpr unsigned first_bcch = 2; ///< frames 2 … 5 of 51 carry BCCH; those of the extended one may carry paging
constexpr unsigned last_bcch = 5;
constexpr double lte_frame_s = 10e-3;
constexpr double lte_slot_s = 0.5e-3;
constexpr double lte_unit_s = 1.0 / 30.72e6;
constexpr unsigned system_frames = 1024;

std::vector<CellWindow> gsm_windows(const Cell& cell, double ppm, double from_s, double to_s)
{
    std::vector<CellWindow> windows;
    const double pace = 1.0 / (1.0 + ppm * 1e-6) / gsm::symbol_rate_hz;
    const double frame_s = gsm::frame_symbols * pace;
    const double burst_s = static_cast<double>(gsm::burst_bits) * pace;
    const auto first = static_cast<std::int64_t>(std::ceil((from_s - cell.first_s) / frame_s));
    for (std::int64_t n = first;; ++n) {
        const double begin_s = cell.first_s + static_cast<double>(n) * frame_s;
        if (begin_s + burst_s > to_s)
            return windows;
        const std::int64_t number = static_cast<std::int64_t>(*cell.frame_number) + n;
        const auto t3 =
            static_cast<unsigned>(((number % multiframe) + multiframe) % multiframe); // the hyperframe is 51 × 53248
        const gsm::FrameKind kind = gsm::kind_of(t3);
        const bool broadcast = kind == gsm::FrameKind::block && t3 >= first_bcch && t3 <= last_bcch;
        if (broadcast || kind == gsm::FrameKind::frequency || kind == gsm::FrameKind::synchronisation)
            windows.push_back({begin_s, begin_s + burst_s, kind == gsm::FrameKind::frequency, false});
    }
}

/// Times of the symbols of a frame (3GPP TS 36.211 §6.12).
class LteFrame {
public:
    LteFrame(bool normal, double pace) : normal_(normal), pace_(pace) {}

    [[nodiscard]] unsigned symbols() const { return normal_ ? 7 : 6; }
    [[nodiscard]] double prefix_s(unsigned symbol) const
    {
        return (normal_ ? (symbol == 0 ? 160.0 : 144.0) : 512.0) * lte_unit_s;
    }
    /// Symbols `first` … `last` of a slot with their prefixes, from the beginning of the frame.
    [[nodiscard]] CellWindow window(unsigned slot, unsigned first, unsigned last) const
    {
        double begin_s = lte_slot_s * slot;
        for (unsigned i = 0; i < first; ++i)
            begin_s += prefix_s(i) + lte::symbol_s;
        double end_s = begin_s;
        for (unsigned i = first; i <= last; ++i)
            end_s += prefix_s(i) + lte::symbol_s;
        return {begin_s * pace_, end_s * pace_, false, false};
    }

private:
    bool normal_;
    double pace_;
};

/// What every frame has, from its beginning on.
std::vector<CellWindow> lte_frame(const LteFrame& frame, bool tdd, double pace, bool even)
{
    std::vector<CellWindow> windows;
    const auto add = [&](const CellWindow& window, bool anchor) {
        windows.push_back(window);
        windows.back().anchor = anchor;
    };
    const unsigned last = frame.symbols() - 1;
    for (const unsigned half : {0U, 10U}) {
        if (tdd) {
            add(frame.window(half + 1, last, last), false);
            add(frame.window(half + 2, 2, 2), true);
        } else {
            add(frame.window(half, last - 1, last - 1), false);
            add(frame.window(half, last, last), true);
        }
    }
    add(frame.window(1, 0, 3), false);
    // Before what lies in it, so that of two that overlap the narrow one does not hold.
    if (even)
        windows.push_back({10.0 * lte_slot_s * pace, 12.0 * lte_slot_s * pace, false, true});
    std::ranges::sort(windows, {}, &CellWindow::begin_s);
    return windows;
}

std::vector<CellWindow> lte_windows(const Cell& cell, double ppm, double from_s, double to_s)
{
    std::vector<CellWindow> windows;
    const double pace = 1.0 / (1.0 + ppm * 1e-6);
    const LteFrame frame(cell.cyclic_prefix != "extended", pace);
    const auto first = static_cast<std::int64_t>(std::floor((from_s - cell.first_s) / (lte_frame_s * pace)));
    for (std::int64_t n = first;; ++n) {
        const double frame_at = cell.first_s + static_cast<double>(n) * lte_frame_s * pace;
        if (frame_at > to_s)
            return windows;
        const std::int64_t number = (static_cast<std::int64_t>(*cell.sfn) + n) % system_frames;
        for (CellWindow window : lte_frame(frame, cell.duplex == "tdd", pace, number % 2 == 0)) {
            window.begin_s += frame_at;
            window.end_s += frame_at;
            if (window.begin_s >= from_s && window.end_s <= to_s)
                windows.push_back(window);
        }
    }
}

} // namespace

double apparent_ppm(const Cell& cell, std::optional<double> center_hz)
{
    if (center_hz && cell.carrier_hz)
        return (*center_hz + cell.baseband_hz - *cell.carrier_hz) / *cell.carrier_hz * 1e6;
    return cell.ppm.value_or(0.0);
}

std::vector<CellWindow> cell_windows(const Cell& cell, double ppm, double from_s, double to_s)
{
    if (!(to_s > from_s))
        return {};
    if (cell.technology == "gsm" && cell.frame_number)
        return gsm_windows(cell, ppm, from_s, to_s);
    if (cell.technology == "lte" && cell.sfn && cell.pci)
        return lte_windows(cell, ppm, from_s, to_s);
    return {};
}

CellPass cell_pass(const Cell& cell)
{
    if (cell.technology == "gsm")
        return {100e3, 100e3};
    constexpr double block_hz = 12.0 * lte::subcarrier_hz;
    constexpr double middle_blocks = 6.0;
    const double blocks = static_cast<double>(cell.resource_blocks.value_or(6));
    const auto half = [&](double count) { return 0.5 * (count * block_hz + lte::subcarrier_hz); };
    return {half(std::max(blocks, middle_blocks)), half(middle_blocks)};
}

CellAnchor cell_anchor(const Cell& cell, double rate_hz)
{
    constexpr double turn = 2.0 * std::numbers::pi;
    CellAnchor anchor;
    if (cell.technology == "gsm") {
        anchor.reach_s = 40.0 / gsm::symbol_rate_hz; // a burst that is 40 of 148 symbols off still shows its tone
        anchor.least_share = 0.3;
        const auto count =
            static_cast<std::size_t>(static_cast<double>(gsm::burst_bits) / gsm::symbol_rate_hz * rate_hz);
        for (std::size_t i = 0; i < count; ++i)
            anchor.samples.emplace_back(std::polar(1.0, turn * gsm::tone_hz * static_cast<double>(i) / rate_hz));
        return anchor;
    }
    anchor.lead_s = LteFrame(cell.cyclic_prefix != "extended", 1.0).prefix_s(1);
    anchor.reach_s = 30e-6;
    anchor.least_share = 0.1; // of three cells on one carrier two others send at the same time
    const auto elements = lte::pss(static_cast<unsigned>(cell.pci.value_or(0) % 3));
    const auto count = static_cast<std::size_t>(lte::symbol_s * rate_hz);
    for (std::size_t i = 0; i < count; ++i) {
        std::complex<double> sum;
        for (unsigned n = 0; n < lte::sync_width; ++n)
            sum +=
                std::complex<double>(elements[n]) *
                std::polar(1.0, turn * lte::subcarrier_hz * lte::sync_subcarrier(n) * static_cast<double>(i) / rate_hz);
        anchor.samples.emplace_back(sum);
    }
    return anchor;
}

} // namespace gacsong
