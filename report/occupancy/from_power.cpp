// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/occupancy/from_power.hpp"

#include "dsp/quantiles.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace gacsong {

namespace {

constexpr double region_hz = 1e6;
constexpr std::int64_t near_regions = 2;  ///< on each side: the floor is learnt over 5 MHz
constexpr std::int64_t wide_regions = 15; ///< on each side: what it is compared with
constexpr double most_rise_db = 6.0;
constexpr double quiet_share = 0.2;
constexpr double channel_pfa = 0.001;
constexpr double least_margin_db = 3.0;
/// Transforms overlap by half and a window joins neighbouring bins: of the samples behind a value so many count.
constexpr double independent_samples = 0.25;

/// Levels counted in steps of 0.1 dB.
class Histogram {
public:
    void add(float level_db)
    {
        const double place =
            std::clamp((static_cast<double>(level_db) - lowest) * 10.0, 0.0, static_cast<double>(counts_.size() - 1));
        ++counts_[static_cast<std::size_t>(place)];
        ++sum_;
    }
    void add(const Histogram& other)
    {
        for (std::size_t i = 0; i < counts_.size(); ++i)
            counts_[i] += other.counts_[i];
        sum_ += other.sum_;
    }
    [[nodiscard]] double quantile(double share) const
    {
        std::uint64_t below = 0;
        std::size_t i = 0;
        while (i + 1 < counts_.size() && static_cast<double>(below += counts_[i]) < share * static_cast<double>(sum_))
            ++i;
        return lowest + (static_cast<double>(i) + 0.5) / 10.0;
    }

private:
    static constexpr double lowest = -250.0;
    std::array<std::uint32_t, 3500> counts_{};
    std::uint64_t sum_ = 0;
};

std::int64_t region_of(double frequency_hz) { return static_cast<std::int64_t>(std::floor(frequency_hz / region_hz)); }

/// Samples behind a value that count as independent.
double averages(const PowerRow& row)
{
    return std::max(1.0,
                    independent_samples * static_cast<double>(row.samples) / static_cast<double>(row.levels.size()));
}

/// Noise floor by regions of 1 MHz.
class Floor {
public:
    explicit Floor(const PowerTable& table)
    {
        double least_averages = 1e9;
        for (const PowerRow& row : table.rows) {
            least_averages = std::min(least_averages, averages(row));
            for (std::size_t i = 0; i < row.levels.size(); ++i)
                if (std::isfinite(row.levels[i]))
                    regions_[region_of(row.low_hz + row.step_hz * static_cast<double>(i))].add(row.levels[i]);
        }
        // The quieter values of noise lie below its mean.
        const double bias_db = 10.0 * std::log10(dsp::noise_quantile(least_averages, quiet_share));
        for (const auto& [region, unused] : regions_) {
            Histogram around;
            for (auto one = regions_.lower_bound(region - near_regions);
                 one != regions_.end() && one->first <= region + near_regions; ++one)
                around.add(one->second);
            learnt_[region] = around.quantile(quiet_share) - bias_db;
        }
        for (const auto& [region, level] : learnt_)
            floor_[region] = std::min(level, neighbourhood(region) + most_rise_db);
    }

    [[nodiscard]] double at(double frequency_hz) const { return floor_.at(region_of(frequency_hz)); }
    [[nodiscard]] double median() const
    {
        std::vector<double> all;
        for (const auto& [region, level] : floor_)
            all.push_back(level);
        const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
        std::nth_element(all.begin(), middle, all.end());
        return *middle;
    }

private:
    /// Lower quarter of the levels around.
    [[nodiscard]] double neighbourhood(std::int64_t region) const
    {
        std::vector<double> around;
        for (auto one = learnt_.lower_bound(region - wide_regions);
             one != learnt_.end() && one->first <= region + wide_regions; ++one)
            around.push_back(one->second);
        const auto quarter = around.begin() + static_cast<std::ptrdiff_t>(around.size() / 4);
        std::nth_element(around.begin(), quarter, around.end());
        return *quarter;
    }

    std::map<std::int64_t, Histogram> regions_;
    std::map<std::int64_t, double> learnt_;
    std::map<std::int64_t, double> floor_;
};

/// What the rows of a table say of the channels.
class Reading {
public:
    Reading(const OccupancyOrder& order, const Floor& floor) : order_(order), floor_(floor) {}

    void take(const PowerRow& row)
    {
        const double cells_of_channel = std::max(1.0, order_.channel_hz / row.step_hz);
        const double least = std::max({10.0 * std::log10(dsp::threshold(averages(row), channel_pfa / cells_of_channel)),
                                       order_.margin_db, least_margin_db});
        threshold_db = std::max(threshold_db, least);
        std::map<std::size_t, std::pair<double, bool>> seen; ///< of each channel: values, whether one passes
        for (std::size_t i = 0; i < row.levels.size(); ++i) {
            const double middle = row.low_hz + (static_cast<double>(i) + 0.5) * row.step_hz;
            if (middle < order_.low_hz || middle >= order_.high_hz || !std::isfinite(row.levels[i]))
                continue;
            const auto channel = static_cast<std::size_t>((middle - order_.low_hz) / order_.channel_hz);
            if (channel >= order_.channels())
                continue;
            const double floor = floor_.at(row.low_hz + static_cast<double>(i) * row.step_hz);
            const bool on = static_cast<double>(row.levels[i]) > floor + least;
            auto& one = seen[channel];
            one.first += 1.0;
            one.second = one.second || on;
            cells += 1.0;
            occupied_cells += on ? 1.0 : 0.0;
        }
        for (const auto& [channel, one] : seen)
            if (one.first >= 0.5 * cells_of_channel)
                samples.push_back({channel, row.time, one.second});
    }

    std::vector<ChannelSample> samples;
    double cells = 0.0;
    double occupied_cells = 0.0;
    double threshold_db = 0.0;

private:
    const OccupancyOrder& order_;
    const Floor& floor_;
};

} // namespace

Result<Occupancy> occupancy_from(const PowerTable& table, const OccupancyOrder& order)
{
    double step_hz = 0.0;
    for (const PowerRow& row : table.rows)
        if (row.high_hz() > order.low_hz && row.low_hz < order.high_hz)
            step_hz = std::max(step_hz, row.step_hz);
    if (step_hz > order.channel_hz * 1.001)
        return failure(
            "occupancy.step",
            {{"step", Quantity{step_hz, Unit::bandwidth}}, {"channel", Quantity{order.channel_hz, Unit::bandwidth}}},
            Fault::usage);
    const Floor floor(table);
    Reading reading(order, floor);
    for (const PowerRow& row : table.rows)
        reading.take(row);
    if (reading.samples.empty())
        return failure("occupancy.nothing",
                       {{"low", Quantity{order.low_hz, Unit::frequency, 1e3}},
                        {"high", Quantity{order.high_hz, Unit::frequency, 1e3}}},
                       Fault::usage);
    Occupancy out = sum_up(order, std::move(reading.samples), reading.cells, reading.occupied_cells);
    out.floor_db = floor.median();
    out.threshold_db = reading.threshold_db;
    out.step_hz = step_hz;
    return out;
}

} // namespace gacsong
