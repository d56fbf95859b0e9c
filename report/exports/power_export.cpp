// SPDX-License-Identifier: GPL-3.0-or-later
// Power by frequency and time as rtl_power writes it (formats-and-radios.md §3.2). The store keeps no spectra: they are
// measured in the recording of a run, where that still lies where it was.
#include "report/exports/exporter.hpp"
#include "report/power/power_csv.hpp"
#include "report/power/power_meter.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gacsong {
namespace {

constexpr double most_values = 2000.0; ///< of a line; more make a picture no sharper
constexpr double most_lines = 3600.0;  ///< of a run
constexpr double shortest_s = 1.0;     ///< what a line covers, where there is as much
constexpr std::size_t block = 1 << 16;

/// 1, 2 or 5 times a power of ten.
double step_of(double rate_hz)
{
    for (double decade = 1.0;; decade *= 10.0) {
        for (const double step : {decade, 2.0 * decade, 5.0 * decade}) {
            if (rate_hz / step <= most_values)
                return step;
        }
    }
}

/// Lines of one recording.
class PowerLines {
public:
    explicit PowerLines(const StreamInfo& info, double seconds)
        : format_(info.format), rate_hz_(info.sample_rate_hz), step_hz_(step_of(info.sample_rate_hz)),
          wanted_(static_cast<std::uint64_t>(std::ceil(rate_hz_ * std::max(shortest_s, seconds / most_lines)))),
          meter_(format_, rate_hz_, step_hz_)
    {
    }

    void begin(const Segment& segment)
    {
        end_line();
        segment_ = segment;
        next_ = line_ = segment.first_sample;
    }

    void add(std::span<const std::byte> bytes)
    {
        const std::size_t width = format_.bytes_per_sample();
        while (!bytes.empty()) {
            const std::uint64_t room = wanted_ - (next_ - line_);
            const auto now = static_cast<std::size_t>(std::min<std::uint64_t>(room, bytes.size() / width));
            if (now == 0)
                return;
            meter_.add(bytes.first(now * width));
            next_ += now;
            bytes = bytes.subspan(now * width);
            if (next_ - line_ == wanted_)
                end_line();
        }
    }

    std::string finish()
    {
        end_line();
        return std::move(text_);
    }
    [[nodiscard]] bool placed() const { return placed_; }

private:
    void end_line()
    {
        if (meter_.frames() > 0 && segment_.center_hz && segment_.start) {
            PowerRow row;
            row.time.unix_ns = segment_.start->unix_ns +
                               std::llround(1e9 * static_cast<double>(line_ - segment_.first_sample) / rate_hz_);
            row.step_hz = step_hz_;
            const double center = *segment_.center_hz;
            row.low_hz = std::ceil((center - 0.5 * rate_hz_) / step_hz_ - 1e-9) * step_hz_;
            row.samples = meter_.frames() * meter_.bins();
            for (double at = row.low_hz; at + step_hz_ <= center + 0.5 * rate_hz_ + 1e-6; at += step_hz_) {
                const double power = meter_.power(at - center, at + step_hz_ - center);
                row.levels.push_back(power > 0.0 ? static_cast<float>(10.0 * std::log10(power))
                                                 : std::numeric_limits<float>::quiet_NaN());
            }
            text_ += power_line(row) + "\n";
            placed_ = true;
        }
        meter_.clear();
        line_ = next_;
    }

    SampleFormat format_;
    double rate_hz_;
    double step_hz_;
    std::uint64_t wanted_; ///< samples of a line
    PowerMeter meter_;
    Segment segment_;
    std::uint64_t line_ = 0; ///< where the line began
    std::uint64_t next_ = 0;
    std::string text_;
    bool placed_ = false;
};

class PowerExporter final : public Exporter {
public:
    explicit PowerExporter(ExportInput& input) : input_(input) {}

    void add(const papers::RunMaterial& run) override
    {
        Run moved = run.stored.run;
        if (!run.stored.path.empty())
            moved.stream.input = run.stored.path;
        auto opened = papers::reopen(moved, run.stored.end);
        if (!opened)
            return leave_out(run, opened.error().message);
        SampleSource& source = *opened->opened.source;
        PowerLines lines(source.info(), static_cast<double>(run.stored.end.samples) / source.info().sample_rate_hz);
        for (;;) {
            const auto next = source.next(block);
            if (!next)
                return leave_out(run, next.error().message);
            if (!*next)
                break;
            if ((*next)->begins)
                lines.begin(*(*next)->begins);
            lines.add((*next)->bytes);
        }
        std::string text = lines.finish();
        if (!lines.placed())
            return leave_out(run, Message("export.no_axes"));
        text_ += text;
    }

    std::string finish() override { return std::move(text_); }

private:
    void leave_out(const papers::RunMaterial& run, Message why)
    {
        input_.warnings.emplace_back("export.no_power",
                                     std::vector<Argument>{{"id", std::to_string(run.stored.number)},
                                                           {"why", std::vector<Message>{std::move(why)}}});
    }

    ExportInput& input_;
    std::string text_;
};

} // namespace

std::unique_ptr<Exporter> power_exporter(ExportInput& input) { return std::make_unique<PowerExporter>(input); }

} // namespace gacsong
