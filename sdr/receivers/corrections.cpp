// SPDX-License-Identifier: GPL-3.0-or-later
#include "sdr/receivers/corrections.hpp"

#include "sdr/receivers/kept_file.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace gacsong::sdr {

namespace {

using nlohmann::json;

constexpr std::size_t largest = std::size_t{1} << 20U;
constexpr double most_ppm = 1000.0;

std::optional<Correction> correction_of(const json& entry)
{
    try {
        Correction one{entry.at("driver").get<std::string>(),
                       entry.at("serial").get<std::string>(),
                       entry.at("ppm").get<double>(),
                       entry.at("u_ppm").get<double>(),
                       Instant{entry.at("unix_ns").get<std::int64_t>()},
                       entry.value("reference", "")};
        if (std::abs(one.ppm) <= most_ppm && one.u_ppm >= 0.0 && one.u_ppm <= most_ppm)
            return one;
    } catch (const json::exception&) { // left out, as said
    }
    return std::nullopt;
}

} // namespace

Result<std::vector<Correction>> parse_corrections(std::string_view text, const std::string& path)
{
    return kept_entries<Correction>(text, path, "receivers", correction_of);
}

Result<std::vector<Correction>> read_corrections(const std::string& path)
{
    const auto text = read_kept(path, largest);
    return text ? parse_corrections(*text, path) : std::vector<Correction>{};
}

Status write_corrections(const std::string& path, const std::vector<Correction>& all)
{
    json list = json::array();
    for (const Correction& one : all)
        list.push_back({{"driver", one.driver},
                        {"serial", one.serial},
                        {"ppm", one.ppm},
                        {"u_ppm", one.u_ppm},
                        {"unix_ns", one.when.unix_ns},
                        {"reference", one.reference}});
    return write_kept(path, "receivers", list);
}

void replace(std::vector<Correction>& all, Correction one)
{
    std::erase_if(all, [&](const Correction& old) { return old.driver == one.driver && old.serial == one.serial; });
    all.push_back(std::move(one));
}

std::optional<Correction> find_correction(const std::vector<Correction>& all, std::string_view driver,
                                          std::string_view serial)
{
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const Correction& one) { return one.driver == driver && one.serial == serial; });
    return found == all.end() ? std::nullopt : std::optional(*found);
}

} // namespace gacsong::sdr
