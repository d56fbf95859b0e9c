// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/detect/cells/lte_trials.hpp"

#include "detect/cells/lte/searcher.hpp"
#include "tests/support/random.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::test {

namespace {

bool master_fits(const Cell& cell, const lte::Settings& settings, const lte::Reception& reception)
{
    static constexpr std::array<const char*, 4> resources{"1/6", "1/2", "1", "2"};
    // The first frame that begins in the recording.
    const double begin_s = reception.begin_s - 1e-6;
    const auto frame = static_cast<unsigned>(std::ceil(begin_s / 1e-2));
    const double frame_at = (frame * 1e-2 - reception.begin_s) * (1.0 - reception.ppm * 1e-6);
    const auto number = static_cast<std::uint64_t>(settings.first_frame + frame) % 1024;
    const std::string phich =
        std::string(settings.phich_extended ? "extended " : "normal ") + resources.at(settings.phich_resource);
    return cell.resource_blocks == settings.blocks && cell.ports == settings.ports && cell.phich == phich &&
           cell.sfn == number && std::abs(cell.frame_start_s.value_or(-1.0) - frame_at) < 5e-6;
}

} // namespace

detect::CellReport search_lte(const std::vector<std::complex<float>>& samples, const lte::Reception& reception,
                              bool centre_known)
{
    detect::CellInput input;
    input.format = SampleFormat::of(Component::f32);
    input.sample_rate_hz = reception.rate_hz;
    if (centre_known)
        input.center_hz = reception.carrier_hz - reception.baseband_hz;
    const auto searcher = detect::lte::make_searcher(input);
    if (!searcher)
        return {};
    searcher->add(std::as_bytes(std::span(samples)));
    searcher->finish();
    return searcher->take();
}

LteOutcome judge_lte(const detect::CellReport& report, const lte::Settings& settings, const lte::Reception& reception)
{
    LteOutcome out;
    const double expected_hz =
        reception.baseband_hz + reception.ppm * 1e-6 * (reception.carrier_hz + reception.baseband_hz);
    for (const Cell& cell : report.cells) {
        const bool own = cell.pci == settings.pci && cell.duplex == (settings.tdd ? "tdd" : "fdd") &&
                         cell.cyclic_prefix == (settings.normal_prefix ? "normal" : "extended") &&
                         std::abs(cell.baseband_hz - expected_hz) < 1e3;
        if (!own || out.pci) {
            ++out.wrong;
            continue;
        }
        out.pci = true;
        for (const CellMessage& message : cell.messages)
            if (message.name == "MIB")
                out.master = master_fits(cell, settings, reception);
            else if (message.name == "SIB1")
                out.first = out.first || message.hex == hex_of(settings.first_message);
        const auto told = static_cast<unsigned>(std::ranges::count(cell.messages, "MIB", &CellMessage::name));
        const auto firsts = static_cast<unsigned>(std::ranges::count(cell.messages, "SIB1", &CellMessage::name));
        out.wrong += told - (out.master ? 1 : 0) + firsts - (out.first ? 1 : 0);
    }
    return out;
}

LteTrial random_lte_trial(LteTrial trial, double ppm, std::uint64_t number)
{
    Random random(mix64(number) ^ 0x747269616CULL);
    trial.settings.pci = random.below(504);
    trial.settings.first_frame = random.below(1024);
    trial.settings.seed = number;
    trial.reception.begin_s = random.uniform(0.0, 0.08);
    trial.reception.ppm = random.uniform(-ppm, ppm);
    trial.reception.seed = number;
    return trial;
}

std::string hex_of(const std::vector<std::uint8_t>& octets)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const std::uint8_t octet : octets) {
        out += digits[octet >> 4U];
        out += digits[octet & 15U];
    }
    return out;
}

} // namespace gacsong::test
