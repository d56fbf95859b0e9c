// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/spectral/measure.hpp"

#include "detect/spectral/intervals.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace gacsong::detect {

namespace {

constexpr double fair_snr_db = 6.0;
constexpr double good_snr_db = 12.0;
constexpr double fair_averages = 10.0;
constexpr double good_cells = 8.0;
constexpr double occupied_snr_db = 20.0; ///< below, the 99 % width is an estimate (monitoring.md §1.2)
constexpr double occupied_cells = 15.0;
constexpr double carrier_cells = 6.0;    ///< narrower than this, the peak is a better centre than the edges
constexpr double masked_limit_db = 20.0; ///< design.md §4: no neighbour within its bandwidth at +20 dB
constexpr std::size_t most_listed = 2000;

double db(double ratio) { return 10.0 * std::log10(std::max(ratio, 1e-300)); }

/// Vertex of the parabola through the logarithms of the peak and its neighbours, in cells from the peak
/// (monitoring.md §2.1).
double peak_offset(std::span<const double> power, std::size_t peak)
{
    if (peak == 0 || peak + 1 >= power.size())
        return 0.0;
    const double a = std::log(std::max(power[peak - 1], 1e-300));
    const double b = std::log(std::max(power[peak], 1e-300));
    const double c = std::log(std::max(power[peak + 1], 1e-300));
    const double curve = a - 2.0 * b + c;
    return curve < 0.0 ? std::clamp(0.5 * (a - c) / curve, -0.5, 0.5) : 0.0;
}

constexpr double around_core = 0.5;     ///< of its width, on each side: twice the first estimate (monitoring.md §1.2)
constexpr double unresolved_bins = 5.0; ///< no wider than a line seen through the window of the narrow rows
constexpr double main_depth = 2.5e-3;   ///< −26 dB (SM.443, class of emission unknown)
constexpr double twin_level = 0.1;      ///< −10 dB: as strong as this, it is the other half of the signal
constexpr double widest_shift = 8.0;    ///< … if no further away than so many widths
constexpr double close_gap = 0.25;      ///< gaps up to this share of the width do not part a signal

/// Cells of a spectrum that lie together above a level.
struct Stretch {
    std::size_t first = 0;
    std::size_t last = 0;
    double highest = 0.0;
    double power = 0.0;
};

/// Moving mean over 2·half + 1 cells.
std::vector<double> smoothed(std::span<const double> power, std::size_t half)
{
    std::vector<double> sums(power.size() + 1, 0.0);
    std::partial_sum(power.begin(), power.end(), sums.begin() + 1);
    std::vector<double> out(power.size());
    for (std::size_t i = 0; i < power.size(); ++i) {
        const std::size_t from = i > half ? i - half : 0;
        const std::size_t to = std::min(power.size(), i + half + 1);
        out[i] = (sums[to] - sums[from]) / static_cast<double>(to - from);
    }
    return out;
}

/// The spectrum of a track above its floor, cut to where the track was seen.
struct Cells {
    std::vector<double> power;
    double low_hz = 0.0;
    double step_hz = 0.0;
    double noise = 0.0; ///< per cell
};

/// Level below which a fifth of the cells around the core lie, at most a tenth of the mean inside.
double pedestal_of(const Track& track, std::size_t core_first, std::size_t core_last, std::size_t first,
                   std::size_t last)
{
    const FineSpectrum& fine = track.spectrum;
    double inside = 0.0;
    std::vector<double> around;
    for (std::size_t i = first; i <= last; ++i) {
        const double power = fine.mean(i);
        if (i >= core_first && i <= core_last)
            inside += power / static_cast<double>(core_last - core_first + 1);
        else
            around.push_back(power);
    }
    if (around.size() < 10)
        return 0.0;
    const auto at = around.begin() + static_cast<std::ptrdiff_t>(around.size() / 5);
    std::nth_element(around.begin(), at, around.end());
    return std::min(*at, 0.1 * inside);
}

/// Keeps the main part of a spectrum that the narrow rows could not resolve, or that is too weak as a whole.
void narrow_down(Cells& cells)
{
    const auto main = main_band(cells.power, cells.low_hz, cells.step_hz, cells.noise, cells.step_hz);
    if (!main)
        return;
    const auto place = [&](double hz) {
        return static_cast<std::size_t>(
            std::clamp(std::round((hz - cells.low_hz) / cells.step_hz), 0.0, static_cast<double>(cells.power.size())));
    };
    const std::size_t from = place(main->low_hz);
    const std::size_t to = std::max(from + 1, place(main->high_hz));
    cells.power = {cells.power.begin() + static_cast<std::ptrdiff_t>(from),
                   cells.power.begin() + static_cast<std::ptrdiff_t>(std::min(to, cells.power.size()))};
    cells.low_hz += static_cast<double>(from) * cells.step_hz;
}

/// True where what is above the floor is too little to be measured over the whole width.
bool drowned(const Cells& cells)
{
    const double total = std::accumulate(cells.power.begin(), cells.power.end(), 0.0);
    return total < std::pow(10.0, 0.1 * fair_snr_db) * cells.noise * static_cast<double>(cells.power.size());
}

Cells cells_of(const Track& track)
{
    const FineSpectrum& fine = track.spectrum;
    Cells cells;
    cells.step_hz = fine.step_hz;
    if (fine.empty())
        return cells;
    cells.noise = fine.noise_per_hz / fine.weight * fine.step_hz;
    const auto index = [&](double hz) {
        const double place = std::floor((hz - fine.low_hz) / fine.step_hz);
        return static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(fine.power.size() - 1)));
    };
    // Not far beyond the first estimate and not where a neighbour sends. What the emission and an overloaded receiver
    // spread evenly around it is not its bandwidth and is taken off like the floor.
    const double width = std::max(track.core.width(), 4.0 * fine.step_hz);
    const std::size_t from = index(std::max(track.core.low_hz - around_core * width, track.room.low_hz));
    const std::size_t to = index(std::min(track.core.high_hz + around_core * width, track.room.high_hz - fine.step_hz));
    const double pedestal = pedestal_of(track, index(track.core.low_hz), index(track.core.high_hz),
                                        index(track.core.low_hz - width), index(track.core.high_hz + width));
    cells.low_hz = fine.low_hz + static_cast<double>(from) * fine.step_hz;
    for (std::size_t i = from; i <= to; ++i)
        cells.power.push_back(fine.mean(i) - std::max(cells.noise, pedestal));
    // Between bursts the fine spectrum may hold what somebody else sends there.
    if (track.core.width() <= unresolved_bins * track.bin_hz || (track.burst_count <= 1 && drowned(cells)))
        narrow_down(cells);
    return cells;
}

struct Figures {
    Band band;
    double center_hz = 0.0;
    double power = 0.0;
    double noise = 0.0;
    double step_hz = 0.0;
    std::optional<double> width_26db;
};

Figures figures_of(const Track& track)
{
    Figures out{track.core, track.core.center(), track.power(), track.noise, track.core.width(), std::nullopt};
    const Cells cells = cells_of(track);
    if (cells.power.empty())
        return out;
    const auto band = occupied_band(cells.power, cells.low_hz, cells.step_hz);
    if (!band)
        return out;
    out.band = *band;
    out.step_hz = cells.step_hz;
    out.center_hz = band->center();
    const double total = std::accumulate(cells.power.begin(), cells.power.end(), 0.0,
                                         [](double sum, double p) { return sum + std::max(0.0, p); });
    const double duty = track.on_s > 0.0 ? std::clamp(track.on_s / track.time.length(), 1e-6, 1.0) : 1.0;
    // Fine spectra of bursts hold the pauses between them as well.
    out.power = std::max(track.power(), total) > 0.0 && track.burst_count > 1 ? total / duty : total;
    if (track.burst_count > 1)
        out.power = std::max(total, track.power());
    out.noise = cells.noise * std::max(1.0, out.band.width() / cells.step_hz);
    const auto peak =
        static_cast<std::size_t>(std::max_element(cells.power.begin(), cells.power.end()) - cells.power.begin());
    if (out.band.width() < carrier_cells * cells.step_hz)
        out.center_hz =
            cells.low_hz + (static_cast<double>(peak) + 0.5 + peak_offset(cells.power, peak)) * cells.step_hz;
    if (const auto wide = band_at(cells.power, cells.low_hz, cells.step_hz, 26.0, cells.noise))
        out.width_26db = wide->width();
    return out;
}

void judge_quality(Emission& e, const Track& track, double cells)
{
    const auto because = [&](const char* key, std::vector<Argument> arguments) {
        e.quality_reasons.emplace_back(key, std::move(arguments));
    };
    const bool whole_burst = !track.from_start && !track.to_end;
    const bool averaged = track.averages >= fair_averages || whole_burst;
    if (e.snr_db < fair_snr_db)
        because("why.snr", {{"snr", Quantity{e.snr_db, Unit::db}}, {"limit", Quantity{fair_snr_db, Unit::db}}});
    if (!averaged)
        because("why.averages", {{"n", static_cast<std::int64_t>(track.averages)}});
    if (track.masked_db >= masked_limit_db)
        because("why.neighbour", {{"level", Quantity{track.masked_db, Unit::db}}});
    if (e.snr_db < fair_snr_db || !averaged || track.masked_db >= masked_limit_db) {
        e.quality = Quality::poor;
        return;
    }
    e.quality = Quality::fair;
    if (e.snr_db < good_snr_db)
        because("why.snr", {{"snr", Quantity{e.snr_db, Unit::db}}, {"limit", Quantity{good_snr_db, Unit::db}}});
    if (track.gap)
        because("why.gap", {});
    if (track.clipped)
        because("why.clipped", {});
    if (cells < good_cells)
        because("why.cells", {{"n", static_cast<std::int64_t>(cells)}});
    if (e.quality_reasons.empty())
        e.quality = Quality::good;
}

Uncertainty uncertainty_of(const Figures& figures, const Track& track, const Reference& reference, double snr)
{
    const double width = std::max(figures.band.width(), figures.step_hz);
    const double time = std::max(track.on_s, 1e-6);
    const double grid = figures.step_hz / std::sqrt(12.0);
    const double scatter = width / std::sqrt(12.0 * std::max(1.0, width * time)) * (1.0 + 1.0 / std::max(snr, 1e-3));
    const double clock = reference.center_hz ? std::abs(*reference.center_hz + figures.center_hz) *
                                                   reference.clock_ppm * 1e-6 / std::sqrt(3.0)
                                             : 0.0;
    const double cells = std::max(1.0, width * time);
    const double level = 4.343 * (1.0 + 1.0 / std::max(snr, 1e-3)) / std::sqrt(cells);
    // Terms of monitoring.md §2.4 for one gain and a narrow span: response, drift, linearity.
    const double chain = std::sqrt(0.3 * 0.3 + 0.2 * 0.2 + 0.4 * 0.4);
    Uncertainty out;
    out.center_hz = 2.0 * std::sqrt(grid * grid + scatter * scatter + clock * clock);
    out.bandwidth_hz = 2.0 * std::sqrt(figures.step_hz * figures.step_hz / 3.0 + scatter * scatter +
                                       std::pow(width / std::max(snr, 1.0), 2.0));
    out.power_db = 2.0 * std::sqrt(level * level + chain * chain);
    return out;
}

} // namespace

std::optional<Band> occupied_band(std::span<const double> power, double low_hz, double step_hz, double left_out)
{
    double total = 0.0;
    for (const double p : power)
        total += std::max(0.0, p);
    if (total <= 0.0)
        return std::nullopt;
    const auto crossing = [&](double share) {
        double sum = 0.0;
        for (std::size_t i = 0; i < power.size(); ++i) {
            const double p = std::max(0.0, power[i]);
            if (p > 0.0 && sum + p >= share * total)
                return low_hz + (static_cast<double>(i) + (share * total - sum) / p) * step_hz;
            sum += p;
        }
        return low_hz + static_cast<double>(power.size()) * step_hz;
    };
    return Band{crossing(left_out), crossing(1.0 - left_out)};
}

std::optional<Band> band_at(std::span<const double> power, double low_hz, double step_hz, double x_db,
                            double noise_per_cell)
{
    const auto peak = std::max_element(power.begin(), power.end());
    if (peak == power.end() || *peak <= 0.0)
        return std::nullopt;
    const double level = *peak * std::pow(10.0, -x_db / 10.0);
    if (level < 4.0 * noise_per_cell)
        return std::nullopt;
    std::size_t first = 0;
    while (power[first] < level)
        ++first;
    std::size_t last = power.size() - 1;
    while (power[last] < level)
        --last;
    return Band{low_hz + static_cast<double>(first) * step_hz, low_hz + static_cast<double>(last + 1) * step_hz};
}

std::optional<Band> main_band(std::span<const double> power, double low_hz, double step_hz, double noise_per_cell,
                              double smooth_hz)
{
    const auto smooth = smoothed(power, static_cast<std::size_t>(smooth_hz / step_hz));
    const auto peak = std::max_element(smooth.begin(), smooth.end());
    if (peak == smooth.end() || *peak <= 0.0)
        return std::nullopt;
    const double level = std::max(*peak * main_depth, 2.0 * noise_per_cell);
    std::vector<Stretch> stretches;
    for (std::size_t i = 0; i < smooth.size(); ++i) {
        if (smooth[i] < std::min(level, 0.5 * *peak))
            continue;
        if (stretches.empty() || stretches.back().last + 1 < i)
            stretches.push_back({i, i, 0.0, 0.0});
        stretches.back().last = i;
        stretches.back().highest = std::max(stretches.back().highest, smooth[i]);
        stretches.back().power += std::max(0.0, power[i]);
    }
    const auto main = std::max_element(stretches.begin(), stretches.end(),
                                       [](const Stretch& a, const Stretch& b) { return a.power < b.power; });
    Stretch whole = *main;
    for (bool grown = true; grown;) {
        grown = false;
        for (auto& s : stretches) {
            if (s.first >= whole.first && s.last <= whole.last)
                continue;
            const std::size_t gap = s.first > whole.last ? s.first - whole.last : whole.first - s.last;
            const auto width = static_cast<double>(whole.last - whole.first + 1);
            const auto wider = std::max(width, static_cast<double>(s.last - s.first + 1));
            const bool twin =
                s.highest > twin_level * main->highest && static_cast<double>(gap) <= widest_shift * wider;
            if (!twin && static_cast<double>(gap) > close_gap * width)
                continue;
            whole.first = std::min(whole.first, s.first);
            whole.last = std::max(whole.last, s.last);
            grown = true;
        }
    }
    const double low = low_hz + static_cast<double>(whole.first) * step_hz;
    const double high = low_hz + static_cast<double>(whole.last + 1) * step_hz;
    const double room = std::max(0.5 * (high - low), 2.0 * smooth_hz);
    const double end = low_hz + static_cast<double>(power.size()) * step_hz;
    return Band{std::max(low_hz, low - room), std::min(end, high + room)};
}

std::optional<double> burst_period(std::span<const Interval> bursts)
{
    if (bursts.size() < 5)
        return std::nullopt;
    std::vector<double> steps;
    for (std::size_t i = 1; i < bursts.size(); ++i)
        steps.push_back(bursts[i].start_s - bursts[i - 1].start_s);
    const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
    std::nth_element(steps.begin(), middle, steps.end());
    double period = *middle;
    if (period <= 0.0)
        return std::nullopt;
    // The median step may hide jitter; the mean of the steps near one period is finer.
    double sum = 0.0;
    double count = 0.0;
    for (const double step : steps) {
        if (std::abs(step - period) < 0.1 * period) {
            sum += step;
            count += 1.0;
        }
    }
    if (count < 0.8 * static_cast<double>(steps.size()))
        return std::nullopt;
    return sum / count;
}

Emission measure(const Track& track, const Reference& reference)
{
    Emission e;
    const Figures figures = figures_of(track);
    const double correction = 1.0 - reference.clock_correction_ppm * 1e-6;
    const double snr = figures.noise > 0.0 ? figures.power / figures.noise : 0.0;
    e.snr_db = std::clamp(db(snr), -60.0, 200.0);
    e.power_dbfs = db(figures.power);
    e.offset_hz = figures.center_hz;
    e.bandwidth_hz = figures.band.width();
    if (reference.center_hz) {
        const double base = *reference.center_hz;
        e.center_hz = (base + figures.center_hz) * correction;
        e.offset_hz = *e.center_hz - base;
        e.low_hz = (base + figures.band.low_hz) * correction;
        e.high_hz = (base + figures.band.high_hz) * correction;
    }
    e.bandwidth_26db_hz = figures.width_26db;
    const double cells = figures.step_hz > 0.0 ? e.bandwidth_hz / figures.step_hz : 0.0;
    e.bandwidth_estimate = e.snr_db < occupied_snr_db || cells < occupied_cells;
    e.start_s = track.time.start_s;
    e.end_s = track.time.end_s;
    e.bursts = track.burst_count;
    e.duty = track.time.length() > 0.0 ? std::clamp(track.on_s / track.time.length(), 0.0, 1.0) : 1.0;
    e.period_s = burst_period(track.bursts);
    e.clipped = track.clipped;
    for (std::size_t i = 0; i < track.bursts.size() && i < most_listed; ++i)
        e.burst_list.push_back({track.bursts[i].start_s, track.bursts[i].end_s});
    judge_quality(e, track, cells);
    e.uncertainty = uncertainty_of(figures, track, reference, snr);
    return e;
}

} // namespace gacsong::detect
