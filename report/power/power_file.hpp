// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"
#include "report/power/power_csv.hpp"

#include <fstream>
#include <memory>
#include <string>

namespace gacsong {

/// Writes rows as they come to `NAME.part`, which gets its name when it is whole.
class PowerFile {
public:
    /// Errors: output.exists, unless `force`; output.write.
    [[nodiscard]] static Result<std::unique_ptr<PowerFile>> create(const std::string& path, bool force);

    /// Error: output.write.
    [[nodiscard]] Status add(const PowerRow& row);
    [[nodiscard]] Status finish();

private:
    explicit PowerFile(std::string path) : path_(std::move(path)), out_(path_ + ".part", std::ios::binary) {}
    [[nodiscard]] Status failed() const;

    std::string path_;
    std::ofstream out_;
};

} // namespace gacsong
