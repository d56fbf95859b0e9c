// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/scene.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace gacsong::test {

/// What a scan of a demo recording should say of one transmitter, beyond what the scene itself knows.
struct Expected {
    std::string verdict{};                      ///< codes of contract.md §2, several separated by `|`
    double tolerance_hz = 0.0;                  ///< of the centre; 0: the larger of 2 kHz and 2 % of the width
    std::vector<std::string> modulation_also{}; ///< other names that are right as well
    std::vector<std::string> system_also{};
    bool system_optional = false;             ///< nothing in the signal tells the system
    int may_be = 1;                           ///< emissions it may be split into
    std::vector<std::string> too_short_for{}; ///< parts of the identity that the recording is too short to show
};

/// One row of a licence register (contract.md §3); holders are invented.
struct DemoLicence {
    std::string id;
    std::string holder;
    std::string service;
    double center_hz = 0.0;
    double bandwidth_hz = 0.0;
    std::string designator;
    double power_w = 0.0;
    std::string note{};
};

struct DemoRecording {
    std::string name; ///< without extension
    std::string description;
    Scene scene;
    SampleFormat format;
    std::vector<Expected> expected{}; ///< one for each of scene.signals; none at all: the scan must stay silent
};

/// A folder of captures/: recordings, the register that belongs to them and what must be found.
struct DemoFolder {
    std::string name;
    std::string description;
    std::vector<DemoRecording> recordings;
    std::vector<DemoLicence> licences{};
};

/// Long Xuyên, An Giang: where all demo recordings claim to be made.
inline constexpr double demo_latitude = 10.3864;
inline constexpr double demo_longitude = 105.4352;

/// 2026-11-02T03:15:00Z: when they claim to begin.
inline constexpr Instant demo_start{1793589300LL * 1'000'000'000LL};

[[nodiscard]] DemoFolder fm_band_demo();
[[nodiscard]] DemoFolder uhf_mix_demo();
[[nodiscard]] DemoFolder dect6_demo();
[[nodiscard]] DemoFolder empty_demo();

/// The register of a folder as CSV; only the heading where it has no licences.
[[nodiscard]] std::string demo_register(const DemoFolder& folder);

/// A file below captures/.
struct DemoFile {
    std::string path; ///< `fm_band/truth.json`
    std::vector<std::byte> bytes;
};

/// Everything that is made, the same bytes each time: `.sigmf-data`, `.sigmf-meta`, `truth.json`, `licences.csv`.
[[nodiscard]] std::vector<DemoFile> demo_files();

} // namespace gacsong::test
