// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/detect/cells/captures.hpp"

#include "detect/rules/context.hpp"
#include "sdr/recording.hpp"

#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>

namespace gacsong::test {

namespace {

class Collector final : public Sink {
public:
    explicit Collector(ScannedCells& into) : into_(into) {}
    Status cell(const Cell& cell) override
    {
        into_.cells.push_back(cell);
        return {};
    }
    Status broadcast(const BroadcastBlock& block) override
    {
        into_.blocks.push_back(block);
        return {};
    }
    Status note(const Message& message) override
    {
        into_.notes.push_back(message);
        return {};
    }

private:
    ScannedCells& into_;
};

} // namespace

std::filesystem::path captures_folder()
{
    const char* shared = std::getenv("SHARED");
    const std::filesystem::path root =
        (shared != nullptr ? shared : std::filesystem::path(GACSONG_SOURCE_DIR) / "../shared") / "captures";
    return std::filesystem::exists(root) ? root : std::filesystem::path{};
}

std::vector<nlohmann::json> captures_of(const std::string& set)
{
    std::ifstream in(captures_folder() / set / "truth.json");
    const auto truth = nlohmann::json::parse(in, nullptr, false);
    return truth.is_object() ? truth.at("captures").get<std::vector<nlohmann::json>>() : std::vector<nlohmann::json>{};
}

ScannedCells scan_cells(SampleSource& source, const History& history, unsigned threads, double ppm)
{
    ScannedCells result;
    Collector collector(result);
    Sink* const sinks[] = {&collector};
    LineSettings settings;
    settings.emissions = false;
    settings.threads = threads;
    settings.clock_correction_ppm = ppm;
    const Judge judge(std::make_shared<JudgeContext>());
    static_cast<void>(run_line(source, history, judge, settings, sinks, {}));
    return result;
}

ScannedCells scan_cells(const std::string& set, const nlohmann::json& capture, unsigned threads)
{
    static const std::map<std::string, const char*> types{
        {"ci8", "cs8"}, {"cu8", "cu8"}, {"ci16_le", "cs16"}, {"cf32_le", "cf32"}};
    sdr::InputFlags flags;
    flags.type = parse_sample_format(types.at(capture.at("format").get<std::string>()));
    flags.rate_hz = capture.at("sample_rate_hz").get<double>();
    if (capture.contains("center_hz") && capture.at("center_hz").is_number())
        flags.center_hz = capture.at("center_hz").get<double>();
    const auto path = captures_folder() / set / capture.at("file").get<std::string>();
    const auto opened = sdr::open_recording(path.string(), flags);
    if (!opened)
        return {};
    return scan_cells(*opened->source, *opened->history, threads);
}

} // namespace gacsong::test
