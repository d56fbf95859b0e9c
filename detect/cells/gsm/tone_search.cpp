// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/gsm/tone_search.hpp"

#include "detect/cells/gsm/bursts.hpp"

#include <algorithm>
#include <cmath>

namespace gacsong::detect::gsm {

namespace {

constexpr double half_channel_hz = 100e3;
constexpr double edge_hz = 85e3;       ///< of a carrier that must lie inside the recording
constexpr std::size_t tone_frames = 4; ///< that a tone fills for the most part
constexpr std::ptrdiff_t apart = 12;   ///< frames between two candidates
constexpr float least_share = 0.33F;
constexpr std::size_t most_candidates = 3;
constexpr float line_share = 0.3F;      ///< of the mean power: no carrier stands so much in one place
constexpr std::size_t floor_groups = 8; ///< needed to know what an empty channel looks like
constexpr double energy_margin = 1.2;

} // namespace

std::vector<ToneGroup> tone_groups(double sample_rate_hz, std::optional<double> center_hz, double bin_hz)
{
    std::vector<ToneGroup> groups;
    const double reach = sample_rate_hz / 2.0 - edge_hz;
    if (reach <= 0.0)
        return groups;
    const auto bin = [bin_hz](double hz) { return static_cast<std::ptrdiff_t>(std::lround(hz / bin_hz)); };
    if (center_hz) {
        for (const Channel& channel : channels_between(*center_hz - reach, *center_hz + reach)) {
            const double tone = channel.carrier_hz - *center_hz + tone_hz;
            const double limit = offset_limit_hz(channel.carrier_hz);
            groups.push_back({bin(tone - limit), bin(tone + limit), channel});
        }
        return groups;
    }
    for (double low = -reach; low < reach; low += 2.0 * half_channel_hz) {
        const double high = std::min(low + 2.0 * half_channel_hz, reach);
        groups.push_back({bin(low + tone_hz), bin(high + tone_hz) - 1, std::nullopt});
    }
    return groups;
}

ToneSearch::ToneSearch(std::vector<ToneGroup> groups, double bin_hz, std::size_t transform)
    : groups_(std::move(groups)), transform_(transform),
      below_(static_cast<std::ptrdiff_t>(std::lround((tone_hz + half_channel_hz) / bin_hz))),
      above_(static_cast<std::ptrdiff_t>(std::lround((half_channel_hz - tone_hz) / bin_hz)))
{
    if (groups_.empty())
        return;
    first_ = groups_.front().low;
    std::ptrdiff_t last = first_;
    for (const ToneGroup& group : groups_) {
        first_ = std::min(first_, group.low - below_ - 2);
        last = std::max(last, group.high + above_ + 2);
    }
    width_ = static_cast<std::size_t>(last - first_ + 1);
}

void ToneSearch::begin(std::size_t frames)
{
    frames_ = frames;
    power_.resize(frames * width_);
}

void ToneSearch::add(std::size_t frame, std::span<const std::complex<float>> spectrum)
{
    // A Hann window, made where it costs least: X[k]/2 − (X[k−1] + X[k+1])/4.
    float* out = power_.data() + frame * width_;
    const auto size = static_cast<std::ptrdiff_t>(transform_);
    const auto wrap = [size](std::ptrdiff_t k) { return static_cast<std::size_t>((k % size + size) % size); };
    std::complex<float> before = spectrum[wrap(first_ - 1)];
    std::complex<float> now = spectrum[wrap(first_)];
    std::size_t next = wrap(first_ + 1);
    for (std::size_t i = 0; i < width_; ++i) {
        const std::complex<float> after = spectrum[next];
        const float re = 0.5F * now.real() - 0.25F * (before.real() + after.real());
        const float im = 0.5F * now.imag() - 0.25F * (before.imag() + after.imag());
        out[i] = re * re + im * im;
        before = now;
        now = after;
        next = next + 1 == transform_ ? 0 : next + 1;
    }
}

void ToneSearch::prepare()
{
    mean_.assign(width_, 0.0F);
    for (std::size_t f = 0; f < frames_; ++f)
        for (std::size_t i = 0; i < width_; ++i)
            mean_[i] += row(f)[i];
    std::vector<std::size_t> lines;
    const auto half = static_cast<std::size_t>(below_ + above_) / 2;
    for (std::size_t i = half; i + half < width_; ++i) {
        float around = 0.0F;
        for (std::size_t j = i - half; j <= i + half; ++j)
            around += mean_[j];
        if (mean_[i - 1] + mean_[i] + mean_[i + 1] > line_share * around)
            lines.push_back(i);
    }
    for (const std::size_t line : lines)
        for (std::size_t i = line - 1; i <= line + 1; ++i) {
            mean_[i] = 0.0F;
            for (std::size_t f = 0; f < frames_; ++f)
                power_[f * width_ + i] = 0.0F;
        }
    floor_ = 0.0;
    if (groups_.size() < floor_groups)
        return;
    std::vector<double> levels;
    for (const ToneGroup& group : groups_) {
        const std::ptrdiff_t middle = (group.low + group.high) / 2 - first_;
        double sum = 0.0;
        for (std::ptrdiff_t i = middle - below_; i <= middle + above_; ++i)
            sum += static_cast<double>(mean_[static_cast<std::size_t>(i)]);
        levels.push_back(sum);
    }
    const auto tenth = levels.begin() + static_cast<std::ptrdiff_t>(levels.size() / 10);
    std::nth_element(levels.begin(), tenth, levels.end());
    floor_ = *tenth;
}

GroupResult ToneSearch::search(std::size_t group) const
{
    GroupResult result;
    const auto low = static_cast<std::size_t>(groups_[group].low - first_);
    const auto high = static_cast<std::size_t>(groups_[group].high - first_);
    const auto below = static_cast<std::size_t>(below_);
    const auto above = static_cast<std::size_t>(above_);
    double level = 0.0;
    const std::size_t middle = (low + high) / 2;
    for (std::size_t i = middle - below; i <= middle + above; ++i)
        level += static_cast<double>(mean_[i]);
    if (level <= energy_margin * floor_ || level <= 0.0)
        return result;
    result.outcome = Outcome::no_fcch;
    if (frames_ < tone_frames)
        return result;
    const std::size_t begin = low - below - 1;
    const std::size_t count = high + above + 2 - begin;
    std::vector<float> sum(count);
    std::vector<ToneCandidate> peaks;
    for (std::size_t f = 0; f + tone_frames <= frames_; ++f) {
        for (std::size_t i = 0; i < count; ++i)
            sum[i] = row(f)[begin + i] + row(f + 1)[begin + i] + row(f + 2)[begin + i] + row(f + 3)[begin + i];
        float total = 0.0F;
        for (std::size_t i = 1; i <= below + above + 1; ++i)
            total += sum[i];
        ToneCandidate best{f, 0, 0.0F};
        for (std::size_t k = low; k <= high; ++k) {
            const std::size_t i = k - begin;
            const float share = (sum[i - 1] + sum[i] + sum[i + 1]) / std::max(total, 1e-30F);
            if (share > best.share)
                best = {f, static_cast<std::ptrdiff_t>(k) + first_, share};
            total += (i + above + 1 < count ? sum[i + above + 1] : 0.0F) - sum[i - below];
        }
        if (best.share < least_share)
            continue;
        if (!peaks.empty() && static_cast<std::ptrdiff_t>(f - peaks.back().frame) < apart) {
            if (best.share > peaks.back().share)
                peaks.back() = best;
        } else {
            peaks.push_back(best);
        }
    }
    std::stable_sort(peaks.begin(), peaks.end(),
                     [](const ToneCandidate& a, const ToneCandidate& b) { return a.share > b.share; });
    if (peaks.size() > most_candidates)
        peaks.resize(most_candidates);
    result.candidates = std::move(peaks);
    return result;
}

} // namespace gacsong::detect::gsm
