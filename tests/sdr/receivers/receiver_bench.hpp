// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sdr/receivers/live_source.hpp"
#include "tests/sdr/support.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace gacsong::sdr::testing {

/// Receivers for tests: the replay driver, in the processes that the program would use. Every sample of the recording
/// carries its number, so that what was lost is known exactly.
class ReceiverBench : public ::testing::Test {
protected:
    static void SetUpTestSuite() { ::setenv("SOAPY_SDR_PLUGIN_PATH", GACSONG_SOAPY_MODULES, 1); }

    /// A recording of `samples` samples of cs16: I and Q are the low and the high half of the number of the sample.
    [[nodiscard]] std::string numbered(std::uint32_t samples) const
    {
        std::string bytes;
        bytes.reserve(std::size_t{4} * samples);
        for (std::uint32_t i = 0; i < samples; ++i)
            bytes += le(i, 4);
        return folder.write("numbered.cs16", bytes);
    }

    /// `more` as in an address: `speed=0,drop_every=0.5`.
    [[nodiscard]] static ReceiverSettings settings(const std::string& file, const std::string& more)
    {
        ReceiverSettings out;
        out.args = {
            {"driver", "replay"}, {"file", file}, {"rate", "1000000"}, {"type", "cs16"}, {"center", "100000000"}};
        out.program = GACSONG_RECEIVER;
        std::size_t at = 0;
        while (at < more.size()) {
            const std::size_t end = std::min(more.find(',', at), more.size());
            const std::string pair = more.substr(at, end - at);
            out.args[pair.substr(0, pair.find('='))] = pair.substr(pair.find('=') + 1);
            at = end + 1;
        }
        return out;
    }

    [[nodiscard]] static std::shared_ptr<ReceiverLink> open(const ReceiverSettings& settings)
    {
        auto link = ReceiverLink::open(settings);
        EXPECT_TRUE(link.has_value()) << (link ? "" : link.error().message.key);
        return link ? *link : nullptr;
    }

    struct Heard {
        std::vector<std::uint32_t> numbers;
        std::vector<Segment> segments;
        std::vector<Message> notes;
        std::uint64_t blocks_without = 0;
    };

    /// Everything that comes, until the end or `enough` samples.
    [[nodiscard]] static Heard hear(SampleSource& source, std::size_t enough = SIZE_MAX)
    {
        Heard heard;
        while (heard.numbers.size() < enough) {
            auto next = source.next(50'000);
            EXPECT_TRUE(next.has_value());
            for (auto& note : source.take_notes())
                heard.notes.push_back(std::move(note));
            if (!next || !*next)
                break;
            const Block& block = **next;
            EXPECT_EQ(block.first_sample, heard.numbers.size());
            if (block.begins)
                heard.segments.push_back(*block.begins);
            heard.blocks_without += block.bytes.empty() ? 1U : 0U;
            for (std::size_t at = 0; at < block.bytes.size(); at += 4) {
                std::uint32_t number = 0;
                std::memcpy(&number, block.bytes.data() + at, 4);
                heard.numbers.push_back(number);
            }
        }
        return heard;
    }

    const TempFolder folder;
};

} // namespace gacsong::sdr::testing
