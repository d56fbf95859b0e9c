// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/sink.hpp"
#include "report/annotate/annotation.hpp"
#include "report/wording/wording.hpp"
#include "sdr/formats/draft.hpp"
#include "sdr/sigmf.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace gacsong {

/// What a person wants to have written beside a part of a recording. Kept when what was found is written anew.
struct Remark {
    double low_hz = 0.0; ///< from the centre of the recording
    double high_hz = 0.0;
    double from_s = 0.0;
    double to_s = 0.0;
    std::string text;
    std::string who;
};

/// Writes what was found into the SigMF description beside the recording (formats-and-radios.md §3.1): annotations of
/// others stay, those of an earlier gacsong are replaced. A recording of another form gets a description of its own
/// that names it. The samples are never touched.
class AnnotationsSink final : public Sink {
public:
    /// `words` must outlive the sink. Errors come from begin() (annotate.stream, annotate.archive, annotate.datatype,
    /// annotate.taken) and from end() (output.full, output.write).
    explicit AnnotationsSink(const Wording& words) : words_(words) {}

    /// To be written with the rest, any time before end().
    void add(Remark remark) { remarks_.push_back(std::move(remark)); }

    Status begin(const Run& run) override;
    Status emission(const Emission& emission) override;
    Status finding(const Finding& finding) override;
    Status gap(const Gap& gap) override;
    Status end(const End& end) override;

private:
    [[nodiscard]] Status open_description();
    [[nodiscard]] Status make_description(const sdr::Candidate& file);
    [[nodiscard]] std::uint64_t stored_sample(double at_s) const;
    [[nodiscard]] AnnotationPlace place_of(double from_s, double to_s) const;

    const Wording& words_;
    Run run_;
    std::string meta_path_;
    sdr::SigmfMeta meta_;
    sdr::SigmfFacts facts_;
    std::vector<Emission> emissions_;
    std::map<std::string, std::vector<std::string>> rules_; ///< by emission
    std::vector<Remark> remarks_;
    std::vector<Gap> lost_; ///< stretches that are not among the stored samples
};

} // namespace gacsong
