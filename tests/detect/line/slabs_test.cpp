// SPDX-License-Identifier: GPL-3.0-or-later
// Slabs and their spectra are made in memory that has been used before, and are what they would be in new memory.
#include "detect/line/slabs.hpp"
#include "tests/support/scene.hpp"
#include "tests/support/signals/carrier.hpp"
#include "tests/support/sources.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

namespace gacsong::test {
namespace {

TEST(Slabs, AreMadeInMemoryThatWasUsedBefore)
{
    Scene scene;
    scene.sample_rate_hz = 1e6;
    scene.duration_s = 1.2;
    scene.noise_dbfs_hz = -95.0;
    Placed placed;
    placed.waveform = carrier();
    placed.level = Level::dbfs(-30.0);
    scene.signals.push_back(placed);
    const auto recording = std::make_shared<const MemoryRecording>(record(scene, SampleFormat::of(Component::s8)));
    const auto resolutions = detect::choose_resolutions(scene.sample_rate_hz, std::nullopt);

    // With `used` what comes back is overwritten: nothing of it may be seen again.
    const auto pass = [&](bool used) {
        detect::SlabSpares spares;
        detect::SlabWorker worker(recording->format, resolutions, spares);
        MemorySource source(recording);
        detect::SlabReader reader(source, 0, std::numeric_limits<std::uint64_t>::max(), spares);
        std::vector<detect::SlabSpectra> out;
        std::vector<const float*> places;
        for (bool more = reader.next_segment(); more;) {
            auto slab = reader.next_slab(resolutions);
            more = !slab.last;
            auto spectra = worker.process(slab);
            EXPECT_TRUE(slab.bytes.empty()) << "given back";
            out.push_back(spectra);
            places.push_back(spectra.narrow.mean.data());
            if (used) {
                std::fill(spectra.narrow.mean.begin(), spectra.narrow.mean.end(), -1.0F);
                std::fill(spectra.brief.mean.begin(), spectra.brief.mean.end(), -1.0F);
                spectra.row_clipped.assign(100, 7U);
                spectra.clipped = spectra.not_finite = 9;
                spares.spectra.give(std::move(spectra));
            }
        }
        if (used) {
            EXPECT_EQ(std::count(places.begin(), places.end(), places.front()), std::ssize(places));
        }
        return out;
    };
    const auto fresh = pass(false);
    const auto used = pass(true);
    ASSERT_GE(fresh.size(), 4U);
    ASSERT_EQ(used.size(), fresh.size());
    for (std::size_t i = 0; i < fresh.size(); ++i) {
        EXPECT_EQ(used[i].narrow.mean, fresh[i].narrow.mean);
        EXPECT_EQ(used[i].brief.mean, fresh[i].brief.mean);
        EXPECT_EQ(used[i].row_clipped, fresh[i].row_clipped);
        EXPECT_EQ(used[i].clipped, fresh[i].clipped);
        EXPECT_EQ(used[i].not_finite, fresh[i].not_finite);
    }
}

} // namespace
} // namespace gacsong::test
