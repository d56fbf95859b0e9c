// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/demod/downconverter.hpp"

#include "dsp/kernels.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gacsong::dsp {

namespace {

constexpr std::size_t table_size = 16384; ///< samples after which the first mixing repeats
constexpr std::size_t most_taps = 4095;
constexpr std::size_t at_once = 16384; ///< input samples converted in one go
constexpr double widest_pass = 0.4;    ///< share of the output rate up to which a channel is filtered

/// Modified Bessel function of the first kind, order 0: the power series, for |x| < 20.
double bessel_i0(double x)
{
    double sum = 1.0;
    double term = 1.0;
    for (int k = 1; k < 60; ++k) {
        term *= (x / (2.0 * k)) * (x / (2.0 * k));
        sum += term;
    }
    return sum;
}

/// e^(−j2πk/table_size) for k < table_size.
const std::vector<std::complex<float>>& roots()
{
    static const auto table = [] {
        std::vector<std::complex<float>> out(table_size);
        for (std::size_t k = 0; k < table_size; ++k) {
            const double angle = -2.0 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(table_size);
            out[k] = {static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))};
        }
        return out;
    }();
    return table;
}

/// Without the care for what is not finite that the operator takes.
template <class T> std::complex<T> times(const std::complex<T>& a, const std::complex<T>& b)
{
    return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
}

/// Each tap twice, for interleaved samples, padded to a multiple of 8 taps.
std::vector<float> doubled(const std::vector<float>& taps)
{
    std::vector<float> out;
    for (const float tap : taps)
        out.insert(out.end(), 2, tap);
    out.resize((taps.size() + 7) / 8 * 16, 0.0F);
    return out;
}

} // namespace

std::vector<float> low_pass(double cutoff, double transition, double attenuation_db)
{
    // Length and shape after Kaiser; see Oppenheim/Schafer, Discrete-Time Signal Processing, 7.5.3.
    const double beta = 0.1102 * (attenuation_db - 8.7);
    const double wanted = (attenuation_db - 8.0) / (2.285 * 2.0 * std::numbers::pi * transition);
    const auto half =
        static_cast<std::size_t>(std::clamp(std::ceil(0.5 * wanted), 1.0, static_cast<double>((most_taps - 1) / 2)));
    std::vector<double> taps(2 * half + 1);
    double sum = 0.0;
    for (std::size_t i = 0; i < taps.size(); ++i) {
        const double t = static_cast<double>(i) - static_cast<double>(half);
        const double x = t / static_cast<double>(half);
        const double angle = 2.0 * std::numbers::pi * cutoff * t;
        const double sinc = t == 0.0 ? 1.0 : std::sin(angle) / angle;
        taps[i] = sinc * bessel_i0(beta * std::sqrt(std::max(0.0, 1.0 - x * x)));
        sum += taps[i];
    }
    std::vector<float> out(taps.size());
    std::transform(taps.begin(), taps.end(), out.begin(), [sum](double tap) { return static_cast<float>(tap / sum); });
    return out;
}

Downconverter::Downconverter(double sample_rate_hz, double offset_hz, double pass_hz, std::size_t decimation)
    : rate_in_(sample_rate_hz), rate_out_(sample_rate_hz / static_cast<double>(decimation)), decimation_(decimation)
{
    const double cell = rate_in_ / static_cast<double>(table_size);
    const double cells = std::round(offset_hz / cell);
    residual_hz_ = offset_hz - cells * cell;
    table_.resize(table_size);
    const auto step = static_cast<std::size_t>(static_cast<std::int64_t>(cells)) % table_size; // modulo 2^64 first
    for (std::size_t i = 0; i < table_size; ++i)
        table_[i] = roots()[step * i % table_size];
    if (decimation_ > 1) {
        // Flat over the channel, and what would fold into it is stopped.
        const double pass = (pass_hz * 1.3 + cell) / rate_in_;
        const double stop = std::max((rate_out_ - pass_hz * 1.3 - cell) / rate_in_, pass * 1.05);
        const auto taps = low_pass(0.5 * (pass + stop), stop - pass);
        coarse_half_ = taps.size() / 2;
        coarse_ = doubled(taps);
    }
    noise_bandwidth_hz_ = rate_out_;
    if (pass_hz < widest_pass * rate_out_) {
        const auto taps = low_pass(1.15 * pass_hz / rate_out_, 0.3 * pass_hz / rate_out_);
        fine_half_ = taps.size() / 2;
        fine_ = doubled(taps);
        double squares = 0.0;
        for (const float tap : taps)
            squares += static_cast<double>(tap) * static_cast<double>(tap);
        noise_bandwidth_hz_ = squares * rate_out_;
    }
}

std::vector<std::complex<float>> Downconverter::decimated(const History& history, std::int64_t first,
                                                          std::size_t count) const
{
    std::vector<std::complex<float>> out(count);
    const auto half = static_cast<std::int64_t>(coarse_half_);
    const std::size_t taps = std::max<std::size_t>(8, coarse_.size() / 2);
    const auto step = static_cast<std::int64_t>(decimation_);
    std::vector<std::complex<float>> in;
    const auto have_first = static_cast<std::int64_t>(history.first());
    const auto have_end = static_cast<std::int64_t>(history.end());
    for (std::size_t done = 0; done < count;) {
        const std::size_t some = std::min(count - done, std::max<std::size_t>(1, at_once / decimation_));
        const std::int64_t from = first + static_cast<std::int64_t>(done) * step - half;
        const std::size_t length = (some - 1) * decimation_ + taps;
        in.assign(length, {});
        const std::int64_t begin = std::clamp(have_first - from, std::int64_t{0}, static_cast<std::int64_t>(length));
        const std::int64_t end = std::clamp(have_end - from, begin, static_cast<std::int64_t>(length));
        const auto part = std::span(in).subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
        if (!part.empty() && !history.read(static_cast<std::uint64_t>(from + begin), part))
            std::fill(part.begin(), part.end(), std::complex<float>{});
        const auto period = static_cast<std::int64_t>(table_size);
        auto place = static_cast<std::size_t>(((from % period) + period) % period);
        for (std::size_t at = 0; at < length;) {
            const std::size_t run = std::min(length - at, table_size - place);
            rotate(in.data() + at, table_.data() + place, run);
            at += run;
            place = 0;
        }
        if (coarse_.empty())
            std::copy_n(in.begin(), some, out.begin() + static_cast<std::ptrdiff_t>(done));
        else
            for (std::size_t m = 0; m < some; ++m)
                out[done + m] = weigh(in.data() + m * decimation_, coarse_.data(), taps);
        done += some;
    }
    return out;
}

std::vector<std::complex<float>> Downconverter::filtered(std::span<const std::complex<float>> in,
                                                         std::size_t count) const
{
    std::vector<std::complex<float>> out(count);
    const std::size_t taps = fine_.size() / 2;
    std::vector<std::complex<float>> padded(in.begin(), in.end());
    padded.resize(count + taps);
    for (std::size_t m = 0; m < count; ++m)
        out[m] = weigh(padded.data() + m, fine_.data(), taps);
    return out;
}

std::vector<std::complex<float>> Downconverter::convert(const History& history, std::uint64_t first,
                                                        std::size_t count) const
{
    const auto start = static_cast<std::int64_t>(first);
    const auto lead = static_cast<std::int64_t>(fine_half_);
    const auto step = static_cast<std::int64_t>(decimation_);
    auto out = decimated(history, start - lead * step, count + 2 * fine_half_);
    const double turns = residual_hz_ / rate_in_; // a cycle's share for each input sample
    const auto turned = [turns](std::int64_t at) {
        return std::polar(1.0, -2.0 * std::numbers::pi * std::fmod(turns * static_cast<double>(at), 1.0));
    };
    const std::complex<double> each = turned(step);
    std::complex<double> now;
    for (std::size_t m = 0; m < out.size(); ++m) {
        // Turned on from sample to sample, anew every 64 so that no error grows.
        now = m % 64 == 0 ? turned(start + (static_cast<std::int64_t>(m) - lead) * step) : times(now, each);
        out[m] = times(out[m], std::complex<float>(now));
    }
    if (fine_.empty())
        return out;
    return filtered(out, count);
}

} // namespace gacsong::dsp
