// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/store/store_sink.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace gacsong {

namespace {

/// A listed burst takes about a fiftieth of what the rest of an emission takes.
constexpr std::size_t bursts_of_a_record = 50;
constexpr double keep_every_s = 5.0; ///< what a kill may lose of a run that goes on

double steady_s() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

} // namespace

StoreSink::StoreSink(StoreAddress address, std::size_t batch, Clock clock)
    : address_(std::move(address)), batch_(batch), clock_(clock ? std::move(clock) : Clock(steady_s))
{
}

Status StoreSink::begin(const Run& run)
{
    auto opened = Store::open(address_);
    if (!opened)
        return tl::unexpected(opened.error());
    store_ = std::move(*opened);
    run_ = run;
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
    if (!live_ || !store_)
        return;
    so_far_.samples = static_cast<std::uint64_t>(progress.done_s * run_.stream.sample_rate_hz);
    const bool news =
        !waiting_.empty() || std::ranges::any_of(heard_, [](const auto& one) { return one.second.fresh; });
    if (!news || clock_() - kept_at_s_ < keep_every_s)
        return;
    Status kept = write_waiting();
    if (kept)
        kept = write_heard();
    End so_far = so_far_;
    for (const auto& [id, heard] : heard_) {
        ++so_far.cells;
        so_far.findings += heard.findings.size();
    }
    if (kept)
        kept = store_->keep(so_far);
    if (kept) {
        stored_run_ = number_;
    } else {
        store_.reset();
        late_ = kept; // told with the next record
    }
    kept_at_s_ = clock_();
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
        if (!done) {
            store_.reset(); // rolls back
            return done;
        }
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

Status StoreSink::write_waiting()
{
    if (!store_) // an error was told before
        return {};
    if (number_ == 0) {
        const auto begun = store_->begin(run_);
        if (!begun) {
            store_.reset();
            return tl::unexpected(begun.error());
        }
        number_ = *begun;
    }
    for (const Record& record : waiting_) {
        const Status added = add(record);
        if (!added) {
            store_.reset(); // rolls back
            return added;
        }
    }
    waiting_.clear();
    weight_ = 0;
    return {};
}

Status StoreSink::end(const End& end)
{
    if (!late_)
        return std::exchange(late_, {});
    if (!store_)
        return {};
    Status written = write_waiting();
    if (written)
        written = store_->commit(end);
    if (written)
        stored_run_ = number_;
    store_.reset();
    return written;
}

} // namespace gacsong
