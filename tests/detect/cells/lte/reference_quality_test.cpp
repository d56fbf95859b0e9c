// SPDX-License-Identifier: GPL-3.0-or-later
// What reference signals show of a transmitter: its error vector, and whether they contradict the broadcast channel.
#include "detect/cells/lte/phy/reference_quality.hpp"
#include "tests/detect/cells/lte_trials.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <numbers>
#include <span>
#include <vector>

namespace gacsong::test {
namespace {

using detect::lte::Identity;
using detect::lte::MasterInformation;
using detect::lte::Measured;
using detect::lte::ReferenceQuality;
using Samples = std::vector<std::complex<float>>;

struct Scene {
    lte::Settings settings;
    lte::Reception reception;
};

Scene scene(unsigned blocks, unsigned ports, double rate_hz)
{
    Scene out;
    out.settings.blocks = blocks;
    out.settings.ports = ports;
    out.settings.format_indicator = ports == 4 ? 3 : 2;
    out.reception.rate_hz = rate_hz;
    out.reception.seconds = 0.08;
    out.reception.snr_db = 36.0;
    return out;
}

/// What is left of white noise within `half_hz` of the middle (windowed sinc, 70 dB).
Samples in_channel(const Samples& noise, double rate_hz, double half_hz)
{
    constexpr int half = 120;
    std::vector<float> taps(2 * half + 1);
    for (int i = -half; i <= half; ++i) {
        const double x = 2.0 * half_hz / rate_hz * i;
        const double sinc = i == 0 ? 1.0 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
        const double turn = std::numbers::pi * i / half;
        const double window = 0.42 + 0.5 * std::cos(turn) + 0.08 * std::cos(2.0 * turn);
        taps[static_cast<std::size_t>(i + half)] = static_cast<float>(2.0 * half_hz / rate_hz * sinc * window);
    }
    Samples out(noise.size());
    for (std::size_t n = 2 * half; n < noise.size(); ++n)
        for (std::size_t k = 0; k < taps.size(); ++k)
            out[n - half] += taps[k] * noise[n - k];
    return out;
}

/// The downlink with an error of its transmitter, as far below a resource element of power 1.
Samples received(Scene one, double error_db)
{
    const Samples heard = lte::receive(one.settings, one.reception);
    one.reception.noise = false;
    const Samples clean = lte::receive(one.settings, one.reception);
    one.reception.noise = true;
    one.reception.snr_db = error_db;
    Samples error = lte::receive(one.settings, one.reception);
    for (std::size_t n = 0; n < error.size(); ++n)
        error[n] -= clean[n];
    error = in_channel(error, one.reception.rate_hz, 92e3 * one.settings.blocks);
    for (std::size_t n = 0; n < error.size(); ++n)
        error[n] += heard[n];
    return error;
}

/// Of a downlink that begins with a frame; `claimed` is what its broadcast channel is said to state.
ReferenceQuality quality_of(const Scene& one, const Samples& samples, const MasterInformation& claimed)
{
    Identity identity;
    identity.pci = one.settings.pci;
    detect::lte::Stretch stretch;
    stretch.format = SampleFormat::of(Component::f32);
    stretch.bytes = std::as_bytes(std::span(samples));
    stretch.rate_hz = one.reception.rate_hz;
    detect::lte::SubframeReader reader(stretch, identity.numerology, 6);
    detect::lte::ChannelEstimator estimator(identity, 6);
    const Measured measured = detect::lte::track(reader, estimator, identity, {}, stretch.seconds());
    return measure_references(stretch, measured, identity, claimed);
}

MasterInformation claims(unsigned blocks, unsigned ports)
{
    MasterInformation out;
    out.blocks = blocks;
    out.ports = ports;
    return out;
}

} // namespace

TEST(ReferenceQuality, ErrorVectorIsThatOfTheTransmitter)
{
    for (const double error_db : {12.0, 20.0}) {
        const Scene one = scene(6, 1, 3.84e6);
        const auto found = quality_of(one, received(one, error_db), claims(6, 1));
        ASSERT_TRUE(found.evm_percent) << error_db;
        EXPECT_NEAR(*found.evm_percent, 100.0 * std::pow(10.0, -error_db / 20.0),
                    15.0 * std::pow(10.0, -error_db / 20.0) + 1.0)
            << error_db;
    }
}

TEST(ReferenceQuality, ErrorVectorIsNotSaidOfNoise)
{
    Scene one = scene(6, 1, 3.84e6);
    const auto clean = quality_of(one, lte::receive(one.settings, one.reception), claims(6, 1));
    ASSERT_TRUE(clean.evm_percent);
    EXPECT_LT(*clean.evm_percent, 4.0);
    one.reception.snr_db = 20.0;
    EXPECT_FALSE(quality_of(one, lte::receive(one.settings, one.reception), claims(6, 1)).evm_percent);
}

/// From samples to the record of the cell, through echoes and with a receiver that is 3 ppm off.
TEST(ReferenceQuality, StandsInTheCell)
{
    for (const double error_db : {13.0, 40.0}) {
        Scene one = scene(6, 2, 3.84e6);
        one.reception.ppm = 3.0;
        one.reception.begin_s = 0.0037;
        one.reception.taps = lte::pedestrian();
        const auto report = search_lte(received(one, error_db), one.reception);
        ASSERT_EQ(report.cells.size(), 1U);
        ASSERT_TRUE(report.cells.front().reference_evm_percent) << error_db;
        if (error_db < 20.0)
            EXPECT_NEAR(*report.cells.front().reference_evm_percent, 22.4, 5.0);
        else
            EXPECT_LT(*report.cells.front().reference_evm_percent, 6.0);
    }
}

TEST(ReferenceQuality, CountsThePortsThatSendReferenceSignals)
{
    for (const unsigned ports : {1U, 2U, 4U}) {
        const Scene one = scene(6, ports, 1.92e6);
        const Samples samples = lte::receive(one.settings, one.reception);
        for (const unsigned claimed : {1U, 2U, 4U})
            EXPECT_EQ(quality_of(one, samples, claims(6, claimed)).ports, ports) << claimed;
    }
}

TEST(ReferenceQuality, TellsTheWidthThatIsSentFromTheOneThatIsStated)
{
    const Scene one = scene(15, 2, 7.68e6);
    const Samples samples = lte::receive(one.settings, one.reception);
    EXPECT_EQ(quality_of(one, samples, claims(15, 2)).blocks, 15U);
    EXPECT_EQ(quality_of(one, samples, claims(25, 2)).blocks, 15U);
    EXPECT_EQ(quality_of(one, samples, claims(6, 2)).blocks, 15U);
    const Scene narrow = scene(6, 2, 1.92e6);
    const Samples few = lte::receive(narrow.settings, narrow.reception);
    EXPECT_EQ(quality_of(narrow, few, claims(6, 2)).blocks, 6U);
    EXPECT_FALSE(quality_of(narrow, few, claims(50, 2)).blocks) << "the recording does not hold it";
}

TEST(ReferenceQuality, SaysNothingOfPortsAndWidthInNoise)
{
    Scene one = scene(15, 2, 7.68e6);
    one.reception.snr_db = 12.0;
    const auto found = quality_of(one, lte::receive(one.settings, one.reception), claims(6, 1));
    EXPECT_FALSE(found.ports);
    EXPECT_FALSE(found.blocks);
}

} // namespace gacsong::test
