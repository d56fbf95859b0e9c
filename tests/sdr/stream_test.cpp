// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/files/sample_ring.hpp"
#include "sdr/stream.hpp"
#include "tests/sdr/support.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <thread>

namespace gacsong::sdr {
namespace {

using namespace testing;

/// Puts a pipe in the place of standard input and feeds it from another thread.
class FedStdin {
public:
    FedStdin(std::string bytes, std::size_t piece) : saved_(::dup(STDIN_FILENO))
    {
        int ends[2] = {-1, -1};
        EXPECT_EQ(::pipe(ends), 0);
        ::dup2(ends[0], STDIN_FILENO);
        ::close(ends[0]);
        feeder_ = std::thread([bytes = std::move(bytes), piece, end = ends[1]] {
            for (std::size_t at = 0; at < bytes.size();) {
                const auto put = ::write(end, bytes.data() + at, std::min(piece, bytes.size() - at));
                if (put <= 0)
                    break;
                at += static_cast<std::size_t>(put);
            }
            ::close(end);
        });
    }
    ~FedStdin()
    {
        feeder_.join();
        ::dup2(saved_, STDIN_FILENO);
        ::close(saved_);
    }
    FedStdin(const FedStdin&) = delete;
    FedStdin& operator=(const FedStdin&) = delete;

private:
    int saved_;
    std::thread feeder_;
};

TEST(Stdin, HandsOutEverySampleOnce)
{
    const std::string bytes = pattern(600001);
    for (const std::size_t piece : {1009U, 65536U}) {
        const FedStdin fed(bytes, piece);
        const auto opened = open_recording("-", flags_of("cs24", 1e6));
        ASSERT_TRUE(opened);
        EXPECT_EQ(opened->source->info().container, "stdin");
        EXPECT_FALSE(opened->source->info().length);
        const Drained all = drain(*opened->source, 5000);
        EXPECT_EQ(all.bytes, bytes.substr(0, 600000));
        EXPECT_EQ(all.segments.size(), 1U);
        ASSERT_TRUE(opened->source->shortfall()); // the stream broke off inside a sample
        EXPECT_EQ(opened->source->shortfall()->key, "file.odd_bytes");
    }
}

TEST(Stdin, HistoryEqualsTheStream)
{
    const std::string bytes = pattern(1000000);
    const FedStdin fed(bytes, 65536);
    InputFlags flags = flags_of("cs16", 1e6);
    flags.swap_iq = true;
    const auto opened = open_recording("-", flags);
    ASSERT_TRUE(opened);
    const Drained all = drain(*opened->source, 3000);
    ASSERT_EQ(all.samples, 250000U);
    EXPECT_EQ(opened->history->first(), 0U);
    EXPECT_EQ(opened->history->end(), all.samples);
    std::vector<std::complex<float>> stream(all.samples);
    convert(opened->source->info().format, std::as_bytes(std::span(all.bytes)), stream);
    std::vector<std::complex<float>> history(all.samples - 7);
    ASSERT_TRUE(opened->history->read(7, history));
    EXPECT_TRUE(std::equal(history.begin(), history.end(), stream.begin() + 7));
    EXPECT_FALSE(opened->history->read(8, history));
}

TEST(Stdin, HistoryMayBeReadWhileTheStreamGoesOn)
{
    const std::string bytes = pattern(4000000);
    const FedStdin fed(bytes, 65536);
    const auto opened = open_recording("-", flags_of("cs8", 1e6));
    ASSERT_TRUE(opened);
    std::vector<std::complex<float>> expected(bytes.size() / 2);
    convert(opened->source->info().format, std::as_bytes(std::span(bytes)), expected);
    std::thread reader([&] {
        std::vector<std::complex<float>> out(5000);
        for (std::uint64_t end = 0; end < expected.size();) {
            end = opened->history->end();
            const std::uint64_t first = end > out.size() ? end - out.size() : 0;
            const auto part = std::span(out).first(static_cast<std::size_t>(end - first));
            ASSERT_TRUE(opened->history->read(first, part));
            ASSERT_TRUE(std::equal(part.begin(), part.end(), expected.begin() + static_cast<std::ptrdiff_t>(first)));
        }
    });
    EXPECT_EQ(drain(*opened->source, 3000).samples, expected.size());
    reader.join();
}

TEST(SampleRing, ForgetsTheOldestAndSaysSo)
{
    SampleRing ring(SampleFormat::of(Component::s8), 300);
    for (int chunk = 0; chunk < 10; ++chunk) {
        const auto memory = std::shared_ptr<std::byte>(new std::byte[100], std::default_delete<std::byte[]>());
        std::fill_n(memory.get(), 100, static_cast<std::byte>(chunk));
        ring.append(memory, 100, memory.get(), 20);
        ring.append(memory, 100, memory.get(), 30);
    }
    EXPECT_EQ(ring.end(), 500U);
    EXPECT_EQ(ring.first(), 350U);
    std::vector<std::complex<float>> out(60);
    EXPECT_FALSE(ring.read(349, out));
    ASSERT_TRUE(ring.read(395, out));
    EXPECT_FLOAT_EQ(out[0].real(), 7.0F / 128.0F);
    EXPECT_FLOAT_EQ(out[5].imag(), 8.0F / 128.0F);
    EXPECT_FLOAT_EQ(out[59].real(), 9.0F / 128.0F);
    EXPECT_FALSE(ring.read(450, out));
}

TEST(Stdin, NeedsTypeAndRate)
{
    const FedStdin fed(pattern(100), 100);
    EXPECT_EQ(open_recording("-", {}).error().message.key, "file.unknown_format");
}

TEST(Stdin, WithoutABytesIsEmpty)
{
    const FedStdin fed("", 1);
    EXPECT_EQ(open_recording("-", flags_of("cu8", 1e6)).error().message.key, "file.empty");
}

TEST(Stdin, ReadsAWavOfUnknownLength)
{
    const std::string samples = pattern(300000);
    const std::string wav = "RIFF" + le(0xFFFFFFFFU, 4) + "WAVE" + chunk("fmt ", wav_fmt(1, 2, 48000, 16)) + "data" +
                            le(0xFFFFFFFFU, 4) + samples;
    const FedStdin fed(wav, 4096);
    const auto opened = open_recording("-", {});
    ASSERT_TRUE(opened) << opened.error().message.key;
    EXPECT_EQ(opened->source->info().sample_rate_hz, 48000.0);
    EXPECT_EQ(opened->source->info().rate_origin, Origin::header);
    EXPECT_EQ(drain(*opened->source).bytes, samples);
    EXPECT_FALSE(opened->source->shortfall());
}

TEST(Stdin, WavThatBreaksOffIsShort)
{
    const std::string samples = pattern(200000);
    const FedStdin fed(riff(chunk("fmt ", wav_fmt(1, 2, 48000, 16)) + "data" + le(400000, 4) + samples), 4096);
    const auto opened = open_recording("-", {});
    ASSERT_TRUE(opened);
    EXPECT_EQ(drain(*opened->source).bytes, samples);
    ASSERT_TRUE(opened->source->shortfall());
    EXPECT_EQ(opened->source->shortfall()->key, "file.truncated");
}

TEST(Stdin, WavEndsBeforeItsTrailingChunks)
{
    const std::string samples = pattern(200000);
    const FedStdin fed(riff(chunk("fmt ", wav_fmt(1, 2, 48000, 16)) + chunk("data", samples) + chunk("LIST", "abcd")),
                       4096);
    const auto opened = open_recording("-", {});
    ASSERT_TRUE(opened);
    EXPECT_EQ(drain(*opened->source).bytes, samples);
}

TEST(NamedPipe, IsReadAsAStream)
{
    const TempFolder folder;
    const std::string path = folder.path("x_98M_250k.cu8");
    ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
    const std::string bytes = pattern(5000);
    std::thread feeder([&] { folder.write("x_98M_250k.cu8", bytes); });
    const auto opened = open_recording(path, flags_of("cu8", 250e3));
    ASSERT_TRUE(opened);
    EXPECT_EQ(drain(*opened->source).bytes, bytes);
    feeder.join();
}

TEST(StreamHistory, KeepsFourSecondsWithinItsBounds)
{
    EXPECT_EQ(history_bytes(48000, 2), std::size_t{64} << 20U);
    EXPECT_EQ(history_bytes(10e6, 4), 160000000U);
    EXPECT_EQ(history_bytes(61.44e6, 4), 256000000U);
}

} // namespace
} // namespace gacsong::sdr
