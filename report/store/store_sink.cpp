// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/store/store_sink.hpp"

#include "report/store/connection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <thread>
#include <utility>

namespace gacsong {

namespace {

/// A listed burst takes about a fiftieth of what the rest of an emission takes.
constexpr std::size_t bursts_of_a_record = 50;
constexpr double keep_every_s = 5.0; ///< what a kill may lose of a run that goes on

/// What a run holds of which some lies in others.
End without(End whole, const End& others)
{
    const auto less = [](std::uint64_t n, std::uint64_t of) { return n - std::min(n, of); };
    whole.samples = less(whole.samples, others.samples);
    whole.emissions = less(whole.emissions, others.emissions);
    whole.cells = less(whole.cells, others.cells);
    whole.findings = less(whole.findings, others.findings);
    whole.gaps = less(whole.gaps, others.gaps);
    return whole;
}

/// What the row of a run says once it was written with this end.
std::string mark_of(const End& end)
{
    return fmt::format("{} {} {} {} {} {}", end.samples, end.complete ? 1 : 0, end.emissions, end.cells, end.findings,
                       end.gaps);
}

double steady_s() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

} // namespace

StoreSink::StoreSink(StoreAddress address, std::size_t batch, Clock clock)
    : StoreSink(std::move(address), batch, std::move(clock), Patience{})
{
}

StoreSink::StoreSink(StoreAddress address, std::size_t batch, Clock clock, Patience patience)
    : address_(std::move(address)), batch_(batch), clock_(clock ? std::move(clock) : Clock(steady_s)),
      patience_(patience)
{
}

Status StoreSink::begin(const Run& run)
{
    auto opened = Store::open(address_);
    if (!opened)
        return tl::unexpected(opened.error());
    store_ = std::move(*opened);
    run_ = run;
    run_.settings.insert(run_.settings.end(), compared_with_.begin(), compared_with_.end());
    waiting_.clear();
    heard_.clear();
    weight_ = 0;
    number_ = 0;
    live_ = !run.stream.length;
    so_far_ = {};
    so_far_.complete = false;
    so_far_.why = Message("end.broken");
    kept_at_s_ = clock_();
    late_ = {};
    away_.reset();
    unsaved_.clear();
    all_unsaved_ = true;
    uid_.clear();
    whole_ = ending_ = false;
    attempted_mark_.clear();
    attempted_ = committed_ = before_ = {};
    return {};
}

/// What holds of the run if nothing follows.
void StoreSink::count(const Record& record)
{
    so_far_.emissions += std::holds_alternative<Emission>(record) ? 1U : 0U;
    so_far_.cells += std::holds_alternative<Cell>(record) ? 1U : 0U;
    so_far_.findings += std::holds_alternative<Finding>(record) ? 1U : 0U;
    so_far_.gaps += std::holds_alternative<Gap>(record) ? 1U : 0U;
}

void StoreSink::progress(const Progress& progress)
{
    if (!live_ || (!store_ && !away_))
        return;
    so_far_.samples = static_cast<std::uint64_t>(progress.done_s * run_.stream.sample_rate_hz);
    const bool news =
        !waiting_.empty() || std::ranges::any_of(heard_, [](const auto& one) { return one.second.fresh; });
    if (!news || clock_() - kept_at_s_ < keep_every_s)
        return;
    if (const Status kept = write_part(); !kept)
        late_ = kept; // told with the next record
    kept_at_s_ = clock_();
}

/// Ends a part of a run that goes on.
Status StoreSink::write_part()
{
    Status kept = write_waiting();
    if (!kept || !store_)
        return kept;
    kept = write_heard();
    End so_far = without(so_far_, before_);
    for (const auto& [id, heard] : heard_) {
        ++so_far.cells;
        so_far.findings += heard.findings.size();
    }
    attempted_ = so_far_;
    attempted_mark_ = mark_of(so_far);
    if (kept)
        kept = store_->keep(so_far);
    if (!kept)
        return failed(kept);
    attempted_mark_.clear();
    committed_ = attempted_;
    stored_run_ = number_;
    unsaved_.clear();
    all_unsaved_ = true;
    return {};
}

/// What becomes of a run whose store failed: one on a server may come back.
Status StoreSink::failed(const Status& why)
{
    store_.reset(); // rolls back
    if (why.error().message.key != "store.gone" || !all_unsaved_ || patience_.attempts == 0) {
        unsaved_.clear();
        waiting_.clear();
        return why;
    }
    away_ = why.error();
    away_at_s_ = clock_();
    return {};
}

/// Whether the server is there again and what it had not stored lies before it once more.
bool StoreSink::reconnect()
{
    away_at_s_ = clock_();
    auto opened = Store::open(address_, false);
    if (!opened)
        return false;
    if (!uid_.empty()) {
        // A transaction may have ended though nobody could be told.
        const auto mark = (*opened)->connection().value(
            QStringLiteral("SELECT CONCAT_WS(' ', samples, complete, emissions, cells, findings, gaps) FROM run WHERE "
                           "uid = '%1'")
                .arg(QString::fromStdString(uid_)));
        if (!mark)
            return false;
        const bool there = mark->isValid();
        const bool ended = there && mark->toString().toStdString() == attempted_mark_;
        whole_ = ended && ending_;
        if (ended)
            unsaved_.clear();
        if (there) {
            stored_run_ = number_;
            before_ = ended ? attempted_ : committed_;
        }
    }
    store_ = std::move(*opened);
    away_.reset();
    number_ = 0;
    uid_.clear();
    waiting_.insert(waiting_.begin(), std::make_move_iterator(unsaved_.begin()),
                    std::make_move_iterator(unsaved_.end()));
    unsaved_.clear();
    for (auto& [id, one] : heard_) {
        one.fresh = true;
        one.stored = false;
    }
    return true;
}

/// Looks for a server that went away, now and then while the run goes on.
Status StoreSink::look_again()
{
    if (clock_() - away_at_s_ >= patience_.again_s && reconnect())
        return {};
    if (waiting_.size() + unsaved_.size() <= patience_.most_kept)
        return {};
    const Error why = *away_;
    away_.reset();
    waiting_.clear();
    unsaved_.clear();
    return tl::unexpected(why);
}

/// Keeps what was written until its transaction has ended.
void StoreSink::remember_written()
{
    if (address_.server() && all_unsaved_ && unsaved_.size() + waiting_.size() <= patience_.most_kept) {
        unsaved_.insert(unsaved_.end(), std::make_move_iterator(waiting_.begin()),
                        std::make_move_iterator(waiting_.end()));
    } else if (address_.server()) {
        all_unsaved_ = false;
        unsaved_.clear();
    }
    waiting_.clear();
}

Status StoreSink::heard(const Cell& cell, std::span<const Finding> findings)
{
    constexpr std::size_t most_heard = 4096;
    if (!late_)
        return std::exchange(late_, {});
    const auto known = heard_.find(cell.id);
    if (!live_ || (known == heard_.end() && heard_.size() >= most_heard))
        return {};
    const bool stored = known != heard_.end() && known->second.stored;
    Heard now{cell, {findings.begin(), findings.end()}, true, stored};
    for (Finding& finding : now.findings)
        finding.id = cell.id + ":" + finding.rule; // until the findings get their numbers
    heard_.insert_or_assign(cell.id, std::move(now));
    return {};
}

Status StoreSink::write_heard()
{
    for (auto& [id, one] : heard_) {
        if (!one.fresh)
            continue;
        Status done = one.stored ? store_->take_out_cell(id) : Status{};
        one.stored = true;
        if (done)
            done = store_->add(one.cell);
        for (const Finding& finding : one.findings)
            if (done)
                done = store_->add(finding);
        if (!done)
            return done;
        one.fresh = false;
    }
    return {};
}

Status StoreSink::add(const Record& record)
{
    if (const auto* cell = std::get_if<Cell>(&record)) {
        const auto before = heard_.find(cell->id);
        const bool stored = before != heard_.end() && before->second.stored;
        if (before != heard_.end())
            heard_.erase(before);
        if (Status out = stored ? store_->take_out_cell(cell->id) : Status{}; !out)
            return out;
    }
    return std::visit([this](const auto& one) { return store_->add(one); }, record);
}

Status StoreSink::keep(Record record)
{
    if (!late_)
        return std::exchange(late_, {});
    ++weight_;
    if (live_)
        count(record);
    if (const auto* emission = std::get_if<Emission>(&record))
        weight_ += emission->burst_list.size() / bursts_of_a_record;
    waiting_.push_back(std::move(record));
    return weight_ >= batch_ ? write_waiting() : Status{};
}

Status StoreSink::begin_run()
{
    const auto begun = store_->begin(run_);
    if (!begun)
        return tl::unexpected(begun.error());
    number_ = *begun;
    if (!address_.server())
        return {};
    return store_->connection()
        .value(QStringLiteral("SELECT uid FROM run WHERE run = %1").arg(number_))
        .map([this](const QVariant& uid) { uid_ = uid.toString().toStdString(); });
}

Status StoreSink::write_waiting()
{
    if (away_) {
        if (Status looked = look_again(); !looked)
            return looked;
    }
    if (!store_) // it is away, or an error was told before
        return {};
    Status done = number_ == 0 ? begin_run() : Status{};
    for (const Record& record : waiting_) {
        if (done)
            done = add(record);
    }
    if (!done)
        return failed(done);
    remember_written();
    weight_ = 0;
    return {};
}

Status StoreSink::end(const End& end)
{
    if (!late_)
        return std::exchange(late_, {});
    Status written = store_ || away_ ? write_waiting() : Status{};
    const double began_s = steady_s();
    for (int attempt = 0; written; ++attempt) {
        if (store_ && !whole_) {
            const End here = without(end, before_);
            ending_ = true;
            attempted_ = end;
            attempted_mark_ = mark_of(here);
            const Status committed = store_->commit(here);
            if (committed)
                stored_run_ = number_;
            else
                written = failed(committed);
        }
        if (!away_)
            break;
        if (attempt >= patience_.attempts || steady_s() - began_s > Patience::most_s) {
            written = tl::unexpected(*away_);
            break;
        }
        std::this_thread::sleep_for(std::chrono::duration<double>(patience_.pause_s));
        if (reconnect() && !whole_)
            written = write_waiting();
    }
    store_.reset();
    away_.reset();
    waiting_.clear();
    unsaved_.clear();
    return written;
}

} // namespace gacsong
