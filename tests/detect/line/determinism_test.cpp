// SPDX-License-Identifier: GPL-3.0-or-later
// The same samples give the same answer however they arrive.
#include "tests/detect/line/scan.hpp"
#include "tests/support/signals/analogue.hpp"
#include "tests/support/signals/broadcast.hpp"
#include "tests/support/signals/linear.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace gacsong::test {
namespace {

const MemoryRecording& recording()
{
    static const MemoryRecording made = [] {
        Scene scene;
        scene.sample_rate_hz = 1.2e6;
        scene.duration_s = 1.7;
        scene.noise_dbfs_hz = -110.0;
        const auto put = [&](const WaveformPtr& waveform, double offset_hz, double level_dbfs, double start_s,
                             double end_s) {
            Placed placed;
            placed.waveform = waveform;
            placed.offset_hz = offset_hz;
            placed.level = Level::dbfs(level_dbfs);
            placed.start_s = start_s;
            placed.end_s = end_s;
            scene.signals.push_back(placed);
        };
        put(wfm(), -200e3, -25.0, 0.0, 10.0);
        put(nfm(), 100e3, -40.0, 0.3, 1.1);
        put(linear({.symbol_rate_hz = 20e3}), 300e3, -35.0, 0.5, 0.6);
        return record(scene, SampleFormat::of(Component::s8));
    }();
    return made;
}

/// All figures of a scan as text, to the last digit.
std::string figures(const Scanned& scanned)
{
    std::string text;
    const auto put = [&](double value) { text += std::to_string(value) + " "; };
    for (const auto& e : scanned.emissions) {
        text += e.id + " ";
        for (const double v :
             {e.offset_hz, e.bandwidth_hz, e.power_dbfs, e.snr_db, e.start_s, e.end_s, e.duty, e.uncertainty.center_hz})
            put(v);
        text += std::to_string(e.bursts) + "\n";
    }
    return text;
}

TEST(Determinism, BlockSizes)
{
    const auto whole = figures(scan(recording()));
    EXPECT_FALSE(whole.empty());
    for (const std::vector<std::size_t>& sizes : {std::vector<std::size_t>{4096}, {1000, 1, 77777, 3}, {1 << 20}}) {
        auto other = recording();
        other.block_sizes = sizes;
        EXPECT_EQ(figures(scan(other)), whole);
    }
}

TEST(Determinism, Threads)
{
    const auto with = [](unsigned threads) {
        LineSettings settings;
        settings.threads = threads;
        return figures(scan(recording(), settings));
    };
    const auto one = with(1);
    EXPECT_EQ(with(2), one);
    EXPECT_EQ(with(5), one);
}

TEST(Determinism, UnknownLength)
{
    auto stream = recording();
    stream.length_known = false;
    EXPECT_EQ(figures(scan(stream)), figures(scan(recording())));
}

/// Hands samples out only once another thread has released them, a few at a time: a receiver that never runs ahead.
class PacedSource final : public SampleSource {
public:
    explicit PacedSource(const MemoryRecording& recording) : whole_(recording), receiver_([this] { receive(); }) {}

    [[nodiscard]] const StreamInfo& info() const override { return whole_.info(); }
    [[nodiscard]] std::optional<Message> shortfall() const override { return {}; }
    [[nodiscard]] Result<std::optional<Block>> next(std::size_t most) override
    {
        std::unique_lock guard(lock_);
        arrived_.wait(guard, [this] { return released_ > taken_ || over_; });
        if (released_ == taken_)
            return std::nullopt;
        const std::size_t count = std::min(most, released_ - taken_);
        taken_ += count;
        return whole_.next(count);
    }

private:
    void receive()
    {
        const auto all = static_cast<std::size_t>(*whole_.info().length);
        for (std::size_t portion = 777; !over_; portion = portion * 5 % 40961 + 1) {
            const std::scoped_lock guard(lock_);
            released_ = std::min(all, released_ + portion);
            over_ = released_ == all;
            arrived_.notify_one();
        }
    }

    MemorySource whole_;
    std::mutex lock_;
    std::condition_variable arrived_;
    std::size_t released_ = 0;
    std::atomic<bool> over_ = false;
    std::size_t taken_ = 0;
    std::jthread receiver_;
};

TEST(Determinism, PacedInput)
{
    PacedSource source(recording());
    const MemoryHistory history(std::make_shared<const MemoryRecording>(recording()));
    EXPECT_EQ(figures(scan(source, history)), figures(scan(recording())));
}

TEST(Determinism, PartOfARecording)
{
    LineSettings part;
    part.from_s = 0.2;
    part.to_s = 1.3;
    const auto found = scan(recording(), part);
    EXPECT_NEAR(static_cast<double>(found.end.samples), 1.1 * 1.2e6, 2.0);
    for (const auto& e : found.emissions) {
        EXPECT_GE(e.start_s, 0.2);
        EXPECT_LE(e.end_s, 1.3 + 1e-6);
    }
    ASSERT_EQ(found.solid().size(), 3U);
}

} // namespace
} // namespace gacsong::test
