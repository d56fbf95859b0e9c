// SPDX-License-Identifier: GPL-3.0-or-later
// What the threads of a session have told becomes what the window sees; in the window's thread.
#include "gui/session/taps.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace gacsong::gui {

void Session::take_tiles(std::vector<TilePtr> tiles)
{
    for (TilePtr& tile : tiles) {
        auto& hold = hold_[tile->key.log2_bins];
        hold.resize(tile->bins(), Tile::nothing);
        for (std::size_t row = 0; row < Tile::rows; ++row) {
            if (tile->state[row] != RowState::rough && tile->state[row] != RowState::whole)
                continue;
            const auto levels = tile->row(tile->maximum, row);
            std::ranges::transform(levels, hold, hold.begin(), [](auto a, auto b) { return std::max(a, b); });
        }
        tiles_.put(std::move(tile));
    }
}

void Session::collect()
{
    News news;
    {
        const std::lock_guard lock(mutex_);
        std::swap(news, news_);
        news_.analysed = news.analysed;
        announced_ = false;
    }
    const auto append = [](auto& to, auto& from) { to.insert(to.end(), from.begin(), from.end()); };
    append(gaps_, news.gaps);
    const auto first_warning = static_cast<int>(warnings_.size());
    append(warnings_, news.warnings);
    if (news.run)
        run_ = std::move(*news.run);
    if (news.recording) {
        recording_ = std::move(news.recording);
        phase_ = Phase::scanning;
        server_ = std::make_unique<TileServer>(recording_->history, recording_->timeline,
                                               [this, number = number_](TilePtr tile) {
                                                   tell(number, [&](News& to) { to.tiles.push_back(std::move(tile)); });
                                               });
        Q_EMIT opened();
    }
    if (news.stored_end > 0 || !news.segments.empty())
        take_growth(news);
    // The lines of the floor belong to the rows that they are drawn with.
    const bool rows = !news.tiles.empty() || !news.noise.empty();
    for (NoiseLevel& level : news.noise)
        noise_.add(std::move(level));
    if (!news.tiles.empty())
        take_tiles(std::move(news.tiles));
    if (rows)
        Q_EMIT rows_changed();
    std::erase_if(news.emissions, [&](const Seen& seen) {
        return std::ranges::find(news.withdrawn, seen.emission.id) != news.withdrawn.end();
    });
    if (news.stored_run)
        stored_run_ = news.stored_run;
    const std::vector<std::string> grave = take_findings(news);
    if (!news.emissions.empty())
        take_emissions(std::move(news.emissions));
    withdraw(news.withdrawn);
    take_cells(std::move(news.cells), std::move(news.searched));
    for (const std::string& subject : grave)
        Q_EMIT danger(QString::fromStdString(subject));
    if (news.analysed > analysed_) {
        analysed_ = news.analysed;
        Q_EMIT progressed();
    }
    if (!news.warnings.empty())
        Q_EMIT warned(first_warning);
    if (news.error) {
        error_ = std::move(news.error);
        phase_ = recording_ ? Phase::done : Phase::failed;
        Q_EMIT failed();
    }
    if (news.end) {
        end_ = std::move(news.end);
        phase_ = Phase::done;
        analysed_ = end_->complete ? 1.0 : analysed_;
        Q_EMIT ended();
    }
}

void Session::mark_ignored(int row, const std::string& reason, std::optional<Instant> until)
{
    Emission& emission = emissions_[static_cast<std::size_t>(row)];
    const Quantity center{emission.center_hz.value_or(emission.offset_hz), Unit::frequency,
                          emission.uncertainty.center_hz};
    Message line("verdict.ignored.line", {{"center", center}, {"reason", reason}});
    if (until)
        line.arguments.push_back({"until", *until});
    else
        line.arguments.push_back({"until", std::vector<Message>{Message("ignored.no_end")}});
    emission.verdict = Verdict::ignored;
    emission.reasons = {{"ignored", std::move(line), {}}};
    findings_.erase(emission.id);
    Q_EMIT emission_changed(row);
}

void Session::take_emissions(std::vector<Seen> seen)
{
    const auto first = static_cast<int>(emissions_.size());
    std::set<std::size_t> changed;
    for (Seen& one : seen) {
        const auto [place, fresh] = places_.emplace(one.emission.id, emissions_.size());
        if (fresh) {
            emissions_.push_back(std::move(one.emission));
        } else {
            emissions_[place->second] = std::move(one.emission);
            changed.insert(place->second);
        }
    }
    if (static_cast<int>(emissions_.size()) > first)
        Q_EMIT emissions_added(first, static_cast<int>(emissions_.size()) - first);
    for (const std::size_t row : changed)
        Q_EMIT emission_changed(static_cast<int>(row));
}

void Session::take_growth(const News& news)
{
    if (!recording_ || !recording_->live())
        return;
    segments_.insert(segments_.end(), news.segments.begin(), news.segments.end());
    const Timeline& old = recording_->timeline;
    const std::uint64_t before = old.stretches().empty() ? 0
                                                         : old.stretches().back().stored +
                                                               static_cast<std::uint64_t>(old.stretches().back().count);
    recording_->timeline = Timeline(segments_, std::max(before, news.stored_end), recording_->stream.sample_rate_hz);
    if (server_)
        server_->grow(recording_->timeline);
    Q_EMIT grown();
}

/// Gives those on which something grave was found for the first time.
std::vector<std::string> Session::take_findings(News& news)
{
    for (const Seen& seen : news.emissions)
        findings_.erase(seen.emission.id);
    for (const Cell& cell : news.cells)
        findings_.erase(cell.id);
    for (const Seen& seen : news.emissions)
        for (const Finding& finding : seen.findings)
            news.findings.push_back(finding);
    std::vector<std::string> grave;
    for (Finding& finding : news.findings) {
        if (finding.severity == Severity::danger && dangers_.insert(finding.subject).second)
            grave.push_back(finding.subject);
        findings_.emplace(finding.subject, std::move(finding));
    }
    return grave;
}

void Session::take_cells(std::vector<Cell> cells, std::vector<SearchedChannel> searched)
{
    if (cells.empty() && searched.empty())
        return;
    for (Cell& cell : cells) {
        const auto known = std::ranges::find(cells_, cell.id, &Cell::id);
        if (known == cells_.end())
            cells_.push_back(std::move(cell));
        else
            *known = std::move(cell);
    }
    constexpr std::array<std::string_view, 5> outcomes{"no-energy", "no-fcch", "no-sch", "crc-failed", "decoded"};
    const auto rank = [&](const std::string& outcome) { return std::ranges::find(outcomes, outcome); };
    for (SearchedChannel& one : searched) {
        const auto place = std::ranges::lower_bound(searched_, one.center_hz, {}, &SearchedChannel::center_hz);
        const bool known = place != searched_.end() && place->center_hz == one.center_hz;
        if (!known)
            searched_.insert(place, std::move(one));
        else if (rank(one.outcome) > rank(place->outcome))
            *place = std::move(one);
    }
    Q_EMIT cells_changed();
}

std::string Session::network_name(const std::string& plmn) const
{
    if (!recording_)
        return {};
    const auto& networks = recording_->context->plan.networks;
    const auto found = std::ranges::find(networks, plmn, &MobileNetwork::plmn);
    return found == networks.end() ? std::string() : found->name;
}

void Session::withdraw(const std::vector<std::string>& ids)
{
    for (const std::string& id : ids) {
        const auto place = places_.find(id);
        if (place == places_.end())
            continue;
        const std::size_t row = place->second;
        Q_EMIT emission_leaving(static_cast<int>(row));
        emissions_.erase(emissions_.begin() + static_cast<std::ptrdiff_t>(row));
        places_.erase(place);
        for (auto& [other, at] : places_) {
            if (at > row)
                --at;
        }
        findings_.erase(id);
        Q_EMIT emission_left(static_cast<int>(row));
    }
}

} // namespace gacsong::gui
