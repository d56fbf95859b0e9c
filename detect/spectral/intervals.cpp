// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/spectral/intervals.hpp"

#include <algorithm>

namespace gacsong::detect {

std::vector<Interval> united(std::span<const Interval> a, std::span<const Interval> b, double close_s)
{
    std::vector<Interval> sorted(a.begin(), a.end());
    sorted.insert(sorted.end(), b.begin(), b.end());
    std::sort(sorted.begin(), sorted.end(), [](const Interval& x, const Interval& y) {
        return x.start_s != y.start_s ? x.start_s < y.start_s : x.end_s < y.end_s;
    });
    std::vector<Interval> out;
    for (const auto& next : sorted) {
        if (!out.empty() && next.start_s - out.back().end_s <= close_s)
            out.back().end_s = std::max(out.back().end_s, next.end_s);
        else
            out.push_back(next);
    }
    return out;
}

double common_length(std::span<const Interval> a, std::span<const Interval> b, double slack_s)
{
    std::vector<Interval> wide;
    for (const auto& i : b)
        wide.push_back({i.start_s - slack_s, i.end_s + slack_s});
    wide = united(wide, {}, 0.0);
    double sum = 0.0;
    std::size_t j = 0;
    for (const auto& i : a) {
        while (j < wide.size() && wide[j].end_s < i.start_s)
            ++j;
        for (std::size_t k = j; k < wide.size() && wide[k].start_s < i.end_s; ++k)
            sum += std::max(0.0, std::min(i.end_s, wide[k].end_s) - std::max(i.start_s, wide[k].start_s));
    }
    return sum;
}

double total_length(std::span<const Interval> list)
{
    double sum = 0.0;
    for (const auto& i : list)
        sum += i.length();
    return sum;
}

} // namespace gacsong::detect
