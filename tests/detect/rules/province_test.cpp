// SPDX-License-Identifier: GPL-3.0-or-later
// A simulated province over twenty days: how many false cells are found, and how many cells are wronged.
#include "tests/detect/rules/province.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>

namespace gacsong {
namespace {

using namespace test;

constexpr std::int64_t hour_ns = 3'600'000'000'000;

/// One run that was judged.
struct Past {
    Instant at;
    Place place;
    std::vector<Cell> cells;
};

/// Remembers runs as the store does.
class PastRuns final : public CellMemory {
public:
    std::vector<Past> runs;

    [[nodiscard]] std::vector<CellSighting> of_identity(const std::string& technology, const std::string& plmn,
                                                        std::uint64_t number, Instant from, Instant to) const override
    {
        std::vector<CellSighting> out;
        for (const auto& run : runs) {
            for (const auto& cell : run.cells) {
                if (run.at >= from && run.at <= to && cell.technology == technology && cell.plmn == plmn &&
                    cell.cell == number)
                    out.push_back({technology, plmn, cell.area, number, cell.channel,
                                   technology == "gsm" ? cell.bsic : cell.pci, run.at,
                                   technology == "gsm" ? cell.level_dbfs : cell.rsrp_dbfs});
            }
        }
        return out;
    }

    [[nodiscard]] std::vector<LevelAt> levels_of(const Cell& cell, Instant from, Instant to) const override
    {
        std::vector<LevelAt> out;
        for (const auto& run : runs)
            for (const auto& one : run.cells)
                if (run.at >= from && run.at <= to && same(one, cell) && one.channel == cell.channel)
                    out.push_back({run.at, run.place, one.technology == "gsm" ? *one.level_dbfs : *one.rsrp_dbfs});
        return out;
    }

    [[nodiscard]] PlaceMemory at(const Place& place, Instant when) const override
    {
        PlaceMemory out;
        for (const auto& run : runs) {
            const double km = distance_km(run.place, place);
            if (km <= 0.5) {
                out.since = out.since.value_or(run.at);
                ++out.scans;
                ++out.days;
            }
            if (km <= 10.0 && when.unix_ns - run.at.unix_ns < 24 * hour_ns) {
                for (const auto& cell : run.cells)
                    out.day.push_back({cell, km, 0});
            }
        }
        return out;
    }

    [[nodiscard]] std::optional<Instant> first_heard(const Cell& cell, const Place& place, Instant when) const override
    {
        for (const auto& run : runs) {
            for (const auto& one : run.cells) {
                if (distance_km(run.place, place) <= 0.5 && run.at < when && same(one, cell))
                    return run.at;
            }
        }
        return std::nullopt;
    }

    [[nodiscard]] std::optional<Cell> last_known(const Cell& cell, Instant when) const override
    {
        for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
            for (const auto& one : run->cells) {
                if (run->at < when && same(one, cell))
                    return one;
            }
        }
        return std::nullopt;
    }

private:
    static bool same(const Cell& a, const Cell& b)
    {
        return a.technology == b.technology && a.plmn == b.plmn && a.cell == b.cell &&
               (a.technology != "gsm" || a.area == b.area);
    }
};

/// Where and when a false station is on: at one place, in two runs of it, four runs apart.
struct Appearance {
    char kind;
    unsigned number;
    std::size_t run;
};

constexpr std::array<Appearance, 12> appearances{{{'A', 0, 20},
                                                  {'A', 1, 21},
                                                  {'A', 2, 6}, // before the place is known
                                                  {'A', 3, 27},
                                                  {'B', 4, 22},
                                                  {'B', 5, 24},
                                                  {'C', 6, 25},
                                                  {'C', 7, 31},
                                                  {'D', 8, 26},
                                                  {'D', 9, 9},
                                                  {'E', 10, 28},
                                                  {'E', 11, 33}}};

struct Tally {
    std::map<std::string, std::map<std::string, unsigned>> verdicts; ///< by kind, receptions
    std::map<std::string, std::map<std::string, unsigned>> carried;  ///< by kind of what was fake or suspect: codes
    std::set<std::string> wronged;                                   ///< legitimate cells that were ever suspect
    unsigned false_heard = 0;
    unsigned false_found = 0;
};

void count(Tally& tally, const Cell& cell, const std::string& kind, bool false_one)
{
    const bool found = cell.verdict == "fake" || cell.verdict == "suspect";
    ++tally.verdicts[kind][cell.verdict];
    tally.false_heard += false_one ? 1U : 0U;
    tally.false_found += false_one && found ? 1U : 0U;
    if (!false_one && found)
        tally.wronged.insert(cell.plmn + "/" + cell.technology + "/" + std::to_string(*cell.cell));
    if (found) {
        for (const auto& one : cell.indicators)
            ++tally.carried[kind][one.code];
    }
}

/// The runs of the last minutes in which a moving false station was heard.
void hear_before(PastRuns& memory, const Cell& cell, const Place& place, Instant when)
{
    for (int i = 10; i > 0; --i) {
        Cell before = cell;
        if (cell.technology == "lte")
            before.rsrp_dbfs = *cell.rsrp_dbfs - i;
        else
            before.level_dbfs = *cell.level_dbfs - i;
        memory.runs.push_back({{when.unix_ns - i * hour_ns / 120}, place, {before}});
    }
}

struct Reception {
    std::vector<Cell> cells;
    std::vector<const Station*> from;
};

/// Of the LTE cells of one carrier the receiver reads those down to 10 dB below the strongest
/// (tests/detect/cells/lte/several_cells_test.cpp).
void drown(Reception& heard)
{
    constexpr double least_db = -10.0;
    for (std::size_t i = heard.cells.size(); i-- > 0;) {
        const Cell& one = heard.cells[i];
        const bool drowned = std::any_of(heard.cells.begin(), heard.cells.end(), [&](const Cell& other) {
            return one.technology == "lte" && other.technology == "lte" && one.channel == other.channel &&
                   *one.rsrp_dbfs < *other.rsrp_dbfs + least_db;
        });
        if (!drowned)
            continue;
        heard.cells.erase(heard.cells.begin() + static_cast<std::ptrdiff_t>(i));
        heard.from.erase(heard.from.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

void simulate(std::uint64_t seed, Tally& tally)
{
    Province province(seed);
    std::array<Place, 4> places{};
    for (auto& place : places)
        place = province.random_place();
    World world;
    world.with_register(province.register_rows());
    const auto memory = std::make_shared<PastRuns>();
    world.context.memory = memory;
    world.context.completeness = 0.95;
    std::map<std::size_t, std::vector<Station>> on;
    for (const auto& one : appearances) {
        for (auto& station : province.false_station(one.kind, one.number, places[one.run % 4])) {
            on[one.run].push_back(station);
            on[one.run + 4].push_back(std::move(station));
        }
    }
    for (std::size_t run = 0; run < 40; ++run) {
        const Place place = places[run % 4];
        const Instant when{world_time_ns + static_cast<std::int64_t>(run) * 12 * hour_ns};
        world.context.place = place;
        Reception heard;
        const auto hear = [&](const Station& station) {
            if (auto cell = province.received(station, place)) {
                cell->id = "c" + std::to_string(heard.cells.size() + 1);
                if (station.kind == "D") { // it has changed its area twice by now
                    cell->area = *cell->area + 2;
                    for (std::uint64_t i = 0; i < 2; ++i) {
                        Cell before = *cell;
                        before.area = *cell->area - 2 + i;
                        memory->runs.push_back(
                            {{when.unix_ns - static_cast<std::int64_t>(2 - i) * hour_ns / 4}, place, {before}});
                    }
                }
                if (station.kind == "B")
                    hear_before(*memory, *cell, place, when);
                heard.cells.push_back(std::move(*cell));
                heard.from.push_back(&station);
            }
        };
        for (const auto& station : province.stations())
            hear(station);
        for (const auto& station : on[run])
            hear(station);
        drown(heard);
        (void)judge_cells(heard.cells, {}, world.context, when);
        for (std::size_t i = 0; i < heard.cells.size(); ++i)
            count(tally, heard.cells[i], heard.from[i]->kind, heard.from[i]->false_one);
        memory->runs.push_back({when, place, heard.cells});
    }
}

const std::vector<std::string> verdicts{"fake", "suspect", "unregistered", "registered", "foreign", "unknown"};

/// The two tables of docs/rules/province.md.
std::string tables(Tally& tally)
{
    std::ostringstream out;
    for (auto& [kind, by_verdict] : tally.verdicts) {
        out << "| " << kind;
        for (const auto& verdict : verdicts)
            out << " | " << by_verdict[verdict];
        out << " |\n";
    }
    for (const auto& [kind, codes] : tally.carried) {
        out << "| " << kind << " | ";
        const char* between = "";
        for (const auto& [code, times] : codes) {
            out << between << code << " " << times;
            between = ", ";
        }
        out << " |\n";
    }
    return out.str();
}

constexpr std::uint64_t seeds = 10;

TEST(ProvinceLong, FindsTheFalseCellsAndWrongsNone)
{
    Tally all;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        all.wronged.clear();
        simulate(seed, all);
        EXPECT_LE(all.wronged.size(), 10U) << "2 % of 500, seed " << seed;
    }
    EXPECT_EQ(all.verdicts["network"]["fake"], 0U);
    // An exact clone is found only where its original, or two more cells of the original's station, are received beside
    // it; it is counted, not asked for.
    const std::map<std::string, double> least{{"A", 0.95}, {"B", 0.95}, {"C", 0.8}, {"D", 0.95}};
    for (const auto& [kind, share] : least) {
        auto& of = all.verdicts[kind];
        unsigned heard = 0;
        for (const auto& one : of)
            heard += one.second;
        EXPECT_GE(heard, 2U * seeds) << kind;
        EXPECT_GE(of["fake"] + of["suspect"], share * heard) << kind;
    }
    EXPECT_GE(all.false_found, 0.8 * all.false_heard);
    std::ifstream file(std::string(GACSONG_SOURCE_DIR) + "/docs/rules/province.md");
    const std::string page{std::istreambuf_iterator<char>(file), {}};
    std::istringstream lines(tables(all));
    for (std::string line; std::getline(lines, line);)
        EXPECT_NE(page.find(line), std::string::npos) << "docs/rules/province.md lacks " << line;
}

} // namespace
} // namespace gacsong
