// SPDX-License-Identifier: GPL-3.0-or-later
// The arrow of docs/architecture.md: who may include whom, and in which folder a third-party header may be met.
#include "tests/house/tree.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace gacsong::house {

namespace {

const std::map<std::string, std::set<std::string>, std::less<>> may_include{
    {"dsp", {}},
    {"sdr", {"dsp"}},
    {"detect", {"dsp"}},
    {"report", {"dsp", "sdr", "detect"}},
    {"gui", {"dsp", "sdr", "detect", "report"}},
    {"apps", {"dsp", "sdr", "detect", "report", "gui"}},
};

/// A third-party header by the beginning of its name, and the folders of the rooms where it may be included.
struct ThirdParty {
    std::string_view beginning;
    std::vector<std::string_view> folders;
};

const std::vector<ThirdParty> third_party{
    {"fftw3.h", {"dsp/"}},
    {"boost/math/", {"dsp/"}},
    {"liquid/", {"dsp/"}},
    {"SoapySDR/", {"sdr/receivers/soapy/", "sdr/replay/"}},
    {"openssl/", {"sdr/recorder/", "report/evidence/"}},
    {"pugixml.hpp", {"sdr/"}},
    {"archive.h", {"sdr/", "report/evidence/"}},
    {"archive_entry.h", {"sdr/", "report/evidence/"}},
    {"osmocom/", {"detect/cells/", "dsp/coding/"}},
    {"toml++/", {"detect/plan/", "report/", "apps/"}},
    {"nlohmann/", {"sdr/", "report/", "apps/"}},
    {"CLI/", {"apps/"}},
    {"Q", {"report/", "gui/"}},
    {"fmt/", {"dsp/", "sdr/", "detect/", "report/", "gui/", "apps/"}},
    {"tl/", {"dsp/", "sdr/", "detect/", "report/", "gui/", "apps/"}},
};

/// Headers of the operating system: files, clocks and signals are no business of arithmetic and detection. The plans of
/// the Fourier transform are kept in the user's cache, a folder that belongs to the transform alone.
const std::vector<std::string_view> system_headers{"sys/",   "unistd.h", "fcntl.h", "poll.h",   "pwd.h",  "dirent.h",
                                                   "time.h", "spawn.h",  "arpa/",   "netinet/", "netdb.h"};
const std::vector<std::string_view> rooms_of_system_headers{"dsp/fft.cpp", "sdr/", "report/", "gui/", "apps/"};

bool begins_with_any(std::string_view text, const std::vector<std::string_view>& beginnings)
{
    return std::ranges::any_of(beginnings, [&](std::string_view beginning) { return text.starts_with(beginning); });
}

bool standard_header(std::string_view name)
{
    return name.find_first_of("./") == std::string_view::npos && !name.starts_with('Q');
}

/// Whether the header between angle brackets may be met in the file at `path`.
bool allowed(std::string_view path, std::string_view header)
{
    if (standard_header(header))
        return true;
    if (begins_with_any(header, system_headers))
        return begins_with_any(path, rooms_of_system_headers);
    const auto known = std::ranges::find_if(
        third_party, [&](const ThirdParty& library) { return header.starts_with(library.beginning); });
    return known != third_party.end() && begins_with_any(path, known->folders);
}

/// Calls visit(line number, what is included) for each include of the file.
template <class Visit> void for_each_include(const File& file, Visit visit)
{
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        if (const auto what = included(file.lines[i]); !what.empty())
            visit(i + 1, what);
    }
}

} // namespace

TEST(Layering, RoomsIncludeOnlyDownwards)
{
    for (const File& file : room_sources()) {
        const auto& downwards = may_include.at(file.room());
        for_each_include(file, [&](std::size_t line, std::string_view what) {
            if (what.front() != '"')
                return;
            const std::string target{what.substr(1, what.find('/') - 1)};
            EXPECT_TRUE(target == file.room() || downwards.contains(target))
                << file.path << ':' << line << ": " << file.room() << " must not include " << what;
        });
    }
}

TEST(Layering, OwnHeadersAreNamedFromTheRoot)
{
    for (const File& file : all_sources()) {
        for_each_include(file, [&](std::size_t line, std::string_view what) {
            if (what.front() != '"' || what.ends_with(".moc\""))
                return;
            const std::string path{what.substr(1, what.size() - 2)};
            EXPECT_TRUE(std::filesystem::exists(root() / path)) << file.path << ':' << line << ": " << what;
        });
    }
}

TEST(Layering, ThirdPartyHeadersStayInTheirFolder)
{
    for (const File& file : room_sources()) {
        for_each_include(file, [&](std::size_t line, std::string_view what) {
            if (what.front() != '<')
                return;
            EXPECT_TRUE(allowed(file.path, what.substr(1, what.size() - 2)))
                << file.path << ':' << line << ": " << what << " is not to be met here";
        });
    }
}

TEST(Layering, LineOnlyWires)
{
    // A new signature, rule, sink or format is an entry in its list. What makes this number grow is a new station on
    // the way of the data (docs/architecture.md), and that is a decision.
    constexpr std::size_t most = 24;
    std::set<std::string> headers;
    for (const File& file : files_below("detect/line", {".cpp", ".hpp"})) {
        for_each_include(file, [&](std::size_t, std::string_view what) {
            if (what.front() == '"' && !what.starts_with("\"detect/line/"))
                headers.emplace(what);
        });
    }
    EXPECT_LE(headers.size(), most);
}

TEST(Layering, ReadsIncludeLines)
{
    EXPECT_EQ(included("#include <vector>"), "<vector>");
    EXPECT_EQ(included("  #  include \"dsp/result.hpp\" // why"), "\"dsp/result.hpp\"");
    EXPECT_EQ(included("// #include <vector>"), "");
    EXPECT_EQ(included("#define X"), "");
    EXPECT_TRUE(allowed("dsp/fft_plan.cpp", "fftw3.h"));
    EXPECT_FALSE(allowed("report/store.cpp", "fftw3.h"));
    EXPECT_FALSE(allowed("detect/line/line.cpp", "QString"));
    EXPECT_FALSE(allowed("dsp/window.cpp", "boost/asio.hpp"));
    EXPECT_FALSE(allowed("dsp/window.cpp", "unistd.h"));
}

} // namespace gacsong::house
