// SPDX-License-Identifier: GPL-3.0-or-later
// Not a benchmark of speed: how often each kind of signal gets its right name (docs/recognition.md). `family` counts
// names of the kind's family, `wrong` any name but its own (FSK2, GFSK and GMSK are one) and `unknown`. usage:
// recognition_matrix [cases of each kind and SNR] [snr...]
#include "tests/detect/signatures/grid.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

int main(int argc, char** argv)
{
    using namespace gacsong::test;
    const std::uint64_t cases = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 200;
    std::vector<double> levels;
    for (int i = 2; i < argc; ++i)
        levels.push_back(std::strtod(argv[i], nullptr));
    if (levels.empty())
        levels = {5.0, 10.0, 12.0, 15.0, 25.0};
    const char* only = std::getenv("GACSONG_KIND");
    for (const double snr_db : levels) {
        std::printf("\nSNR %.0f dB, %llu cases each\n", snr_db, static_cast<unsigned long long>(cases));
        std::uint64_t total = 0;
        std::uint64_t right = 0;
        std::uint64_t wrong = 0;
        for (const GridClass& kind : grid_classes()) {
            if (only != nullptr && kind.name.find(only) == std::string::npos)
                continue;
            std::map<std::string, std::uint64_t> names;
            std::uint64_t good = 0;
            std::uint64_t bad = 0;
            for (std::uint64_t number = 0; number < cases; ++number) {
                const auto e = recognised(grid_scene(kind, snr_db, number), number);
                const std::string& name = e.modulation.name;
                ++names[name];
                const auto among = [&name = name](const std::vector<std::string>& list) {
                    return std::find(list.begin(), list.end(), name) != list.end();
                };
                good += among(kind.family) ? 1U : 0U;
                bad += !among(kind.right) && name != "unknown" ? 1U : 0U;
            }
            std::printf("%-14s family %5.1f %%  wrong %5.1f %% ", kind.name.c_str(),
                        100.0 * static_cast<double>(good) / static_cast<double>(cases),
                        100.0 * static_cast<double>(bad) / static_cast<double>(cases));
            for (const auto& [name, count] : names)
                std::printf(" %s %llu", name.c_str(), static_cast<unsigned long long>(count));
            std::printf("\n");
            std::fflush(stdout);
            total += cases;
            right += good;
            wrong += bad;
        }
        std::printf("all: family %.1f %%, wrong %.1f %%\n",
                    100.0 * static_cast<double>(right) / static_cast<double>(total),
                    100.0 * static_cast<double>(wrong) / static_cast<double>(total));
    }
    return 0;
}
