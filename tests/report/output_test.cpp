// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/sinks/output.hpp"
#include "tests/report/sample_records.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <csignal>

namespace gacsong {

class Pipe {
public:
    Pipe() { EXPECT_EQ(pipe(ends_.data()), 0); }
    ~Pipe()
    {
        close_reader();
        close(ends_[1]);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    [[nodiscard]] int writer() const { return ends_[1]; }
    void close_reader()
    {
        if (ends_[0] >= 0)
            close(ends_[0]);
        ends_[0] = -1;
    }
    [[nodiscard]] std::string read_some() const
    {
        std::array<char, 4096> buffer{};
        const ssize_t count = read(ends_[0], buffer.data(), buffer.size());
        return {buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))};
    }

private:
    std::array<int, 2> ends_{};
};

TEST(Output, WritesEachLineToAPipeAtOnce)
{
    const Pipe pipe;
    Output output(pipe.writer(), "test");
    ASSERT_TRUE(output.line("{\"type\":\"run\"}"));
    EXPECT_EQ(pipe.read_some(), "{\"type\":\"run\"}\n");
}

TEST(Output, EndsQuietlyWhenTheReaderHasGone)
{
    std::signal(SIGPIPE, SIG_IGN);
    Pipe pipe;
    int calls = 0;
    Output output(pipe.writer(), "test");
    output.when_closed([&] { ++calls; });
    pipe.close_reader();
    EXPECT_TRUE(output.line("a"));
    EXPECT_TRUE(output.line("b"));
    EXPECT_TRUE(output.closed());
    EXPECT_EQ(calls, 1);
}

TEST(Output, SaysThatADiskIsFull)
{
    const int full = open("/dev/full", O_WRONLY);
    ASSERT_GE(full, 0);
    Output output(full, "result.jsonl");
    const Status written = output.line("a");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().message.key, "output.full");
    EXPECT_EQ(written.error().fault, Fault::output);
    close(full);
}

TEST(Output, WritesAFileInLargePieces)
{
    const test::TemporaryFolder folder;
    const auto path = folder.path() / "out";
    const int file = open(path.c_str(), O_WRONLY | O_CREAT, 0600);
    {
        Output output(file, "out");
        ASSERT_TRUE(output.line("a"));
        EXPECT_EQ(test::read_file(path), "");
        ASSERT_TRUE(output.flush());
        EXPECT_EQ(test::read_file(path), "a\n");
        ASSERT_TRUE(output.line(std::string(100'000, 'x')));
        EXPECT_EQ(test::read_file(path).size(), 100'003U);
        ASSERT_TRUE(output.text("end"));
    }
    EXPECT_TRUE(test::read_file(path).ends_with("\nend"));
    close(file);
}

} // namespace gacsong
