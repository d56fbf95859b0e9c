// SPDX-License-Identifier: GPL-3.0-or-later
// Where news enter the session from its threads; part of session.cpp.
#pragma once

#include "gui/session/session.hpp"
#include "report/store/store_sink.hpp"

namespace gacsong::gui {

template <class Change> void Session::tell(std::uint64_t number, Change change)
{
    const std::lock_guard lock(mutex_);
    if (number != number_)
        return;
    change(news_);
    if (announced_)
        return;
    announced_ = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (!pace_.isActive())
                pace_.start();
        },
        Qt::QueuedConnection);
}

/// Where the line's results enter the session.
class Session::Tap final : public Sink {
public:
    /// `store`: where the run is kept as well; may be null.
    Tap(Session& session, std::uint64_t number, const StoreSink* store = nullptr)
        : session_(session), number_(number), store_(store)
    {
    }

    Status begin(const Run& run) override
    {
        session_.tell(number_, [&](News& news) { news.run = run; });
        return {};
    }
    Status emission(const Emission& emission) override
    {
        session_.tell(number_, [&](News& news) { news.emissions.push_back({emission, {}}); });
        return {};
    }
    Status started(const Emission& emission, std::span<const Finding> findings) override
    {
        session_.tell(number_, [&](News& news) {
            news.emissions.push_back({emission, {findings.begin(), findings.end()}});
        });
        return {};
    }
    Status cell(const Cell& cell) override
    {
        session_.tell(number_, [&](News& news) { news.cells.push_back(cell); });
        return {};
    }
    Status heard(const Cell& cell, std::span<const Finding> findings) override
    {
        session_.tell(number_, [&](News& news) {
            news.cells.push_back(cell);
            news.findings.insert(news.findings.end(), findings.begin(), findings.end());
        });
        return {};
    }
    Status note(const Message& message) override
    {
        if (auto channel = searched_channel(message))
            session_.tell(number_, [&](News& news) { news.searched.push_back(std::move(*channel)); });
        return {};
    }
    Status withdrawn(const std::string& id, const Message& /*why*/) override
    {
        session_.tell(number_, [&](News& news) { news.withdrawn.push_back(id); });
        return {};
    }
    Status noise(const NoiseLevel& level) override
    {
        session_.tell(number_, [&](News& news) { news.noise.push_back(level); });
        return {};
    }
    Status finding(const Finding& finding) override
    {
        session_.tell(number_, [&](News& news) { news.findings.push_back(finding); });
        return {};
    }
    Status gap(const Gap& gap) override
    {
        session_.tell(number_, [&](News& news) { news.gaps.push_back(gap); });
        return {};
    }
    Status warning(const Message& message) override
    {
        session_.tell(number_, [&](News& news) { news.warnings.push_back(message); });
        return {};
    }
    void progress(const Progress& progress) override
    {
        if (progress.total_s && *progress.total_s > 0.0)
            session_.tell(number_, [&](News& news) { news.analysed = progress.done_s / *progress.total_s; });
        tell_stored();
    }
    Status end(const End& end) override
    {
        tell_stored();
        session_.tell(number_, [&](News& news) { news.end = end; });
        return {};
    }

private:
    void tell_stored()
    {
        if (told_stored_ || store_ == nullptr || !store_->stored_run())
            return;
        told_stored_ = true;
        session_.tell(number_, [run = *store_->stored_run()](News& news) { news.stored_run = run; });
    }

    /// The result of a search, where a note tells of one.
    static std::optional<SearchedChannel> searched_channel(const Message& message)
    {
        if (message.key != "cells.outcome")
            return std::nullopt;
        SearchedChannel channel;
        for (const auto& [name, value] : message.arguments) {
            if (const auto* quantity = std::get_if<Quantity>(&value); quantity != nullptr && name == "center")
                channel.center_hz = quantity->value;
            if (const auto* text = std::get_if<std::string>(&value); text != nullptr && name == "technology")
                channel.technology = *text;
            if (const auto* term = std::get_if<Term>(&value); term != nullptr && name == "why")
                channel.outcome = term->key;
        }
        return channel;
    }

    Session& session_;
    std::uint64_t number_;
    const StoreSink* store_;
    bool told_stored_ = false;
};

/// Notes how far a receiver has come while the line reads it.
class Session::Followed final : public SampleSource {
public:
    Followed(Session& session, std::uint64_t number, std::unique_ptr<SampleSource> inner)
        : session_(session), number_(number), inner_(std::move(inner))
    {
    }

    [[nodiscard]] const StreamInfo& info() const override { return inner_->info(); }
    [[nodiscard]] std::optional<Message> shortfall() const override { return inner_->shortfall(); }
    [[nodiscard]] std::vector<Message> take_notes() override { return inner_->take_notes(); }
    [[nodiscard]] Result<std::optional<Block>> next(std::size_t most) override
    {
        auto block = inner_->next(most);
        if (block && *block) {
            const Block& one = **block;
            const std::uint64_t end = one.first_sample + one.bytes.size() / info().format.bytes_per_sample();
            session_.tell(number_, [&](News& news) {
                if (one.begins)
                    news.segments.push_back(*one.begins);
                news.stored_end = std::max(news.stored_end, end);
            });
        }
        return block;
    }

private:
    Session& session_;
    std::uint64_t number_;
    std::unique_ptr<SampleSource> inner_;
};

} // namespace gacsong::gui
