// SPDX-License-Identifier: GPL-3.0-or-later
// What a running receiver costs: the program itself on the replay driver, paced in real time. Prints what came, what
// was lost, how far the scan was behind at the end, CPU time per second of signal, and own memory. Rates belong to the
// machine and to what else runs on it; CPU time per second of signal is the figure to compare.
//   GACSONG_BENCH_SECONDS (20): length of each; GACSONG_BENCH_SOAK (0): seconds of signal at eight times the speed.
#include <fcntl.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

double setting(const char* name, double otherwise)
{
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtod(text, nullptr);
}

/// Two seconds at 2 MS/s of noise with three carriers, one of them keyed; played at whatever rate, and over and over.
void write_samples(const fs::path& path)
{
    constexpr std::size_t count = std::size_t{1} << 22U;
    std::mt19937 random(1);
    std::normal_distribution<float> noise(0.0F, 9.0F);
    std::vector<signed char> bytes(2 * count);
    for (std::size_t i = 0; i < count; ++i) {
        const bool on = ((i >> 18U) & 1U) == 0;
        for (std::size_t part = 0; part < 2; ++part) {
            float value = noise(random);
            for (const auto& [turns, level] :
                 {std::pair{599'186.0, 10.0F}, {838'860.0, 6.0F}, {-466'033.0, on ? 14.0F : 0.0F}}) {
                const double phase = 6.283185307179586 * turns * static_cast<double>(i) / static_cast<double>(count);
                value += level * static_cast<float>(part == 0 ? std::cos(phase) : std::sin(phase));
            }
            bytes[2 * i + part] = static_cast<signed char>(std::clamp(std::lround(value), -127L, 127L));
        }
    }
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

/// Own memory of a process, MiB.
double own_memory_mb(pid_t pid)
{
    std::ifstream status("/proc/" + std::to_string(pid) + "/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("RssAnon:"))
            return std::strtod(line.c_str() + 8, nullptr) / 1024.0;
    return 0.0;
}

struct Outcome {
    nlohmann::json end;
    double wall_s = 0.0;
    double user_s = 0.0;
    double system_s = 0.0;
    std::uint64_t lost = 0;
    std::vector<double> memory_mb; ///< once a second
};

Outcome run(const std::vector<std::string>& arguments, const fs::path& folder)
{
    const fs::path out = folder / "out.jsonl";
    const auto began = std::chrono::steady_clock::now();
    const pid_t pid = ::fork();
    if (pid == 0) {
        std::vector<char*> words{const_cast<char*>(GACSONG_PROGRAM)};
        for (const std::string& argument : arguments)
            words.push_back(const_cast<char*>(argument.c_str()));
        words.push_back(nullptr);
        const int file = ::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666);
        ::dup2(file, STDOUT_FILENO);
        ::setenv("SOAPY_SDR_PLUGIN_PATH", GACSONG_SOAPY_MODULES, 1);
        ::execv(GACSONG_PROGRAM, words.data());
        ::_exit(99);
    }
    Outcome outcome;
    rusage used{};
    int status = 0;
    for (int ticks = 0; ::wait4(pid, &status, WNOHANG, &used) == 0; ++ticks) {
        if (ticks % 10 == 0)
            outcome.memory_mb.push_back(own_memory_mb(pid));
        std::this_thread::sleep_for(100ms);
    }
    outcome.wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    outcome.user_s = seconds(used.ru_utime);
    outcome.system_s = seconds(used.ru_stime);
    std::ifstream lines(out);
    for (std::string line; std::getline(lines, line);) {
        const auto record = nlohmann::json::parse(line, nullptr, false);
        if (!record.is_object())
            continue;
        if (record["type"] == "gap")
            outcome.lost += record["samples"].get<std::uint64_t>();
        if (record["type"] == "end")
            outcome.end = record;
    }
    return outcome;
}

void print(const std::string& what, double rate_hz, const Outcome& outcome)
{
    const double heard_s = outcome.end.is_null() ? 0.0 : outcome.end["samples"].get<double>() / rate_hz;
    const auto memory = [&](double share) {
        const auto at = static_cast<std::size_t>(share * static_cast<double>(outcome.memory_mb.size() - 1));
        return outcome.memory_mb.empty() ? 0.0 : outcome.memory_mb[at];
    };
    fmt::print(
        "{:<58} heard {:7.1f} s in {:7.1f} s, lost {:.3f} s, CPU {:.2f} user + {:.2f} system s/s, own memory MiB "
        "{:.0f} {:.0f} {:.0f} {:.0f}\n",
        what, heard_s, outcome.wall_s, static_cast<double>(outcome.lost) / rate_hz,
        outcome.user_s / std::max(heard_s, 1e-9), outcome.system_s / std::max(heard_s, 1e-9), memory(0.25), memory(0.5),
        memory(0.75), memory(1.0));
    std::fflush(stdout);
}

} // namespace

int main()
{
    const fs::path folder = fs::temp_directory_path() / ("gacsong-live-bench-" + std::to_string(::getpid()));
    fs::create_directories(folder);
    const std::string file = (folder / "noise.cs8").string();
    write_samples(file);
    const auto receiver = [&](double rate_hz, double speed) {
        return fmt::format("soapy:driver=replay,file={},rate={:.0f},type=cs8,center=1000000000,loop=1,speed={}", file,
                           rate_hz, speed);
    };
    const auto scan = [&](double rate_hz, double speed, double seconds, const std::vector<std::string>& more) {
        std::vector<std::string> arguments{
            "scan", receiver(rate_hz, speed), "-T", fmt::format("{}s", seconds), "--json", "-q", "--no-store", "--lang",
            "en"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(arguments, folder);
    };
    const double seconds = setting("GACSONG_BENCH_SECONDS", 20.0);
    print("61.44 MS/s cs8, detection", 61.44e6, scan(61.44e6, 1.0, seconds, {"--only", "emissions", "--no-recognise"}));
    print("20 MS/s cs8, recording, measurement, recognition", 20e6,
          scan(20e6, 1.0, seconds, {"--only", "emissions", "--record", (folder / "all").string()}));
    if (const double soak_s = setting("GACSONG_BENCH_SOAK", 0.0); soak_s > 0.0)
        print("2.4 MS/s cs8 at 8 times the speed, everything", 2.4e6, scan(2.4e6, 8.0, soak_s, {}));
    fs::remove_all(folder);
    return 0;
}
