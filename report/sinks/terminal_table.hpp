// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/sink.hpp"
#include "report/sinks/output.hpp"
#include "report/table/layout.hpp"
#include "report/wording/wording.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace gacsong {

/// The result for people: a table of emissions, the findings below it as full sentences, and one line that sums up.
/// A recording's table comes at its end, sorted by frequency; a stream of unknown length is shown as it comes.
class TerminalTable final : public Sink {
public:
    /// Everything referred to must outlive the sink. `hint` names `gacsong explain` at the end.
    TerminalTable(Output& output, const Wording& words, const Style& style, bool hint)
        : output_(output), words_(words), style_(style), hint_(hint)
    {
    }

    Status begin(const Run& run) override;
    Status emission(const Emission& emission) override;
    Status cell(const Cell& cell) override;
    Status heard(const Cell& cell, std::span<const Finding> findings) override;
    Status finding(const Finding& finding) override;
    Status withdrawn(const std::string& id, const Message& why) override;
    Status started(const Emission& emission, std::span<const Finding> findings) override;
    Status end(const End& end) override;

private:
    [[nodiscard]] Row row(const Emission& emission) const;
    [[nodiscard]] std::vector<Emission> sorted() const;
    [[nodiscard]] Status write_table();
    [[nodiscard]] Status write_finding(const Finding& finding);
    [[nodiscard]] Status write_findings();
    [[nodiscard]] Status write_notes();
    [[nodiscard]] Status write_summary(const End& end);
    [[nodiscard]] Status paragraph(std::string_view text, std::size_t indent, std::string_view mark = {});

    Output& output_;
    const Wording& words_;
    Style style_;
    bool hint_;
    bool first_ = true; ///< no other input was shown before
    bool live_ = false;
    double sample_rate_hz_ = 0.0;
    std::optional<Layout> live_layout_;
    std::vector<Cell> cells_;
    std::vector<Emission> emissions_;
    std::vector<Finding> findings_;
    std::map<std::string, std::set<std::string>> told_; ///< rules that were told of emissions that are still on
    std::map<std::string, std::string> shown_;          ///< lines of cells that are being received
    std::string ended_;                                 ///< the emission whose findings follow
    bool estimates_ = false;                            ///< a bandwidth was marked ≈
    bool clipped_ = false;                              ///< a level was marked *
};

} // namespace gacsong
