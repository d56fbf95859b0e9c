// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/fft.hpp"

#include "dsp/aligned.hpp"

#include <fftw3.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>

namespace gacsong::dsp {

namespace {

/// The planner is one per process and not thread-safe; this guards it and keeps the plans made so far.
struct Planner {
    std::mutex lock;
    bool wisdom_read = false;
    std::map<std::tuple<std::size_t, Direction, Planning>, std::shared_ptr<void>> plans;
};

Planner& planner()
{
    static Planner instance;
    return instance;
}

unsigned planning_effort()
{
    const char* wish = std::getenv("GACSONG_FFT");
    const std::string_view text = wish != nullptr ? wish : "";
    if (text == "estimate")
        return FFTW_ESTIMATE;
    if (text == "patient")
        return FFTW_PATIENT;
    return FFTW_MEASURE;
}

std::filesystem::path wisdom_file()
{
    if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache != nullptr && *cache == '/')
        return std::filesystem::path(cache) / "gacsong" / "fftw-wisdom";
    if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/')
        return std::filesystem::path(home) / ".cache" / "gacsong" / "fftw-wisdom";
    return {};
}

void read_wisdom(Planner& state, unsigned effort)
{
    if (state.wisdom_read || effort == FFTW_ESTIMATE)
        return;
    state.wisdom_read = true;
    if (const auto file = wisdom_file(); !file.empty())
        fftwf_import_wisdom_from_filename(file.c_str());
}

/// A cache that cannot be written is no failure: the plan was made and is used.
void write_wisdom()
{
    const auto file = wisdom_file();
    if (file.empty())
        return;
    std::error_code ignored;
    std::filesystem::create_directories(file.parent_path(), ignored);
    const auto temporary = file.string() + "." + std::to_string(::getpid());
    if (fftwf_export_wisdom_to_filename(temporary.c_str()) == 1)
        std::filesystem::rename(temporary, file, ignored);
    else
        std::filesystem::remove(temporary, ignored);
}

std::shared_ptr<void> make_plan(std::size_t n, Direction direction, unsigned effort)
{
    const AlignedArray<std::complex<float>> in(n);
    const AlignedArray<std::complex<float>> out(n);
    auto* a = reinterpret_cast<fftwf_complex*>(in.data());
    auto* b = reinterpret_cast<fftwf_complex*>(out.data());
    const int size = static_cast<int>(n);
    const int sign = direction == Direction::forward ? FFTW_FORWARD : FFTW_BACKWARD;
    const auto own = [](fftwf_plan plan) {
        return std::shared_ptr<void>(plan, [](void* p) { fftwf_destroy_plan(static_cast<fftwf_plan>(p)); });
    };
    if (effort == FFTW_ESTIMATE)
        return own(fftwf_plan_dft_1d(size, a, b, sign, FFTW_ESTIMATE));
    // Wisdom of a deeper search serves a shallower wish, so a tuned machine stays tuned.
    for (const unsigned flag : {FFTW_PATIENT, FFTW_MEASURE}) {
        if (flag == FFTW_MEASURE && effort == FFTW_PATIENT)
            break;
        if (fftwf_plan plan = fftwf_plan_dft_1d(size, a, b, sign, flag | FFTW_WISDOM_ONLY); plan != nullptr)
            return own(plan);
    }
    auto plan = own(fftwf_plan_dft_1d(size, a, b, sign, effort));
    write_wisdom();
    return plan;
}

} // namespace

FftPlan::FftPlan(std::size_t n, Direction direction, Planning planning) : n_(n)
{
    Planner& state = planner();
    const std::scoped_lock guard(state.lock);
    auto& slot = state.plans[{n, direction, planning}];
    if (!slot) {
        const unsigned effort = planning == Planning::quick ? FFTW_ESTIMATE : planning_effort();
        read_wisdom(state, effort);
        slot = make_plan(n, direction, effort);
    }
    plan_ = slot;
}

void FftPlan::execute(std::complex<float>* in, std::complex<float>* out) const
{
    fftwf_execute_dft(static_cast<fftwf_plan>(plan_.get()), reinterpret_cast<fftwf_complex*>(in),
                      reinterpret_cast<fftwf_complex*>(out));
}

std::size_t quick_length(std::size_t least)
{
    for (std::size_t size = (std::max<std::size_t>(least, 4) + 3) / 4 * 4;; size += 4) {
        std::size_t rest = size;
        for (const std::size_t prime : {2U, 3U, 5U})
            while (rest % prime == 0)
                rest /= prime;
        if (rest == 1)
            return size;
    }
}

} // namespace gacsong::dsp
