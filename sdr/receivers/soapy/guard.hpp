// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"

#include <exception>
#include <map>
#include <string>
#include <type_traits>
#include <vector>

namespace gacsong::sdr {

template <class T> struct Guarded {
    using type = Result<T>;
};
template <class T> struct Guarded<Result<T>> {
    using type = Result<T>;
};

/// Calls a driver. What it throws becomes `receiver.driver` with its own words; a Result is handed on.
template <class Call> auto guarded(Call call) -> typename Guarded<std::invoke_result_t<Call>>::type
{
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Call>>) {
            call();
            return {};
        } else {
            return call();
        }
    } catch (const std::exception& error) {
        return failure("receiver.driver", {{"why", std::string(error.what())}});
    } catch (...) {
        return failure("receiver.driver", {{"why", std::string("?")}});
    }
}

/// `rtlsdr 00000001`, for sentences.
[[nodiscard]] inline std::string device_name(const std::map<std::string, std::string>& args)
{
    std::string name;
    for (const char* key : {"driver", "remote", "serial", "file"}) {
        if (const auto found = args.find(key); found != args.end())
            name += (name.empty() ? "" : " ") + found->second;
    }
    return name;
}

[[nodiscard]] inline std::string joined(const std::vector<std::string>& list)
{
    std::string out;
    for (const std::string& one : list)
        out += (out.empty() ? "" : ", ") + one;
    return out;
}

} // namespace gacsong::sdr
