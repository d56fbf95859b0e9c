// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/sink.hpp"
#include "report/annotate/annotation.hpp"
#include "report/annotate/description.hpp"
#include "report/wording/wording.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace gacsong {

/// Writes what was found into the SigMF description beside the recording (formats-and-radios.md §3.1): annotations of
/// others stay, those of an earlier gacsong are replaced. A recording of another form gets a description of its own
/// that names it. The samples are never touched.
class AnnotationsSink final : public Sink {
public:
    /// `words` must outlive the sink. Errors come from begin() (annotate.stream, annotate.datatype,
    /// annotate.taken) and from end() (output.full, output.write).
    explicit AnnotationsSink(const Wording& words) : words_(words) {}

    /// Another file to write, for a recording that cannot be written beside; what stands there is kept. Before begin().
    void write_to(std::string path) { instead_ = std::move(path); }

    Status begin(const Run& run) override;
    Status emission(const Emission& emission) override;
    Status finding(const Finding& finding) override;
    Status gap(const Gap& gap) override;
    Status end(const End& end) override;

private:
    [[nodiscard]] std::uint64_t stored_sample(double at_s) const;
    [[nodiscard]] AnnotationPlace place_of(double from_s, double to_s) const;

    const Wording& words_;
    Run run_;
    Description description_;
    std::string instead_;
    std::vector<Emission> emissions_;
    std::map<std::string, std::vector<std::string>> rules_; ///< by emission
    std::vector<Gap> lost_;                                 ///< stretches that are not among the stored samples
};

} // namespace gacsong
