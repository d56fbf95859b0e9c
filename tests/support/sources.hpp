// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/sample_source.hpp"
#include "tests/support/scene.hpp"

#include <complex>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

namespace gacsong::test {

/// Samples in memory and how they shall be handed out.
struct MemoryRecording {
    std::vector<std::byte> bytes{};
    SampleFormat format = SampleFormat::of(Component::f32);
    double sample_rate_hz = 1e6;
    std::optional<double> center_hz{};
    std::optional<Instant> start{};
    std::vector<Segment> segments{};        ///< empty: one, with the centre and start above
    std::vector<std::size_t> block_sizes{}; ///< used in turn; empty: whatever the caller asks for
    std::optional<Message> shortfall{};     ///< what the source says after the end
    std::optional<Error> error{};           ///< instead of the end of the input
    bool length_known = true;
};

/// Interleaved float I/Q as bytes of format cf32.
[[nodiscard]] std::vector<std::byte> to_bytes(std::span<const std::complex<float>> samples);

/// A scene rendered into memory, all at once.
[[nodiscard]] MemoryRecording record(const Scene& scene, SampleFormat format);

class MemorySource final : public SampleSource {
public:
    explicit MemorySource(std::shared_ptr<const MemoryRecording> recording);
    explicit MemorySource(MemoryRecording recording)
        : MemorySource(std::make_shared<const MemoryRecording>(std::move(recording)))
    {
    }

    [[nodiscard]] const StreamInfo& info() const override { return info_; }
    [[nodiscard]] Result<std::optional<Block>> next(std::size_t most) override;
    [[nodiscard]] std::optional<Message> shortfall() const override { return recording_->shortfall; }

private:
    std::shared_ptr<const MemoryRecording> recording_;
    std::vector<Segment> segments_;
    StreamInfo info_;
    std::uint64_t position_ = 0;
    std::size_t segment_ = 0;
    std::size_t turn_ = 0;
};

class MemoryHistory final : public History {
public:
    explicit MemoryHistory(std::shared_ptr<const MemoryRecording> recording) : recording_(std::move(recording)) {}

    [[nodiscard]] std::uint64_t first() const override { return 0; }
    [[nodiscard]] std::uint64_t end() const override;
    [[nodiscard]] Status read(std::uint64_t first_sample, std::span<std::complex<float>> out) const override;

private:
    std::shared_ptr<const MemoryRecording> recording_;
};

/// Renders a scene block by block: memory stays constant however long it is.
class SceneSource final : public SampleSource {
public:
    /// \param block_samples  size of the blocks handed out, where the caller does not ask for less
    SceneSource(const Scene& scene, SampleFormat format, std::size_t block_samples = 65536);

    [[nodiscard]] const StreamInfo& info() const override { return info_; }
    [[nodiscard]] Result<std::optional<Block>> next(std::size_t most) override;
    [[nodiscard]] std::optional<Message> shortfall() const override { return std::nullopt; }

    [[nodiscard]] std::shared_ptr<const SceneRenderer> renderer() const { return renderer_; }

private:
    std::shared_ptr<const SceneRenderer> renderer_;
    StreamInfo info_;
    std::size_t block_samples_;
    std::uint64_t position_ = 0;
    std::uint64_t cached_chunk_ = ~std::uint64_t{0};
    std::vector<std::byte> cache_; ///< the chunk that the last block ended in, as bytes
};

/// Reads a scene again by rendering it again, through the same quantiser.
class SceneHistory final : public History {
public:
    SceneHistory(const Scene& scene, SampleFormat format)
        : SceneHistory(std::make_shared<const SceneRenderer>(scene), format)
    {
    }
    SceneHistory(std::shared_ptr<const SceneRenderer> renderer, SampleFormat format)
        : renderer_(std::move(renderer)), format_(format)
    {
    }

    [[nodiscard]] std::uint64_t first() const override { return 0; }
    [[nodiscard]] std::uint64_t end() const override { return renderer_->scene().length(); }
    [[nodiscard]] Status read(std::uint64_t first_sample, std::span<std::complex<float>> out) const override;

private:
    std::shared_ptr<const SceneRenderer> renderer_;
    SampleFormat format_;
};

/// A clock that a test moves by hand, or that waits for real.
class PacingClock {
public:
    virtual ~PacingClock() = default;
    [[nodiscard]] virtual double now_s() const = 0;
    virtual void wait_until(double t_s) = 0; ///< returns when now_s() ≥ t_s
};

/// Time that passes only when somebody waits for it or pushes it on: no test sleeps.
class ManualClock final : public PacingClock {
public:
    [[nodiscard]] double now_s() const override;
    void wait_until(double t_s) override;
    void advance(double by_s);

private:
    mutable std::mutex mutex_;
    double now_s_ = 0.0;
};

/// Hands out another source's samples no sooner than a receiver would: a sample is there once its time has come.
/// The receiver keeps `ring_s` of samples; what a slow reader leaves longer than that is lost and told as a gap.
class PacedSource final : public SampleSource {
public:
    PacedSource(SampleSource& inner, PacingClock& clock, double ring_s = 1e9);

    [[nodiscard]] const StreamInfo& info() const override { return inner_.info(); }
    [[nodiscard]] Result<std::optional<Block>> next(std::size_t most) override;
    [[nodiscard]] std::optional<Message> shortfall() const override { return inner_.shortfall(); }

private:
    SampleSource& inner_;
    PacingClock& clock_;
    double ring_s_;
    double started_s_;
    std::uint64_t handed_ = 0; ///< samples given to the reader
    std::uint64_t lost_ = 0;   ///< samples dropped so far
    std::optional<Segment> segment_;
};

} // namespace gacsong::test
