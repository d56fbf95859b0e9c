// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/store/store_sink.hpp"

namespace gacsong {

namespace {

/// A listed burst takes about a fiftieth of what the rest of an emission takes.
constexpr std::size_t bursts_of_a_record = 50;

} // namespace

Status StoreSink::begin(const Run& run)
{
    auto opened = Store::open(file_);
    if (!opened)
        return tl::unexpected(opened.error());
    store_ = std::move(*opened);
    run_ = run;
    waiting_.clear();
    weight_ = 0;
    number_ = 0;
    return {};
}

Status StoreSink::keep(Record record)
{
    ++weight_;
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
        const Status added = std::visit([this](const auto& one) { return store_->add(one); }, record);
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
