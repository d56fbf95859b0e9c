// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/evidence/keys.hpp"
#include "report/papers/material.hpp"
#include "report/papers/office.hpp"
#include "report/wording/wording.hpp"

#include <filesystem>
#include <string>

namespace gacsong::evidence {

/// What a package is made of.
struct PackageInput {
    Store& store;
    const papers::CaseMaterial& material;
    const Office& office;
    const Keys& keys;
    const Wording& vi;
    const Wording& en;
    std::string program;
    Hand hand;
};

/// A package that was written.
struct Package {
    std::string sha512; ///< of the whole zip
    std::size_t files = 0;
    PackageFacts facts;            ///< as they stand in the log
    std::vector<Message> left_out; ///< what could not go into it, and why
};

/// Writes the package of a case: results with their uncertainties and the receiver's track (JSON Lines), I/Q clips of
/// emissions and of what base stations broadcast (SigMF), pictures of their spectrum and waterfall with the settings in
/// them (PNG, in Vietnamese), the messages of base stations (pcap with GSMTAP), the report in both languages, the
/// store's log, `manifest.json`, `SHA512SUMS` that `sha512sum -c` accepts, `office.pub`, and `signature.ed25519` over
/// SHA512SUMS. No clip of an emission is taken from a recording in which a base station was received: it would hold
/// what phones are told. Errors: evidence.key, key.broken, output.write, those of papers and clips that are about
/// writing.
[[nodiscard]] Result<Package> write_package(const PackageInput& input, const std::filesystem::path& file);

/// Key of the sentence that says what this computer's clock was checked against.
[[nodiscard]] std::string clock_state();

} // namespace gacsong::evidence
