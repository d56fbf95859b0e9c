// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/spectral/artefacts.hpp"

#include "dsp/aligned.hpp"
#include "dsp/fft.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace gacsong::detect {

namespace {

constexpr std::size_t most_samples = 1U << 16U;
constexpr std::size_t least_samples = 2048;
constexpr double image_db = 10.0;       ///< an image is at least this much weaker than its source
constexpr double product_db = 15.0;     ///< a product at least this much weaker than the weakest of its sources
constexpr double needed = 0.7;          ///< coherence (monitoring.md §3.5)
constexpr std::size_t most_sources = 6; ///< strongest emissions that are tried in pairs

std::vector<std::complex<float>> transform(const std::vector<std::complex<float>>& in, dsp::Direction direction)
{
    const dsp::FftPlan plan(in.size(), direction);
    const dsp::AlignedArray<std::complex<float>> a(in.size());
    const dsp::AlignedArray<std::complex<float>> b(in.size());
    std::copy(in.begin(), in.end(), a.data());
    plan.execute(a.data(), b.data());
    return {b.data(), b.data() + in.size()};
}

double ratio_db(double strong, double weak)
{
    return 10.0 * std::log10(std::max(strong, 1e-300) / std::max(weak, 1e-300));
}

} // namespace

ArtefactTest::ArtefactTest(double sample_rate_hz, const History& history, std::uint64_t base_sample, double base_s)
    : rate_(sample_rate_hz), history_(history), base_sample_(base_sample), base_s_(base_s)
{
}

double ArtefactTest::folded(double hz) const { return hz - rate_ * std::round(hz / rate_); }

std::optional<Interval> ArtefactTest::common_time(const Track& weak, const Track& a, const Track* b) const
{
    const auto cut = [](const Interval& x, const Interval& y) {
        return Interval{std::max(x.start_s, y.start_s), std::min(x.end_s, y.end_s)};
    };
    Interval best{0.0, 0.0};
    for (const auto& w : weak.bursts) {
        for (const auto& s : a.bursts) {
            auto common = cut(w, s);
            if (b != nullptr)
                common = cut(common, {b->time.start_s, b->time.end_s});
            if (common.length() > best.length())
                best = common;
        }
    }
    const double first = std::max(best.start_s, base_s_);
    if ((best.end_s - first) * rate_ < static_cast<double>(least_samples))
        return std::nullopt;
    return Interval{first, best.end_s};
}

bool ArtefactTest::read(const Interval& time)
{
    const auto there = static_cast<std::size_t>(time.length() * rate_);
    const std::size_t count = std::bit_floor(std::min(there, most_samples));
    Samples samples(count);
    const auto first = base_sample_ + static_cast<std::uint64_t>((time.start_s - base_s_) * rate_);
    if (!history_.read(first, samples))
        return false;
    spectrum_ = transform(samples, dsp::Direction::forward);
    return true;
}

ArtefactTest::Samples ArtefactTest::band(const Band& band) const
{
    Samples kept(spectrum_.size());
    const double bin = rate_ / static_cast<double>(spectrum_.size());
    for (std::size_t k = 0; k < kept.size(); ++k) {
        const double hz = folded(static_cast<double>(k) * bin);
        if (hz >= band.low_hz && hz <= band.high_hz)
            kept[k] = spectrum_[k];
    }
    return transform(kept, dsp::Direction::inverse);
}

double ArtefactTest::coherence(const Track& weak, const Samples& product) const
{
    const auto spectrum = transform(product, dsp::Direction::forward);
    const double bin = rate_ / static_cast<double>(spectrum.size());
    std::complex<double> cross = 0.0;
    double of_weak = 0.0;
    double of_product = 0.0;
    for (std::size_t k = 0; k < spectrum.size(); ++k) {
        const double hz = folded(static_cast<double>(k) * bin);
        if (hz < weak.core.low_hz || hz > weak.core.high_hz)
            continue;
        const std::complex<double> w = spectrum_[k];
        const std::complex<double> p = spectrum[k];
        cross += w * std::conj(p);
        of_weak += std::norm(w);
        of_product += std::norm(p);
    }
    const double scale = std::sqrt(of_weak * of_product);
    return scale > 0.0 ? std::abs(cross) / scale : 0.0;
}

std::optional<Artefact> ArtefactTest::test(const Track& weak, std::span<const Track* const> others)
{
    std::vector<const Track*> strong;
    for (const Track* other : others) {
        if (other != &weak && ratio_db(other->power(), weak.power()) >= image_db)
            strong.push_back(other);
    }
    std::sort(strong.begin(), strong.end(), [](const Track* a, const Track* b) { return a->power() > b->power(); });
    const auto near = [&](double hz, double width) {
        return std::abs(folded(hz - weak.core.center())) <= 0.5 * (width + weak.core.width()) + 2.0 * weak.bin_hz;
    };
    const auto verdict = [&](ArtefactKind kind, const Track& source, const Track* second, double at_hz, double width,
                             auto make) -> std::optional<Artefact> {
        const Band room{folded(at_hz) - 0.5 * width, folded(at_hz) + 0.5 * width};
        const auto time = common_time(weak, source, second);
        if (!time || !read(*time))
            return std::nullopt;
        const double found = coherence(weak, make());
        if (found < needed)
            return std::nullopt;
        return Artefact{kind, weak.core.center(), source.core.center(), found, room, weak.power()};
    };
    for (const Track* a : strong) {
        if (near(-a->core.center(), a->core.width())) {
            const auto image = verdict(ArtefactKind::image, *a, nullptr, -a->core.center(), 1.5 * a->core.width(), [&] {
                auto s = band(a->core);
                std::transform(s.begin(), s.end(), s.begin(), [](std::complex<float> x) { return std::conj(x); });
                return s;
            });
            if (image)
                return image;
        }
        if (a->clipped && near(-3.0 * a->core.center(), 3.0 * a->core.width())) {
            const auto product =
                verdict(ArtefactKind::clipping, *a, nullptr, -3.0 * a->core.center(), 3.0 * a->core.width(), [&] {
                    auto s = band(a->core);
                    std::transform(s.begin(), s.end(), s.begin(),
                                   [](std::complex<float> x) { return std::conj(x * x * x); });
                    return s;
                });
            if (product)
                return product;
        }
    }
    strong.resize(std::min(strong.size(), most_sources));
    for (const Track* a : strong) {
        for (const Track* b : strong) {
            if (a == b || ratio_db(std::min(a->power(), b->power()), weak.power()) < product_db ||
                !near(2.0 * a->core.center() - b->core.center(), 2.0 * a->core.width() + b->core.width()))
                continue;
            const auto product =
                verdict(ArtefactKind::intermodulation, *a, b, 2.0 * a->core.center() - b->core.center(),
                        2.0 * a->core.width() + b->core.width(), [&] {
                            auto s = band(a->core);
                            const auto t = band(b->core);
                            for (std::size_t i = 0; i < s.size(); ++i)
                                s[i] = s[i] * s[i] * std::conj(t[i]);
                            return s;
                        });
            if (product)
                return product;
        }
    }
    return std::nullopt;
}

} // namespace gacsong::detect
