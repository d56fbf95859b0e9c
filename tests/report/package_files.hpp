// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/evidence/zip.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <vector>

namespace gacsong::test {

/// Files of a zip in their order.
inline std::vector<evidence::ZipEntry> unpacked(const std::filesystem::path& file)
{
    std::vector<evidence::ZipEntry> entries;
    EXPECT_TRUE(evidence::read_zip(
        file,
        [&](const std::string& name) {
            entries.push_back({name, {}, {}});
        },
        [&](std::span<const std::byte> bytes) {
            entries.back().text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        }));
    return entries;
}

} // namespace gacsong::test
