// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/option_table.hpp"

#include "report/gsmtap/gsmtap_sink.hpp"
#include "report/paint/colour_map.hpp"
#include "report/text/time_text.hpp"
#include "sdr/receivers/address.hpp"

#include <array>

namespace gacsong::app {
namespace {

/// Stores what a parser found; false where it found nothing.
template <class T, class U> bool put(std::optional<T>& target, const std::optional<U>& found)
{
    if (found)
        target = T(*found);
    return found.has_value();
}

bool set_text(std::optional<std::string>& target, const std::string& value)
{
    target = value;
    return !value.empty();
}

bool set_positive(std::optional<double>& target, const std::string& value)
{
    return put(target, parse_frequency(value)) && *target > 0.0;
}

bool put_seconds(double& target, const std::string& value)
{
    const auto seconds = parse_duration(value);
    target = seconds.value_or(target);
    return seconds.has_value();
}

constexpr std::string_view inputs = "scan info render calibrate gui";
constexpr std::string_view tuned = "scan info render doctor record calibrate gui";
constexpr std::string_view rated = "scan info render doctor record calibrate gui sweep";

constexpr auto options = std::to_array<OptionSpec>({
    {"center", "-f,--center", "HZ", "433.92M", tuned,
     [](Arguments& a, const std::string& v) { return put(a.center_hz, parse_frequency(v)); }},
    {"span", "-f,--span", "LOW:HIGH[:STEP]", "87M:1G", "sweep occupancy export",
     [](Arguments& a, const std::string& v) { return put(a.span, parse_span(v)); }},
    {"rate", "-s,--rate", "HZ", "2.4M", rated,
     [](Arguments& a, const std::string& v) { return set_positive(a.rate_hz, v); }},
    {"type", "-t,--type", "TYPE", "cu8", inputs,
     [](Arguments& a, const std::string& v) { return put(a.type, parse_sample_format(v)); }},
    {"start", "--start", "TIME", "2026-11-02T10:15:00+07:00", inputs,
     [](Arguments& a, const std::string& v) { return put(a.start, parse_rfc3339(v)); }},
    {"swap_iq", "--swap-iq", "", "", inputs, [](Arguments& a, const std::string&) { return a.swap_iq = true; }},
    {"place", "--place", "LAT,LON", "10.386,105.435", "scan render record gui sweep",
     [](Arguments& a, const std::string& v) { return put(a.settings.place, parse_coordinates(v)); }},
    {"ppm", "--ppm", "X", "-2.5", "scan render gui sweep",
     [](Arguments& a, const std::string& v) { return put(a.settings.ppm, parse_number(v)); }},
    {"from", "--from", "S", "10s", "scan render calibrate",
     [](Arguments& a, const std::string& v) { return put(a.from_s, parse_duration(v)); }},
    {"to", "--to", "S", "5m", "scan render calibrate",
     [](Arguments& a, const std::string& v) { return put(a.to_s, parse_duration(v)); }},
    {"stop_after", "-T,--stop-after", "SECONDS", "60s", "scan record calibrate sweep mission",
     [](Arguments& a, const std::string& v) {
         return put(a.stop_after_s, parse_duration(v)) && *a.stop_after_s > 0.0;
     }},
    {"dwell", "--dwell", "SECONDS", "0.2s", "sweep",
     [](Arguments& a, const std::string& v) {
         return put(a.dwell_s, parse_duration(v)) && *a.dwell_s >= 0.05 && *a.dwell_s <= 5.0;
     }},
    {"threshold", "--threshold", "DB", "6", "occupancy",
     [](Arguments& a, const std::string& v) {
         return put(a.margin_db, parse_number(v)) && *a.margin_db >= 3.0 && *a.margin_db <= 60.0;
     }},
    {"rounds", "--rounds", "N", "10", "sweep",
     [](Arguments& a, const std::string& v) { return put(a.rounds, parse_whole(v, 1, 1'000'000)); }},
    {"gain", "--gain", "DB|NAME=DB,...", "30", "scan doctor record calibrate gui sweep",
     [](Arguments& a, const std::string& v) { return put(a.gains, sdr::parse_gains(v)); }},
    {"carrier", "--carrier", "HZ", "98.5M", "calibrate",
     [](Arguments& a, const std::string& v) { return set_positive(a.carrier_hz, v); }},
    {"level", "--level", "", "", "calibrate", [](Arguments& a, const std::string&) { return a.level = true; }},
    {"table", "--table", "FILE", "levels.csv", "calibrate",
     [](Arguments& a, const std::string& v) { return set_text(a.level_table, v); }},
    {"power", "--power", "DBM", "-40", "calibrate",
     [](Arguments& a, const std::string& v) {
         return put(a.power_dbm, parse_number(v)) && *a.power_dbm >= -200.0 && *a.power_dbm <= 100.0;
     }},
    {"uncertainty", "--uncertainty", "DB", "1.5", "calibrate",
     [](Arguments& a, const std::string& v) {
         return put(a.u_db, parse_number(v)) && *a.u_db >= 0.0 && *a.u_db <= 40.0;
     }},
    {"record", "--record", "NAME", "evening", "scan",
     [](Arguments& a, const std::string& v) { return set_text(a.record, v); }},
    {"trigger", "--trigger", "emissions|findings", "findings", "scan record",
     [](Arguments& a, const std::string& v) { return (a.trigger = v) == "emissions" || v == "findings"; }},
    {"before", "--before", "SECONDS", "2s", "scan record",
     [](Arguments& a, const std::string& v) { return put_seconds(a.events.before_s, v); }},
    {"after", "--after", "SECONDS", "2s", "scan record",
     [](Arguments& a, const std::string& v) { return put_seconds(a.events.after_s, v); }},
    {"longest", "--longest", "SECONDS", "60s", "scan record",
     [](Arguments& a, const std::string& v) { return put_seconds(a.events.longest_s, v); }},
    {"max_size", "--max-size", "BYTES", "2G", "record scan",
     [](Arguments& a, const std::string& v) {
         const auto bytes = parse_frequency(v); // the same suffixes
         return bytes && *bytes >= 1.0 && put(a.most_bytes, bytes);
     }},
    {"antenna", "--antenna", "NAME", "RX", "scan doctor record calibrate gui sweep",
     [](Arguments& a, const std::string& v) { return set_text(a.antenna, v); }},
    {"plan", "--plan", "NAME|FILE", "vn", "scan list render gui sweep record case report",
     [](Arguments& a, const std::string& v) { return set_text(a.settings.plan, v); }},
    {"register", "--register", "FILE", "licences.csv", "scan render gui sweep record",
     [](Arguments& a, const std::string& v) { return set_text(a.settings.register_file, v); }},
    {"cells", "--cells", "FILE", "stations.csv", "scan render gui sweep",
     [](Arguments& a, const std::string& v) {
         a.settings.cells_files.push_back(v);
         return !v.empty();
     },
     true},
    {"blocks", "--blocks", "FILE", "operators.csv", "scan render gui sweep",
     [](Arguments& a, const std::string& v) { return set_text(a.settings.blocks_file, v); }},
    {"ignore", "--ignore", "FILE", "known.csv", "scan render gui sweep record",
     [](Arguments& a, const std::string& v) { return set_text(a.settings.ignore_file, v); }},
    {"output", "-o,--output", "FILE", "out.png", "render record sweep report evidence import export case",
     [](Arguments& a, const std::string& v) { return !(a.output = v).empty(); }},
    {"size", "--size", "WxH", "1600x1000", "render",
     [](Arguments& a, const std::string& v) { return put(a.size, parse_size(v)); }},
    {"theme", "--theme", "light|dark", "dark", "render",
     [](Arguments& a, const std::string& v) { return (a.theme = v) == "light" || v == "dark"; }},
    {"map", "--map", "NAME", "viridis", "render",
     [](Arguments& a, const std::string& v) { return paint::parse_map(a.map = v).has_value(); }},
    {"json", "--json", "", "", "scan info devices calibrate sweep occupancy sites case mission",
     [](Arguments& a, const std::string&) { return a.json = true; }},
    {"check", "--check", "", "", "mission", [](Arguments& a, const std::string&) { return a.check = true; }},
    {"annotate", "--annotate", "", "", "scan", [](Arguments& a, const std::string&) { return a.annotate = true; }},
    {"gpsd", "--gpsd", "HOST[:PORT]", "localhost:2947", "scan record sweep",
     [](Arguments& a, const std::string& v) { return put(a.gpsd, sdr::parse_gpsd_address(v)); }},
    {"clips", "--clips", "DIR", "clips", "scan",
     [](Arguments& a, const std::string& v) { return set_text(a.clips, v); }},
    {"gsmtap", "--gsmtap", "FILE|udp://ADDRESS:PORT", "cells.pcap", "scan",
     [](Arguments& a, const std::string& v) { return set_text(a.gsmtap, v) && GsmtapSink::valid(v); }},
    {"only", "--only", "emissions|cells", "cells", "scan sweep",
     [](Arguments& a, const std::string& v) { return set_text(a.only, v) && (v == "cells" || v == "emissions"); }},
    {"no_recognise", "--no-recognise", "", "", "scan",
     [](Arguments& a, const std::string&) { return a.no_recognise = true; }},
    {"verbose_bursts", "--verbose-bursts", "", "", "scan",
     [](Arguments& a, const std::string&) { return a.verbose_bursts = true; }},
    {"store", "--store", "sqlite:FILE", "sqlite:runs.sqlite",
     "scan explain sites sweep occupancy case report evidence export import forget gui",
     [](Arguments& a, const std::string& v) { return set_text(a.settings.store, v); }},
    {"no_store", "--no-store", "", "", "scan sweep gui", [](Arguments& a, const std::string&) { return a.no_store = true; }},
    {"run", "--run", "N", "12", "explain occupancy export",
     [](Arguments& a, const std::string& v) { return put(a.run, parse_whole(v, 1, INT64_MAX)); }},
    {"force", "--force", "", "", "scan render record sweep report evidence import export case",
     [](Arguments& a, const std::string&) { return a.force = true; }},
    {"threads", "--threads", "N", "4", "scan render calibrate sweep",
     [](Arguments& a, const std::string& v) { return put(a.settings.threads, parse_whole(v, 0, 1024)); }},
    {"fail_on_findings", "--fail-on-findings", "", "", "scan sweep",
     [](Arguments& a, const std::string&) { return a.fail_on_findings = true; }},
    {"lang", "--lang", "vi|en", "vi", "*",
     [](Arguments& a, const std::string& v) { return v.size() == 2 && put(a.settings.lang, parse_language(v)); }},
    {"config", "--config", "FILE", "gacsong.toml", "*",
     [](Arguments& a, const std::string& v) { return !(a.config_file = v).empty(); }},
    {"quiet", "-q,--quiet", "", "", "*", [](Arguments& a, const std::string&) { return a.quiet = true; }},
    {"verbose", "-v,--verbose", "", "", "*", [](Arguments& a, const std::string&) { return a.verbose = true; }},
    {"help", "-h,--help", "", "", "*", [](Arguments& a, const std::string&) { return a.help = true; }},
});

} // namespace

std::span<const OptionSpec> option_table()
{
    static const std::vector<OptionSpec> all = [] {
        const auto office = office_options();
        std::vector<OptionSpec> list(office.begin(), office.end());
        list.insert(list.end(), options.begin(), options.end());
        return list;
    }();
    return all;
}

bool takes(std::string_view command, const OptionSpec& option)
{
    if (option.commands == "*" || command.empty())
        return option.commands == "*";
    for (std::size_t at = option.commands.find(command); at != std::string_view::npos;
         at = option.commands.find(command, at + 1)) {
        const std::size_t end = at + command.size();
        const bool begins = at == 0 || option.commands[at - 1] == ' ';
        if (begins && (end == option.commands.size() || option.commands[end] == ' '))
            return true;
    }
    return false;
}

} // namespace gacsong::app
