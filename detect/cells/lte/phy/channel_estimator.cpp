// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/cells/lte/phy/subframe.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gacsong::detect::lte {

namespace {

constexpr unsigned window_blocks = 6;
constexpr unsigned window_width = 12 * window_blocks;
constexpr unsigned window_pilots = window_width / 3;
constexpr unsigned step = 24; ///< subcarriers from one window to the next
constexpr double earliest_s = -1.5e-6;
constexpr double latest_s = 4.0e-6;

using Complex = std::complex<double>;

/// Correlation of the channel at two frequencies that are `apart` subcarriers from one another.
Complex correlation(int apart)
{
    const double middle = (earliest_s + latest_s) / 2.0;
    const double x = std::numbers::pi * apart * subcarrier_hz * (latest_s - earliest_s);
    const double size = apart == 0 ? 1.0 : std::sin(x) / x;
    return std::polar(1.0, -2.0 * std::numbers::pi * apart * subcarrier_hz * middle) * size;
}

/// Solves a·x = b for a Hermitian positive definite matrix (Cholesky); b has `columns` columns, row by row.
void solve(std::vector<Complex>& a, std::size_t n, std::vector<Complex>& b, std::size_t columns)
{
    for (std::size_t j = 0; j < n; ++j) {
        double d = a[j * n + j].real();
        for (std::size_t k = 0; k < j; ++k)
            d -= std::norm(a[j * n + k]);
        const double root = std::sqrt(std::max(d, 1e-12));
        a[j * n + j] = root;
        for (std::size_t i = j + 1; i < n; ++i) {
            Complex s = a[i * n + j];
            for (std::size_t k = 0; k < j; ++k)
                s -= a[i * n + k] * std::conj(a[j * n + k]);
            a[i * n + j] = s / root;
        }
    }
    for (std::size_t c = 0; c < columns; ++c) {
        for (std::size_t i = 0; i < n; ++i) {
            Complex s = b[i * columns + c];
            for (std::size_t k = 0; k < i; ++k)
                s -= a[i * n + k] * b[k * columns + c];
            b[i * columns + c] = s / a[i * n + i].real();
        }
        for (std::size_t i = n; i-- > 0;) {
            Complex s = b[i * columns + c];
            for (std::size_t k = i + 1; k < n; ++k)
                s -= std::conj(a[k * n + i]) * b[k * columns + c];
            b[i * columns + c] = s / a[i * n + i].real();
        }
    }
}

} // namespace

ChannelEstimator::ChannelEstimator(Identity identity, unsigned blocks) : identity_(identity), blocks_(blocks) {}

ChannelEstimator::Pilots ChannelEstimator::pilots(const Grid& grid, unsigned subframe, unsigned symbol, unsigned port)
{
    const unsigned in_slot = identity_.numerology.symbols_in_slot();
    const unsigned slot = 2 * subframe + symbol / in_slot;
    const unsigned l = symbol % in_slot;
    unsigned v = 0;
    if (port < 2)
        v = ((l == 0) == (port == 0)) ? 0 : 3;
    else
        v = port == 2 ? 3 * (slot % 2) : 3 + 3 * (slot % 2);
    auto& reference = references_[{subframe, symbol}];
    if (reference.empty()) {
        const auto all = reference_signal(identity_.pci, slot, l, identity_.numerology.normal_prefix);
        reference.assign(all.begin(), all.end());
    }
    Pilots out;
    out.first = (v + identity_.pci % 6) % 6;
    const auto row = grid.row(symbol);
    out.values.resize(std::size_t{2} * blocks_);
    for (unsigned m = 0; m < 2 * blocks_; ++m)
        out.values[m] = row[6 * m + out.first] * std::conj(reference[m + 110 - blocks_]);
    return out;
}

const ChannelEstimator::Kernel& ChannelEstimator::kernel(int direct_current, int noise_db)
{
    Kernel& made = kernels_[{direct_current, noise_db}];
    if (!made.empty())
        return made;
    const auto subcarrier = [&](unsigned k) {
        return static_cast<int>(k) + (static_cast<int>(k) >= direct_current ? 1 : 0);
    };
    const unsigned first = identity_.pci % 3;
    std::vector<Complex> a(std::size_t{window_pilots} * window_pilots);
    std::vector<Complex> b(std::size_t{window_pilots} * window_width);
    for (unsigned i = 0; i < window_pilots; ++i) {
        for (unsigned j = 0; j < window_pilots; ++j)
            a[i * window_pilots + j] = correlation(subcarrier(3 * i + first) - subcarrier(3 * j + first));
        a[i * window_pilots + i] += std::pow(10.0, noise_db / 10.0);
        for (unsigned k = 0; k < window_width; ++k)
            b[i * window_width + k] = correlation(subcarrier(3 * i + first) - subcarrier(k));
    }
    solve(a, window_pilots, b, window_width);
    made.resize(b.size());
    for (unsigned k = 0; k < window_width; ++k)
        for (unsigned i = 0; i < window_pilots; ++i)
            made[k * window_pilots + i] = Sample(std::conj(b[i * window_width + k]));
    return made;
}

RawChannel ChannelEstimator::collect(const Grid& grid, unsigned subframe, unsigned ports)
{
    RawChannel out;
    const unsigned in_slot = identity_.numerology.symbols_in_slot();
    const unsigned second = identity_.numerology.second_reference();
    const unsigned count = 4 * blocks_; // places with reference signals, three subcarriers apart
    const unsigned first = identity_.pci % 3;
    for (unsigned port = 0; port < ports; ++port) {
        std::vector<Sample>& raw = out.ports.emplace_back(count);
        const auto add = [&](const Pilots& p, float weight) {
            const unsigned at = (p.first - first) / 3;
            for (std::size_t m = 0; m < p.values.size(); ++m)
                raw[2 * m + at] += weight * p.values[m];
        };
        if (port >= 2) {
            add(pilots(grid, subframe, 1, port), 1.0F);
            add(pilots(grid, subframe, in_slot + 1, port), 1.0F);
            continue;
        }
        std::complex<double> turn;
        double differing = 0.0;
        std::size_t compared = 0;
        for (const unsigned l : {0U, second}) {
            const Pilots a = pilots(grid, subframe, l, port);
            if (in_slot + l >= grid.symbols) {
                add(a, 1.0F);
                continue;
            }
            const Pilots b = pilots(grid, subframe, in_slot + l, port);
            for (std::size_t m = 0; m < a.values.size(); ++m) {
                turn += std::complex<double>(std::conj(a.values[m]) * b.values[m]);
                differing += std::norm(a.values[m] - b.values[m]);
            }
            compared += a.values.size();
            add(a, 0.5F);
            add(b, 0.5F);
        }
        if (port == 0) {
            out.noise = differing / (2.0 * static_cast<double>(compared));
            out.offset_hz = std::arg(turn) / (2.0 * std::numbers::pi * 0.5e-3);
        }
    }
    return out;
}

ChannelEstimate ChannelEstimator::smooth(const RawChannel& collected, double averaged)
{
    ChannelEstimate out;
    out.noise = collected.noise;
    out.offset_hz = collected.offset_hz;
    const unsigned width = 12 * blocks_;
    for (unsigned port = 0; port < collected.ports.size(); ++port) {
        const std::vector<Sample>& raw = collected.ports[port];
        const double noise_share = (port < 2 ? 0.5 : 1.0) / averaged; // what averaging leaves of it
        double power = 0.0;
        for (const Sample& h : raw)
            power += std::norm(h);
        power /= static_cast<double>(raw.size());
        PortChannel channel;
        channel.power = power - noise_share * out.noise;
        const double ratio = noise_share * out.noise / std::max({channel.power, 0.01 * power, 1e-30});
        const int noise_db =
            std::clamp(3 * static_cast<int>(std::lround(10.0 * std::log10(ratio + 1e-9) / 3.0)), -30, 15);
        channel.response.resize(width);
        const unsigned last = width - window_width;
        for (unsigned start = 0;; start = std::min(start + step, last)) {
            const int dc =
                std::clamp(static_cast<int>(width / 2) - static_cast<int>(start), -1, static_cast<int>(window_width));
            const Kernel& w = kernel(dc <= 0 ? static_cast<int>(window_width) : dc, noise_db);
            const unsigned from = start == 0 ? 0 : (window_width - step) / 2;
            const unsigned to = start == last ? window_width : (window_width + step) / 2;
            for (unsigned k = from; k < to; ++k) {
                Sample sum;
                for (unsigned i = 0; i < window_pilots; ++i)
                    sum += w[k * window_pilots + i] * raw[start / 3 + i];
                channel.response[start + k] = sum;
            }
            if (start == last)
                break;
        }
        out.ports.push_back(std::move(channel));
    }
    return out;
}

ChannelEstimate ChannelEstimator::estimate(const Grid& grid, unsigned subframe, unsigned ports)
{
    // Of the four symbols with reference signals a special subframe may hold three, of which one stands alone.
    const bool whole = grid.symbols > identity_.numerology.symbols_in_slot() + identity_.numerology.second_reference();
    return smooth(collect(grid, subframe, ports), whole ? 1.0 : 2.0 / 3.0);
}

} // namespace gacsong::detect::lte
