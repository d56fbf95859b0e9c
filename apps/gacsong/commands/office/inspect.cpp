// SPDX-License-Identifier: GPL-3.0-or-later
#include "apps/gacsong/commands/comparison.hpp"
#include "apps/gacsong/commands/office/desk.hpp"
#include "detect/plan/tables/text_file.hpp"
#include "report/inspections/device_table.hpp"
#include "report/inspections/inspection_codes.hpp"
#include "report/inspections/inspections.hpp"
#include "report/text/utf8.hpp"
#include "report/wording/value_text.hpp"
#include "sdr/files/atomic_write.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

namespace gacsong::app {
namespace {

constexpr std::size_t most_told = 10; ///< rows that cannot be read

/// Devices with what the command says of them, and the words of both languages for codes.
struct Visit {
    Desk& desk;
    Inspections inspections;
    const Wording& vi;
    const Wording& en;

    [[nodiscard]] std::array<const Wording*, 2> words() const { return {&vi, &en}; }
};

Status add(Visit& visit, std::span<const InspectedDevice> devices)
{
    const auto comparison = load_comparison(visit.desk.arguments.settings);
    if (!comparison)
        return tl::unexpected(comparison.error());
    const auto added = visit.inspections.add(visit.desk.word(1), devices, comparison->context->plan);
    if (!added)
        return tl::unexpected(added.error());
    return visit.desk.say(
        Message("inspection.added", {{"case", visit.desk.word(1)}, {"n", static_cast<std::int64_t>(*added)}}));
}

Status read_table(Visit& visit)
{
    const std::filesystem::path file = visit.desk.word(2);
    const auto text = read_text_file(file, table_file_limit);
    if (!text)
        return tl::unexpected(text.error());
    std::vector<Message> problems;
    const auto devices = parse_device_table(text->text, file.filename().string(), visit.words(), problems);
    if (!devices)
        return tl::unexpected(devices.error());
    for (std::size_t i = 0; i < std::min(most_told, problems.size()); ++i)
        visit.desk.session.warn(problems[i]);
    return add(visit, *devices);
}

/// Sets the fields of a device as `NAME=VALUE` words name them.
Status take_words(const Visit& visit, InspectedDevice& device)
{
    const auto columns = typed_columns();
    for (std::size_t i = 2; i < visit.desk.count(); ++i) {
        const std::string& word = visit.desk.word(i);
        const std::size_t equals = word.find('=');
        const std::string name = word.substr(0, equals);
        if (equals == std::string::npos || std::ranges::find(columns, name) == columns.end())
            return failure("inspection.word", {{"what", word}, {"known", typed_column_names()}}, Fault::usage);
        if (const auto problem = set_device_field(device, name, word.substr(equals + 1), visit.words()))
            return failure("inspection.value", {{"why", std::vector<Message>{*problem}}}, Fault::usage);
    }
    return {};
}

Status type_device(Visit& visit)
{
    InspectedDevice device;
    if (const Status taken = take_words(visit, device); !taken)
        return taken;
    if (device.date.empty() || device.premises.empty())
        return failure("inspection.needs", {}, Fault::usage);
    return add(visit, std::array{device});
}

Status change_device(Visit& visit, std::uint64_t number)
{
    auto device = visit.inspections.device(visit.desk.word(1), number);
    if (!device)
        return tl::unexpected(device.error());
    if (const Status taken = take_words(visit, *device); !taken)
        return taken;
    const auto comparison = load_comparison(visit.desk.arguments.settings);
    if (!comparison)
        return tl::unexpected(comparison.error());
    const Status changed = visit.inspections.change(*device, comparison->context->plan);
    return changed ? visit.desk.say(Message("case.noted", {{"case", visit.desk.word(1)}})) : changed;
}

std::string device_text(const InspectedDevice& device, const Wording& words)
{
    std::string text = code_word("device_kind", device.device_kind, words);
    for (const std::string* part : {&device.make, &device.model, &device.serial, &device.imei}) {
        if (!part->empty())
            text += (text.empty() ? "" : " ") + printable(*part);
    }
    if (device.label_freq_hz)
        text += ", " + quantity_text(Quantity{*device.label_freq_hz, Unit::frequency}, words.language());
    if (!device.action.empty())
        text += "; " + code_word("action", device.action, words);
    const std::string remark = remark_text(device, words);
    return fmt::format("{} · {}{}{}", device.device, text, remark.empty() ? "." : ". ", remark);
}

Status show(Visit& visit, const std::vector<InspectedDevice>& devices)
{
    const Wording& words = visit.desk.session.words();
    if (visit.desk.arguments.json) {
        Status written;
        for (const InspectedDevice& device : devices) {
            if (written)
                written = visit.desk.session.out().line(inspected_device_json(device, {visit.en, visit.vi}));
        }
        return written;
    }
    if (devices.empty())
        return visit.desk.say(Message("inspection.none", {{"case", visit.desk.word(1)}}));
    std::vector<Section> sections;
    for (const InspectedDevice& device : devices) {
        const std::string place = device.address.empty() ? "" : ", " + printable(device.address);
        std::string heading = fmt::format("{} · {}{}", device.date, printable(device.premises), place);
        if (sections.empty() || sections.back().title != heading)
            sections.push_back({std::move(heading), {}});
        sections.back().sentences.push_back(device_text(device, words));
    }
    return visit.desk.session.write_sections(sections);
}

Status write_table(Visit& visit, const std::vector<InspectedDevice>& devices)
{
    const Arguments& arguments = visit.desk.arguments;
    std::error_code error;
    if (!arguments.force && std::filesystem::exists(arguments.output, error))
        return failure("output.exists", {{"file", arguments.output}}, Fault::output);
    return write_atomically(arguments.output,
                            device_table(devices, visit.desk.session.words(), arguments.office.byte_order_mark));
}

} // namespace

Status inspect_premises(Desk& desk)
{
    if (desk.count() < 2)
        return failure("case.needs_case", {}, Fault::usage);
    const auto vi = load_wording(Language::vi);
    const auto en = load_wording(Language::en);
    if (!vi || !en)
        return tl::unexpected(!vi ? vi.error() : en.error());
    Visit visit{desk, Inspections(desk.store, present_hand()), *vi, *en};
    if (desk.count() == 3 && desk.word(2).find('=') == std::string::npos)
        return read_table(visit);
    if (desk.arguments.office.device)
        return change_device(visit, *desk.arguments.office.device);
    if (desk.count() > 2)
        return type_device(visit);
    if (const auto file = desk.cases.file(desk.word(1)); !file)
        return tl::unexpected(file.error());
    const auto devices = visit.inspections.list(desk.word(1));
    if (!devices)
        return tl::unexpected(devices.error());
    return desk.arguments.output.empty() ? show(visit, *devices) : write_table(visit, *devices);
}

} // namespace gacsong::app
