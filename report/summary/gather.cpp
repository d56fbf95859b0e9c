// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/inspections/inspections.hpp"
#include "report/records/codes.hpp"
#include "report/store/read_rows.hpp"
#include "report/summary/counted.hpp"

#include <fmt/format.h>

#include <QString>
#include <QStringList>
#include <algorithm>
#include <iterator>
#include <numeric>

namespace gacsong::summary {
namespace {

using NamedRow = std::map<std::string, QVariant>;

constexpr std::array codes{"fake", "protected", "device", "violation", "unlicensed", "interference", "other"};

std::string text(const NamedRow& row, const char* name) { return row.at(name).toString().toStdString(); }

std::optional<Instant> moment(const QVariant& value)
{
    std::optional<Instant> at;
    from_sql(value, at);
    return at;
}

std::optional<double> number(const QVariant& value)
{
    std::optional<double> read;
    from_sql(value, read);
    return read;
}

template <class Map> std::uint64_t sum(const Map& counts)
{
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0},
                           [](std::uint64_t all, const auto& one) { return all + one.second; });
}

/// Runs whose time lies in a period; its two moments are bound.
constexpr const char* runs_of_period =
    "SELECT run FROM run WHERE writer IS NULL AND COALESCE(start, stored_at) >= ? AND COALESCE(start, stored_at) < ?";

std::vector<QVariant> moments(const Period& period) { return {to_sql(period.from), to_sql(period.until)}; }

/// Reads one thing after the other.
class Gather {
public:
    Gather(Store& store, const Plan& plan, const Period& period)
        : store_(store), connection_(store.connection()), plan_(plan)
    {
        all_.period = period;
        all_.plan = &plan;
    }

    Result<PeriodMaterial> all()
    {
        for (const auto part : {&Gather::cases, &Gather::kinds, &Gather::notes, &Gather::devices, &Gather::runs,
                                &Gather::totals, &Gather::bands, &Gather::networks, &Gather::packages}) {
            if (const Status done = (this->*part)(); !done)
                return tl::unexpected(done.error());
        }
        return std::move(all_);
    }

private:
    template <class Take>
    Status each(const std::string& statement, const std::vector<QVariant>& values, const Take& take)
    {
        return read_rows<int>(connection_, statement, values,
                              [&](const NamedRow& row) {
                                  take(row);
                                  return 0;
                              })
            .map([](const std::vector<int>&) {});
    }
    CountedCase* case_of(const std::string& id)
    {
        const auto found = std::ranges::find(all_.cases, id, &CountedCase::case_id);
        return found == all_.cases.end() ? nullptr : &*found;
    }
    CountedRun* run_of(std::int64_t number)
    {
        const auto found = std::ranges::lower_bound(all_.runs, number, {}, &CountedRun::run);
        return found == all_.runs.end() || found->run != number ? nullptr : &*found;
    }

    Status cases()
    {
        return each("SELECT * FROM case_file ORDER BY opened_at, case_id", {}, [&](const NamedRow& row) {
            const auto file = filled<CaseFile>(row);
            CountedCase one;
            one.case_id = file.case_id;
            one.title = file.title;
            one.state = file.state;
            one.opened_at = file.opened_at;
            one.place = place_of(file.address);
            const QString said = QString::fromStdString(file.reason + " " + file.title).toLower();
            if (said.contains(QStringLiteral("can nhiễu")) || said.contains(QStringLiteral("interference")))
                one.kind = CaseKind::interference;
            all_.cases.push_back(std::move(one));
        });
    }

    /// Kinds of cases after what they hold.
    Status kinds()
    {
        const Status held = each(
            "SELECT i.case_id AS case_id, f.rule AS rule, e.verdict AS verdict, c.verdict AS cell FROM case_item i "
            "LEFT JOIN finding f ON f.run = i.run AND f.id = i.item "
            "LEFT JOIN emission e ON e.run = i.run AND e.id = COALESCE(f.subject, i.item) "
            "LEFT JOIN cell c ON c.run = i.run AND c.id = COALESCE(f.subject, i.item)",
            {}, [&](const NamedRow& row) {
                CountedCase* one = case_of(text(row, "case_id"));
                if (one == nullptr)
                    return;
                ++one->findings;
                if (const std::string rule = text(row, "rule"); !rule.empty())
                    ++one->rules[rule];
                const std::string verdict = text(row, "verdict");
                const std::string cell = text(row, "cell");
                CaseKind kind = CaseKind::other;
                if (cell == "fake" || cell == "suspect")
                    kind = CaseKind::fake;
                else if (verdict == "protected")
                    kind = CaseKind::protected_band;
                else if (text(row, "rule") == "prohibited-device-band")
                    kind = CaseKind::device;
                else if (verdict == "violation")
                    kind = CaseKind::violation;
                else if (verdict == "unlicensed")
                    kind = CaseKind::unlicensed;
                one->kind = std::min(one->kind, kind);
            });
        return held;
    }

    Status notes()
    {
        return each("SELECT * FROM case_note ORDER BY note", {}, [&](const NamedRow& row) {
            const auto note = filled<CaseNote>(row);
            CountedCase* one = case_of(note.case_id);
            if (one == nullptr)
                return;
            one->answers += note.kind == "answer" ? 1 : 0;
            if (note.kind == "outcome")
                one->outcomes.emplace_back(note.at.value_or(Instant{}), note.text);
        });
    }

    Status devices()
    {
        auto read = Inspections(store_, {}).list({});
        if (!read)
            return tl::unexpected(read.error());
        all_.devices = std::move(*read);
        return {};
    }

    Status runs()
    {
        return each("SELECT run, start, stored_at, samples, sample_rate_hz, center_hz, low_hz, high_hz FROM run WHERE "
                    "writer IS NULL ORDER BY run",
                    {}, [&](const NamedRow& row) {
                        CountedRun run;
                        run.run = row.at("run").toLongLong();
                        const auto start = moment(row.at("start"));
                        run.at = start ? *start : moment(row.at("stored_at")).value_or(Instant{});
                        const double rate = number(row.at("sample_rate_hz")).value_or(0.0);
                        if (rate > 0.0)
                            run.seconds = number(row.at("samples")).value_or(0.0) / rate;
                        run.low_hz = number(row.at("low_hz"));
                        run.high_hz = number(row.at("high_hz"));
                        if (const auto center = number(row.at("center_hz")); center && !run.low_hz) {
                            run.low_hz = *center - 0.5 * rate;
                            run.high_hz = *center + 0.5 * rate;
                        }
                        all_.runs.push_back(std::move(run));
                    });
    }

    Status totals()
    {
        const Status counted = each("SELECT run, verdict, emissions FROM run_total", {}, [&](const NamedRow& row) {
            if (CountedRun* run = run_of(row.at("run").toLongLong()))
                run->emissions[from_code<Verdict>(text(row, "verdict")).value_or(Verdict::unknown)] +=
                    row.at("emissions").toULongLong();
        });
        if (!counted)
            return counted;
        const Status by_system =
            each("SELECT run, system_name, emissions FROM run_system", {}, [&](const NamedRow& row) {
                if (CountedRun* run = run_of(row.at("run").toLongLong()))
                    run->systems[text(row, "system_name")] += row.at("emissions").toULongLong();
            });
        if (!by_system)
            return by_system;
        return each("SELECT DISTINCT i.run AS run, i.case_id AS case_id FROM case_item i ORDER BY i.case_id", {},
                    [&](const NamedRow& row) {
                        CountedRun* run = run_of(row.at("run").toLongLong());
                        const CountedCase* file = case_of(text(row, "case_id"));
                        if (run != nullptr && file != nullptr && run->place.empty())
                            run->place = file->place;
                    });
    }

    /// Rows of the plan that hold now, where something was looked at or heard.
    Status bands()
    {
        const Instant last{all_.period.until.unix_ns - 1};
        std::vector<CountedBand> bands;
        for (const Band& band : plan_.bands) {
            if (band.row.validity.holds(last))
                bands.push_back({&band, 0.0, {}});
        }
        // One after the other: a range with known ends lets the database use the index of the centre.
        auto statement = connection_.prepare(QString::fromStdString(
            fmt::format("SELECT e.verdict AS verdict, COUNT(*) AS emissions FROM emission e WHERE e.center_hz >= ? AND "
                        "e.center_hz < ? AND e.run IN ({}) GROUP BY e.verdict",
                        runs_of_period)));
        if (!statement)
            return tl::unexpected(statement.error());
        for (CountedBand& band : bands) {
            std::vector<QVariant> values{band.band->row.low_hz, band.band->row.high_hz};
            std::ranges::move(moments(all_.period), std::back_inserter(values));
            Status counted = connection_.run(*statement, values);
            while (counted && statement->next())
                band.emissions[from_code<Verdict>(statement->value(0).toString().toStdString())
                                   .value_or(Verdict::unknown)] += statement->value(1).toULongLong();
            if (counted)
                counted = connection_.read_whole(*statement);
            if (!counted)
                return counted;
        }
        for (CountedBand& band : bands) {
            for (const CountedRun& run : all_.runs) {
                const bool looked = run.low_hz && run.high_hz &&
                                    *run.low_hz<band.band->row.high_hz&& * run.high_hz> band.band->row.low_hz;
                band.seconds += looked && all_.period.holds(run.at) ? run.seconds : 0.0;
            }
            if (band.seconds > 0.0 || band.all() > 0)
                all_.bands.push_back(band);
        }
        return {};
    }

    Status networks()
    {
        return each(
            fmt::format(
                "SELECT technology, plmn, worst, COUNT(*) AS n FROM (SELECT technology, plmn, cell, MAX(CASE verdict "
                "WHEN 'fake' THEN 4 WHEN 'suspect' THEN 3 WHEN 'unregistered' THEN 2 WHEN 'registered' THEN 1 ELSE 0 "
                "END) AS worst FROM cell WHERE plmn IS NOT NULL AND cell IS NOT NULL AND run IN ({}) GROUP BY "
                "technology, plmn, cell) AS each_cell GROUP BY technology, plmn, worst ORDER BY technology, plmn",
                runs_of_period),
            moments(all_.period), [&](const NamedRow& row) {
                constexpr std::array verdicts{"other", "registered", "unregistered", "suspect", "fake"};
                const std::string technology = text(row, "technology");
                const std::string plmn = text(row, "plmn");
                if (all_.networks.empty() || all_.networks.back().technology != technology ||
                    all_.networks.back().plmn != plmn)
                    all_.networks.push_back({technology, plmn, {}});
                all_.networks.back().verdicts[verdicts.at(row.at("worst").toULongLong())] = row.at("n").toULongLong();
            });
    }

    Status packages()
    {
        return each("SELECT COUNT(*) AS n FROM audit WHERE action = 'package-made' AND at >= ? AND at < ?",
                    moments(all_.period), [&](const NamedRow& row) { all_.packages = row.at("n").toULongLong(); });
    }

    Store& store_;
    Connection& connection_;
    const Plan& plan_;
    PeriodMaterial all_;
};

} // namespace

const char* code(CaseKind kind) { return codes.at(static_cast<std::size_t>(kind)); }

std::uint64_t CountedBand::all() const { return sum(emissions); }
std::uint64_t CountedNetwork::all() const { return sum(verdicts); }

std::string place_of(const std::string& address)
{
    static const QStringList words{QStringLiteral("xã "),       QStringLiteral("phường "),  QStringLiteral("đặc khu "),
                                   QStringLiteral("thị trấn "), QStringLiteral("commune "), QStringLiteral("ward ")};
    for (const QString& part : QString::fromStdString(address).split(u',')) {
        const QString trimmed = part.trimmed().normalized(QString::NormalizationForm_C);
        if (std::ranges::any_of(words, [&](const QString& word) { return trimmed.toLower().startsWith(word); }))
            return trimmed.toStdString();
    }
    return QString::fromStdString(address).simplified().toStdString();
}

Result<PeriodMaterial> gather_period(Store& store, const Plan& plan, const Period& period)
{
    return Gather(store, plan, period).all();
}

} // namespace gacsong::summary
