// SPDX-License-Identifier: GPL-3.0-or-later
// How to add a signature
//   1. One file `detect/signatures/GROUP/NAME.cpp` with `const Signature signature_NAME{…}` (GROUP is `analogue`,
//      `digital`, `ism`, … by what it names; its line in CMakeLists.txt).
//   2. One declaration and one line in detect/signatures/all_signatures.cpp, cheap ones first.
//   3. Its words `signature.ID.name` and `signature.ID.seen` in plans/wording/signatures.{en,vi}.toml, and those of any
//      sentence of its own; identity keys need a name under `identity` in plans/wording/report.{en,vi}.toml.
//   4. Its tests in tests/detect/signatures: built signals at a stated SNR, and near misses that must not be named so.
// What all may use: Look (clip, discriminator, power, cuts of one's own) and dsp/demod. A new synchroniser, code or
// demodulator that could serve another signature goes to dsp/demod or dsp/coding.
#pragma once

#include "detect/signatures/look.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gacsong::detect {

/// What makes a signature sure, from strong to weak.
enum class Proof {
    crc,     ///< a check sequence
    parity,  ///< parity of a code, often enough in a row
    sync,    ///< a known sequence, with a false-alarm rate stated where it is looked for
    helper,  ///< another program's check
    pattern, ///< shape alone: such a signature never says "is", only "resembles"
};

struct SignatureInfo {
    std::string_view id;     ///< `fm-broadcast`; words under `signature.ID`
    std::string_view system; ///< of contract.md §2, as it is mostly named
    Proof proof = Proof::pattern;
    std::string_view mistaken_for; ///< systems it is most easily taken for, joined by ", "
};

/// What a signature saw.
struct Sighting {
    std::string system;      ///< of contract.md §2
    double confidence = 0.0; ///< 0 … 1; from 0.8 on it decides (only with `checked`), below it "resembles"
    bool checked = false;    ///< its integrity check passed
    std::int64_t frames = 0; ///< whose check code fits; known sequences are told in `seen`
    std::map<std::string, std::string> identity; ///< keys of contract.md §2; nothing personal
    std::vector<Message> seen;                   ///< what speaks for it, measured
    std::vector<Message> missing;                ///< what was looked for and not found
    std::optional<Modulation> modulation;        ///< where the signature knows it better than the general look
};

/// One system. Functions of what they are handed alone; no state, so that results depend on neither threads nor order.
struct Signature {
    SignatureInfo info;
    /// Cheap: bandwidth, bursts, modulation, band. What it turns away is not looked at further.
    bool (*admits)(const Look& look) = nullptr;
    /// Nothing where it is something else.
    std::optional<Sighting> (*look)(Look& look) = nullptr;
    /// Asked before the modulation is known, which neither `admits` nor `look` may use: where it is sure and says the
    /// modulation itself, nothing else is measured.
    bool early = false;
};

} // namespace gacsong::detect
