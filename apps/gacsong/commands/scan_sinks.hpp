// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "apps/gacsong/session.hpp"
#include "detect/sink.hpp"
#include "report/store/store_url.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace gacsong::app {

/// What the outputs of a scan are made from. Everything must outlive them.
struct SinkContext {
    const Arguments& arguments;
    Session& session;
    const Wording& vi; ///< both languages, for outputs that carry both
    const Wording& en;
    std::optional<StoreAddress> store;      ///< absent: nothing is stored
    std::vector<std::string> compared_with; ///< of compared_files()
};

/// Passes on to an output, and remembers that it failed. Says `preface` as warnings when a run has begun: what was
/// wrong with the tables that all inputs share.
class WatchedSink final : public Sink {
public:
    WatchedSink(std::unique_ptr<Sink> inner, const std::vector<Message>& preface)
        : inner_(std::move(inner)), preface_(preface)
    {
    }

    Status begin(const Run& run) override;
    Status emission(const Emission& emission) override { return watched(inner_->emission(emission)); }
    Status cell(const Cell& cell) override { return watched(inner_->cell(cell)); }
    Status heard(const Cell& cell, std::span<const Finding> findings) override
    {
        return watched(inner_->heard(cell, findings));
    }
    Status broadcast(const BroadcastBlock& block) override { return watched(inner_->broadcast(block)); }
    Status note(const Message& message) override { return watched(inner_->note(message)); }
    Status finding(const Finding& finding) override { return watched(inner_->finding(finding)); }
    Status started(const Emission& emission, std::span<const Finding> findings) override
    {
        return watched(inner_->started(emission, findings));
    }
    Status withdrawn(const std::string& id, const Message& why) override { return watched(inner_->withdrawn(id, why)); }
    Status gap(const Gap& gap) override { return watched(inner_->gap(gap)); }
    Status position(const TrackPoint& point) override { return watched(inner_->position(point)); }
    Status look(const Look& look) override { return watched(inner_->look(look)); }
    Status warning(const Message& message) override { return watched(inner_->warning(message)); }
    void progress(const Progress& progress) override { inner_->progress(progress); }
    Status end(const End& end) override { return watched(inner_->end(end)); }

    [[nodiscard]] bool failed() const { return failed_; }

private:
    Status watched(Status status)
    {
        failed_ = failed_ || !status;
        return status;
    }

    std::unique_ptr<Sink> inner_;
    const std::vector<Message>& preface_;
    bool failed_ = false;
};

/// The outputs that the arguments ask for. Adding one is a function and a line in the list of scan_sinks.cpp.
[[nodiscard]] std::vector<std::unique_ptr<WatchedSink>> make_sinks(const SinkContext& context,
                                                                   const std::vector<Message>& preface);

} // namespace gacsong::app
