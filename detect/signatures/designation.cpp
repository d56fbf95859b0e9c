// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/signatures/designation.hpp"

#include "detect/plan/designator.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace gacsong::detect {

namespace {

/// Written as the services write them (monitoring.md §5).
struct Known {
    std::string_view system;
    std::string_view designator;
};
constexpr std::array<Known, 12> known{{{"TETRA", "22K0D7W"},
                                       {"DMR", "7K60FXW"},
                                       {"P25", "8K10F1E"},
                                       {"POCSAG", "16K0F1D"},
                                       {"AIS", "16K0GXW"},
                                       {"DECT", "1M73F7W"},
                                       {"DECT 6.0", "1M73F7W"},
                                       {"DVB-T", "8M00X7F"},
                                       {"DAB", "1M54X7W"},
                                       {"GSM", "200KG7W"},
                                       {"UMTS", "5M00G7W"},
                                       {"wireless microphone", "200KF3E"}}};

std::string joined(double bandwidth_hz, std::string_view emission_class)
{
    const auto four = designator_bandwidth(bandwidth_hz);
    return four ? *four + std::string(emission_class) : std::string();
}

/// Necessary bandwidth 2M + 2DK of frequency modulation (ITU-R SM.1138-3).
double carson(double highest_hz, double deviation_hz, double k) { return 2.0 * highest_hz + 2.0 * deviation_hz * k; }

std::string by_system(const Emission& e)
{
    const std::string& system = e.system.name;
    if (system == "FM broadcast") {
        const bool data = e.system.identity.contains("rds_pi");
        const bool stereo = e.system.identity.contains("pilot_hz");
        return data ? "256KF8E" : stereo ? "256KF8E" : "180KF3E";
    }
    if (system == "VOR")
        return "20K9A9W";
    if (system == "analogue voice" && e.modulation.name == "AM")
        return "6K00A3E";
    if (system == "analogue voice" && e.modulation.name == "SSB")
        return "2K70J3E";
    if (system == "analogue voice" && e.modulation.name == "NFM")
        return e.modulation.deviation_hz.value_or(5000.0) > 3000.0 ? "16K0F3E" : "11K0F3E";
    if (system == "AM broadcast")
        return "10K0A3E";
    if (system == "Morse")
        return "100HA1A";
    if (system == "NR")
        return joined(e.bandwidth_hz, "W7W"); // as wide as it was seen
    return {};
}

/// By modulation alone: the first symbol is certain, the others are not.
std::string by_modulation(const Emission& e)
{
    const std::string& name = e.modulation.name;
    const auto rate = e.modulation.symbol_rate_hz;
    const auto deviation = e.modulation.deviation_hz;
    if (name == "FSK2" || name == "GFSK" || name == "GMSK" || name == "FSK4") {
        if (!rate || !deviation)
            return {};
        return joined(carson(0.5 * *rate, *deviation, 1.2), "F1D");
    }
    const bool phase = name == "BPSK" || name == "QPSK" || name == "8PSK" || name == "DQPSK";
    if ((phase || name == "QAM16" || name == "QAM64") && rate)
        return joined(1.2 * *rate, phase ? "G1D" : "D1D");
    return {};
}

} // namespace

std::string designator_of(const Emission& emission)
{
    const auto found =
        std::find_if(known.begin(), known.end(), [&](const Known& one) { return one.system == emission.system.name; });
    if (found != known.end())
        return std::string(found->designator);
    if (auto text = by_system(emission); !text.empty())
        return text;
    return by_modulation(emission);
}

} // namespace gacsong::detect
