// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/detect/line/scan.hpp"

#include "detect/rules/context.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace gacsong::test {

namespace {

constexpr double most_kept = 16e6; ///< samples

class Collector final : public Sink {
public:
    explicit Collector(Scanned& into) : into_(into) {}
    Status emission(const Emission& emission) override
    {
        into_.emissions.push_back(emission);
        return {};
    }
    Status warning(const Message& message) override
    {
        into_.warnings.push_back(message);
        return {};
    }
    Status started(const Emission& emission, std::span<const Finding> /*findings*/) override
    {
        into_.started.push_back(emission.id);
        return {};
    }
    Status withdrawn(const std::string& id, const Message& /*why*/) override
    {
        into_.withdrawn.push_back(id);
        return {};
    }
    Status heard(const Cell& cell, std::span<const Finding> /*findings*/) override
    {
        EXPECT_EQ(std::ranges::count(into_.cells, cell.id, &Cell::id), 0) << "a cell that has ended is not heard";
        into_.heard.push_back(cell);
        return {};
    }
    Status cell(const Cell& cell) override
    {
        into_.cells.push_back(cell);
        return {};
    }
    Status gap(const Gap& gap) override
    {
        into_.gaps.push_back(gap);
        return {};
    }
    Status end(const End& end) override
    {
        into_.end = end;
        return {};
    }

private:
    Scanned& into_;
};

} // namespace

std::vector<Emission> Scanned::solid() const
{
    std::vector<Emission> out;
    std::copy_if(emissions.begin(), emissions.end(), std::back_inserter(out),
                 [](const Emission& e) { return e.quality != Quality::poor; });
    return out;
}

bool Scanned::warned(const std::string& key) const
{
    return std::any_of(warnings.begin(), warnings.end(), [&](const Message& m) { return m.key == key; });
}

MemoryRecording with_gaps(const Scene& scene, const std::vector<double>& gaps_s, double missing_s,
                          std::optional<double> other_center)
{
    MemoryRecording whole = record(scene, *parse_sample_format("cs16"));
    const std::size_t width = whole.format.bytes_per_sample();
    std::vector<std::byte> kept;
    whole.segments = {Segment{0, scene.center_hz, scene.start, 0, ""}};
    std::size_t from = 0;
    const auto missing = static_cast<std::uint64_t>(missing_s * scene.sample_rate_hz);
    for (const double gap_s : gaps_s) {
        const auto to = static_cast<std::size_t>(gap_s * scene.sample_rate_hz);
        kept.insert(kept.end(), whole.bytes.begin() + static_cast<std::ptrdiff_t>(from * width),
                    whole.bytes.begin() + static_cast<std::ptrdiff_t>(to * width));
        whole.segments.push_back(
            {kept.size() / width, other_center ? other_center : scene.center_hz, {}, missing, "overflow"});
        from = to + missing;
    }
    kept.insert(kept.end(), whole.bytes.begin() + static_cast<std::ptrdiff_t>(from * width), whole.bytes.end());
    whole.bytes = std::move(kept);
    whole.length_known = false;
    return whole;
}

Scanned scan(SampleSource& source, const History& history, const LineSettings& settings)
{
    Scanned result;
    Collector collector(result);
    Sink* const sinks[] = {&collector};
    const Judge judge(std::make_shared<JudgeContext>());
    const auto done = run_line(source, history, judge, settings, sinks, {});
    if (done)
        result.end = *done;
    return result;
}

LineSettings emissions_only()
{
    LineSettings settings;
    settings.cells = false;
    return settings;
}

Scanned scan(const Scene& scene, const std::string& format, const LineSettings& settings)
{
    const auto stored = parse_sample_format(format).value();
    // What is read again would be rendered again.
    if (scene.sample_rate_hz * scene.duration_s <= most_kept)
        return scan(record(scene, stored), settings);
    SceneSource source(scene, stored);
    const SceneHistory history(source.renderer(), stored);
    return scan(source, history, settings);
}

Scanned scan(const MemoryRecording& recording, const LineSettings& settings)
{
    const auto shared = std::make_shared<const MemoryRecording>(recording);
    MemorySource source(shared);
    const MemoryHistory history(shared);
    return scan(source, history, settings);
}

int trials(int full, int least)
{
    const char* scale = std::getenv("GACSONG_TRIALS_SCALE");
    const double factor = scale != nullptr ? std::atof(scale) : 1.0;
    return std::max(least, static_cast<int>(factor * full));
}

} // namespace gacsong::test
