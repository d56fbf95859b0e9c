// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/session/archive.hpp"

#include "report/store/read_rows.hpp"
#include "report/store/sql_values.hpp"
#include "report/store/transaction.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace gacsong::gui {
namespace {

constexpr double here_km = 10.0;
constexpr double least_reach_hz = 1e3; ///< clocks differ from run to run
constexpr double widest_hz = 50e6;

bool near(const Archive::Place& here, const std::map<std::string, QVariant>& row)
{
    const auto latitude = row.find("latitude");
    const auto longitude = row.find("longitude");
    if (latitude == row.end() || longitude == row.end() || latitude->second.isNull() || longitude->second.isNull())
        return true;
    constexpr double km_per_degree = 111.2;
    const double north = (latitude->second.toDouble() - here.latitude) * km_per_degree;
    const double east = (longitude->second.toDouble() - here.longitude) * km_per_degree *
                        std::cos(here.latitude * std::numbers::pi / 180.0);
    return std::hypot(north, east) <= here_km;
}

Result<std::vector<Heard>> heard_in(Store& store, Instant before, std::optional<Archive::Place> here, std::int64_t but)
{
    struct Row {
        Heard heard;
        bool here = true;
    };
    auto rows = read_rows<Row>(
        store.connection(),
        "SELECT e.center_hz AS center_hz, e.bandwidth_hz AS bandwidth_hz, r.latitude AS latitude, r.longitude AS "
        "longitude FROM emission e JOIN run r ON r.run = e.run WHERE e.center_hz IS NOT NULL AND e.start < ? AND "
        "e.run <> ? ORDER BY e.center_hz",
        {to_sql(before), static_cast<qlonglong>(but)}, [&](const std::map<std::string, QVariant>& row) {
            const auto number = [&](const char* name) {
                const auto found = row.find(name);
                return found == row.end() ? 0.0 : found->second.toDouble();
            };
            return Row{{number("center_hz"), number("bandwidth_hz")}, !here || near(*here, row)};
        });
    if (!rows)
        return tl::unexpected(rows.error());
    std::vector<Heard> out;
    for (const Row& row : *rows) {
        if (row.here)
            out.push_back(row.heard);
    }
    return out;
}

/// How far another emission's centre may lie from that of the same one.
double reach_hz(double bandwidth_hz) { return std::max(least_reach_hz, 0.25 * bandwidth_hz); }

Result<Past> past_of(Store& store, double center_hz, double bandwidth_hz, std::int64_t but)
{
    using Row = std::map<std::string, QVariant>;
    const double reach = reach_hz(bandwidth_hz);
    const std::vector<QVariant> values{center_hz - reach, center_hz + reach, static_cast<qlonglong>(but)};
    const auto all = read_rows<Past>(
        store.connection(),
        "SELECT COUNT(*) AS times, COUNT(DISTINCT run) AS runs, MIN(start) AS first, MAX(start) AS last FROM emission "
        "WHERE center_hz BETWEEN ? AND ? AND run <> ?",
        values, [](const Row& row) {
            Past past;
            past.times = row.at("times").toLongLong();
            past.runs = row.at("runs").toLongLong();
            from_sql(row.at("first"), past.first);
            from_sql(row.at("last"), past.last);
            return past;
        });
    if (!all)
        return tl::unexpected(all.error());
    auto places = read_rows<Past::Where>(
        store.connection(),
        "SELECT ROUND(r.latitude * 1000) / 1000 AS latitude, ROUND(r.longitude * 1000) / 1000 AS longitude, "
        "COUNT(DISTINCT r.run) AS runs "
        "FROM emission e JOIN run r ON r.run = e.run WHERE e.center_hz BETWEEN ? AND ? AND e.run <> ? "
        "GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 3",
        values, [](const Row& row) {
            Past::Where where;
            from_sql(row.at("latitude"), where.latitude);
            from_sql(row.at("longitude"), where.longitude);
            where.runs = row.at("runs").toLongLong();
            return where;
        });
    if (!places)
        return tl::unexpected(places.error());
    Past past = all->empty() ? Past{} : all->front();
    past.places = std::move(*places);
    return past;
}

} // namespace

bool heard_before(const std::vector<Heard>& heard, double center_hz, double bandwidth_hz)
{
    const auto first = std::ranges::lower_bound(heard, center_hz - 0.5 * widest_hz, {}, &Heard::center_hz);
    for (auto one = first; one != heard.end() && one->center_hz <= center_hz + 0.5 * widest_hz; ++one) {
        if (std::abs(one->center_hz - center_hz) <= reach_hz(std::max(bandwidth_hz, one->bandwidth_hz)))
            return true;
    }
    return false;
}

template <class T> void Archive::ask(std::function<Result<T>(Store&)> work, std::function<void(Result<T>)> take)
{
    if (!store_)
        return;
    // The one before has its own place to leave its answer; it is short.
    worker_ = {};
    worker_ = std::jthread([this, address = *store_, work = std::move(work), take = std::move(take)] {
        Result<T> result;
        {
            auto store = Store::open(address);
            result = store ? work(**store) : Result<T>(tl::unexpected(store.error()));
        }
        QMetaObject::invokeMethod(
            this, [take, made = std::move(result)] { take(made); }, Qt::QueuedConnection);
    });
}

void Archive::list_cases()
{
    ask<std::vector<CaseFile>>(
        [](Store& store) {
            auto all = Cases(store, present_hand()).list();
            if (all)
                std::erase_if(*all, [](const CaseFile& one) { return one.state != "open"; });
            return all;
        },
        [this](Result<std::vector<CaseFile>> result) {
            cases_ = std::move(result);
            Q_EMIT cases_listed();
        });
}

void Archive::add(const std::string& case_id, const std::string& title, std::vector<ItemAddress> items)
{
    ask<std::string>([case_id, title, items = std::move(items)](
                         Store& store) { return add_to_case(store, present_hand(), case_id, title, items); },
                     [this](Result<std::string> result) {
                         added_to_ = std::move(result);
                         Q_EMIT added();
                     });
}

void Archive::look_back(Instant before, std::optional<Place> here, std::optional<std::int64_t> but)
{
    ask<std::vector<Heard>>(
        [before, here, but](Store& store) { return heard_in(store, before, here, but.value_or(0)); },
        [this](Result<std::vector<Heard>> result) {
            heard_ = std::move(result);
            Q_EMIT looked_back();
        });
}

void Archive::look_up(double center_hz, double bandwidth_hz, std::optional<std::int64_t> but)
{
    waiting_ = Question{center_hz, bandwidth_hz, but.value_or(0)};
    if (!looking_)
        answer(*std::exchange(waiting_, std::nullopt));
}

void Archive::answer(const Question& question)
{
    if (!store_)
        return;
    looking_ = true;
    looker_ = std::jthread([this, address = *store_, question] {
        Result<Past> result;
        {
            auto store = Store::open(address);
            result = store ? past_of(**store, question.center_hz, question.bandwidth_hz, question.but)
                           : Result<Past>(tl::unexpected(store.error()));
        }
        QMetaObject::invokeMethod(
            this,
            [this, made = std::move(result)] {
                looking_ = false;
                if (waiting_)
                    return answer(*std::exchange(waiting_, std::nullopt));
                past_ = made;
                Q_EMIT looked_up();
            },
            Qt::QueuedConnection);
    });
}

void Archive::log(const std::string& action, const std::string& subject, const std::string& details)
{
    ask<bool>(
        [action, subject, details](Store& store) -> Result<bool> {
            auto whole = Transaction::begin(store.connection());
            if (!whole)
                return tl::unexpected(whole.error());
            Status done = append_audit(store.connection(), present_hand(), action, subject, details);
            if (done)
                done = whole->commit();
            if (!done)
                return tl::unexpected(done.error());
            return true;
        },
        [](const Result<bool>&) {});
}

} // namespace gacsong::gui
