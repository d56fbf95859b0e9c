// SPDX-License-Identifier: GPL-3.0-or-later
// How often systems are named with their identity at the level that docs/recognition.md states, and how often noise and
// other signals get a name that a check stands for.
// usage: identity_trials [trials of each system] [looks at each kind of noise]
#include "tests/detect/signatures/built.hpp"
#include "tests/detect/signatures/grid.hpp"
#include "tests/detect/signatures/tetra_built.hpp"
#include "tests/support/signals/analogue.hpp"
#include "tests/support/signals/broadcast.hpp"
#include "tests/support/signals/carrier.hpp"
#include "tests/support/signals/chirp.hpp"
#include "tests/support/signals/dect.hpp"
#include "tests/support/signals/dmr.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace {

using namespace gacsong;
using namespace gacsong::test;
using Identity = std::map<std::string, std::string>;

constexpr double sure = 0.8; ///< confidence from which a name decides

struct System {
    const char* what;
    std::string name;
    std::function<Built(std::uint64_t)> build;
    std::function<Identity(std::uint64_t)> identity; ///< that must be among what is said
};

std::string hex(std::uint64_t value, int digits)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%0*llX", digits, static_cast<unsigned long long>(value));
    return text.data();
}

std::string tenths(double value)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f", value);
    return text.data();
}

constexpr std::array tones_hz{67.0, 77.0, 88.5, 100.0, 110.9, 123.0, 136.5, 151.4, 167.9, 186.2, 210.7, 233.6, 250.3};

double tone_hz(std::uint64_t n) { return tones_hz.at(n % tones_hz.size()); }
std::uint64_t base_of(std::uint64_t n) { return 0x0012340058U + n * 0x01003008U; }
unsigned factor_of(std::uint64_t n) { return 7U + static_cast<unsigned>(n % 6); }

const std::vector<System>& systems()
{
    static const std::vector<System> all{
        {"FM broadcast, 15 dB, 2 s", "FM broadcast",
         [](std::uint64_t n) {
             return Built{wfm({.stereo = n % 2 == 0,
                               .rds = RdsSettings{static_cast<std::uint16_t>(0x1200 + n), "DAI " + std::to_string(n)},
                               .seed = n}),
                          480e3,
                          2.0,
                          15.0,
                          0.0,
                          n};
         },
         [](std::uint64_t n) {
             return Identity{{"rds_pi", hex(0x1200 + n, 4)}, {"rds_ps", "DAI " + std::to_string(n)}};
         }},
        {"CTCSS, 10 dB, 1 s", "analogue voice",
         [](std::uint64_t n) { return Built{nfm({.ctcss_hz = tone_hz(n), .seed = n}), 100e3, 1.0, 10.0, 0.0, n}; },
         [](std::uint64_t n) {
             return Identity{{"ctcss_hz", tenths(tone_hz(n))}};
         }},
        {"DECT, 6 dB, 2 s", "DECT",
         [](std::uint64_t n) {
             return Built{dect({.fixed_part = n % 2 == 0,
                                .slot = static_cast<unsigned>(n % 12) + (n % 2 == 0 ? 0U : 12U),
                                .rfpi = base_of(n),
                                .seed = n}),
                          4e6,
                          2.0,
                          6.0,
                          0.0,
                          n};
         },
         [](std::uint64_t n) {
             return Identity{{"rfpi", hex(base_of(n), 10)}};
         }},
        {"DMR, 6 dB, 2 s", "DMR",
         [](std::uint64_t n) {
             return Built{dmr({.colour_code = static_cast<unsigned>(n % 16),
                               .base_station = n % 2 == 0,
                               .voice = n % 3 != 0,
                               .seed = n}),
                          100e3,
                          2.0,
                          6.0,
                          0.0,
                          n};
         },
         [](std::uint64_t n) {
             return Identity{{"colour_code", std::to_string(n % 16)}};
         }},
        {"TETRA, 6 dB, 2 s", "TETRA", [](std::uint64_t n) { return Built{tetra_base(true), 100e3, 2.0, 6.0, 0.0, n}; },
         [](std::uint64_t) {
             return Identity{{"mcc", "452"}, {"mnc", "9"}, {"colour_code", "17"}};
         }},
        {"LoRa, 6 dB, 2 s", "LoRa",
         [](std::uint64_t n) {
             return Built{lora({.spreading_factor = factor_of(n), .seed = n}), 500e3, 2.0, 6.0, 0.0, n};
         },
         [](std::uint64_t n) {
             return Identity{{"spreading_factor", std::to_string(factor_of(n))}, {"bandwidth_hz", "125000"}};
         }},
    };
    return all;
}

void try_systems(std::uint64_t trials)
{
    const char* only = std::getenv("GACSONG_KIND");
    for (const System& system : systems()) {
        if (only != nullptr && std::string(system.what).find(only) == std::string::npos)
            continue;
        std::uint64_t is_named = 0;
        std::uint64_t whole = 0;
        std::uint64_t wrong = 0;
        for (std::uint64_t n = 1; n <= trials; ++n) {
            const Emission e = named(system.build(n));
            is_named += e.system.name == system.name ? 1U : 0U;
            const Identity wanted = system.identity(n);
            bool all = e.system.name == system.name;
            bool other = e.system.name != system.name && e.system.confidence >= sure;
            for (const auto& [key, value] : wanted) {
                const auto said = e.system.identity.find(key);
                all = all && said != e.system.identity.end() && said->second == value;
                other = other || (said != e.system.identity.end() && said->second != value);
            }
            whole += all ? 1U : 0U;
            wrong += other ? 1U : 0U;
        }
        std::printf("%-26s named %llu, with identity %llu, wrong %llu of %llu\n", system.what,
                    static_cast<unsigned long long>(is_named), static_cast<unsigned long long>(whole),
                    static_cast<unsigned long long>(wrong), static_cast<unsigned long long>(trials));
        std::fflush(stdout);
    }
}

void count_false(const char* what, const std::function<Emission(std::uint64_t)>& look, std::uint64_t looks,
                 const std::string& right = {})
{
    std::map<std::string, int> names;
    for (std::uint64_t n = 1; n <= looks; ++n) {
        const Emission e = look(n);
        if (e.system.name != right && (e.system.confidence >= sure || !e.system.identity.empty()))
            ++names[e.system.name];
    }
    std::printf("%-26s looks %llu, false", what, static_cast<unsigned long long>(looks));
    for (const auto& [name, count] : names)
        std::printf(" %s %d", name.c_str(), count);
    std::printf("%s\n", names.empty() ? " none" : "");
    std::fflush(stdout);
}

void try_noise(std::uint64_t looks)
{
    struct Width {
        const char* what;
        double width_hz;
        double rate_hz;
        double length_s; ///< what one look takes of it
    };
    constexpr std::array<Width, 6> widths{{{"noise 6.25 kHz, 2.4 s", 5e3, 25e3, 2.4},
                                           {"noise 12.5 kHz, 1.2 s", 10e3, 50e3, 1.2},
                                           {"noise 25 kHz, 1 s", 20e3, 100e3, 1.0},
                                           {"noise 125 kHz, 0.4 s", 125e3, 500e3, 0.4},
                                           {"noise 200 kHz, 1 s", 180e3, 500e3, 1.0},
                                           {"noise 2 MHz, 0.1 s", 1.8e6, 4e6, 0.1}}};
    for (const Width& w : widths)
        count_false(
            w.what,
            [&w](std::uint64_t n) {
                return named({noise_band(w.width_hz, n), w.rate_hz, w.length_s, 12.0, 0.0, n});
            },
            looks);
}

} // namespace

int main(int argc, char** argv)
{
    const std::uint64_t trials = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 100;
    const std::uint64_t looks = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 300;
    try_systems(trials);
    try_noise(looks);
    for (const GridClass& kind : grid_classes())
        count_false(
            kind.name.c_str(), [&kind](std::uint64_t n) { return recognised(grid_scene(kind, 12.0, n), n); },
            looks / 10,
            kind.name == "CSS"   ? "LoRa"
            : kind.name == "WFM" ? "FM broadcast"
                                 : "");
    return 0;
}
