// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sdr/formats/draft.hpp"
#include "sdr/sigmf.hpp"

namespace gacsong::sdr {

/// Joins metadata and data. `name` is what sentences call the recording, `data_name` the file with the samples.
/// Errors: `file.empty`.
[[nodiscard]] Result<Draft> draft_of_sigmf(const SigmfMeta& meta, std::shared_ptr<const Bytes> data,
                                           const std::string& data_name, const std::string& name);

} // namespace gacsong::sdr
