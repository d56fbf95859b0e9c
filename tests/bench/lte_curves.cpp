// SPDX-License-Identifier: GPL-3.0-or-later
// Success of the LTE receiver over SNR: lte_curves [trials [case]] prints one line of CSV for each point. The curves of
// docs/lte.md are made from it.
#include "tests/detect/cells/lte_trials.hpp"

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

namespace {

using namespace gacsong;
using namespace gacsong::test;

struct Case {
    std::string name;
    LteTrial trial;
    int low_db;
    int high_db;
};

void measure(const Case& one, int snr_db, unsigned trials)
{
    unsigned pci = 0;
    unsigned master = 0;
    unsigned first = 0;
    unsigned wrong = 0;
    double cpu_s = 0.0;
    for (unsigned i = 0; i < trials; ++i) {
        LteTrial trial = one.trial;
        trial.reception.snr_db = snr_db;
        trial = random_lte_trial(trial, 10.0, 1000 * i + static_cast<unsigned>(snr_db + 40));
        const auto samples = lte::receive(trial.settings, trial.reception);
        const std::clock_t began = std::clock();
        const auto report = search_lte(samples, trial.reception);
        cpu_s += static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
        const LteOutcome outcome = judge_lte(report, trial.settings, trial.reception);
        pci += outcome.pci ? 1 : 0;
        master += outcome.master ? 1 : 0;
        first += outcome.first ? 1 : 0;
        wrong += outcome.wrong;
    }
    const double n = trials;
    std::printf("%s,%.0f,%d,%.3f,%.3f,%.3f,%u,%.3f\n", one.name.c_str(), 1e3 * one.trial.reception.seconds, snr_db,
                pci / n, master / n, first / n, wrong, cpu_s / n);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv)
{
    const unsigned trials = argc > 1 ? static_cast<unsigned>(std::atoi(argv[1])) : 50;
    const std::string only = argc > 2 ? argv[2] : "";
    LteTrial fdd;
    fdd.settings.first_message = lte::example_first_message();
    LteTrial two = fdd;
    two.settings.ports = 2;
    LteTrial tdd = fdd;
    tdd.settings.tdd = true;
    tdd.reception.carrier_hz = 2360e6;
    std::vector<Case> cases;
    const auto add = [&](const std::string& name, const LteTrial& trial, int higher_db) {
        cases.push_back({name, trial, -14 + higher_db, -7 + higher_db});
        cases.push_back({name + " 320", trial, -8 + higher_db, -2 + higher_db});
        cases.back().trial.reception.seconds = 0.32;
    };
    add("fdd", fdd, 0);
    add("fdd 2 ports", two, 0);
    add("tdd", tdd, 0);
    LteTrial faded = fdd;
    faded.reception.taps = lte::pedestrian();
    add("epa", faded, 1);
    faded.reception.taps = lte::vehicular();
    add("eva", faded, 1);
    faded.settings.ports = 2;
    add("eva 2 ports", faded, 1);
    LteTrial wide = fdd;
    wide.settings.blocks = 25;
    wide.settings.aggregation = 8;
    wide.reception.rate_hz = 7.68e6;
    add("25 blocks", wide, 0);
    std::printf("case,ms,snr_db,pci,mib,sib1,wrong,cpu_s\n");
    for (const Case& one : cases)
        for (int snr_db = one.low_db; snr_db <= one.high_db; ++snr_db)
            if (only.empty() || one.name == only)
                measure(one, snr_db, trials);
}
