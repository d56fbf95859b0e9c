// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/inspections/device_table.hpp"
#include "report/inspections/inspections.hpp"
#include "report/json/json_text.hpp"

namespace gacsong {

std::string inspected_device_json(const InspectedDevice& device, const Wordings& wordings)
{
    std::string out;
    JsonObject object(out);
    object.member("type", "inspected_device");
    for_each_field(device, [&](std::string_view name, const auto& member) {
        using Member = std::remove_cvref_t<decltype(member)>;
        if constexpr (std::is_same_v<Member, std::string>) {
            if (!member.empty())
                object.member(name, member);
        } else if constexpr (std::is_same_v<Member, std::uint64_t>) {
            object.member(name, member);
        } else if constexpr (std::is_same_v<Member, std::vector<Reason>>) {
            std::string list;
            for (const Reason& reason : member) {
                list += list.empty() ? "" : ",";
                JsonObject one(list);
                one.member("en", wordings.en.text(reason.message));
                one.member("vi", wordings.vi.text(reason.message));
                one.member("reference", reason.reference);
                one.close();
            }
            object.raw(name, "[" + list + "]");
        } else if (member) {
            object.member(name, *member);
        }
    });
    object.close();
    return out;
}

} // namespace gacsong
