// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace gacsong::detect {

/// Calls work(i, worker) for i = 0 … count − 1 on up to `threads` threads, in any order; `worker` < threads tells the
/// callers apart. Returns when all are done. Work does not throw.
template <class Work> void in_parallel(unsigned threads, std::size_t count, const Work& work)
{
    const auto helpers = static_cast<unsigned>(std::min<std::size_t>(std::max(1U, threads), count));
    std::atomic<std::size_t> next{0};
    const auto run = [&](unsigned worker) {
        for (std::size_t i = next++; i < count; i = next++)
            work(i, worker);
    };
    std::vector<std::jthread> team;
    for (unsigned worker = 1; worker < helpers; ++worker)
        team.emplace_back(run, worker);
    run(0);
}

} // namespace gacsong::detect
