// SPDX-License-Identifier: GPL-3.0-or-later
// The one field of a DroneID message that is read: which kind of aircraft sends it. Layout, check and numbers as in the
// receiver that Schiller et al. published with their paper (see dji_frame.hpp).
#include "detect/signatures/wideband/dji_frame.hpp"

#include <algorithm>
#include <array>

namespace gacsong::detect {

namespace {

constexpr std::size_t version_at = 2;
constexpr std::size_t model_at = 67;
constexpr std::size_t check_at = 89;
constexpr std::uint8_t known_version = 2;

struct Model {
    std::uint8_t number;
    std::string_view name;
};

constexpr std::array models{
    Model{1, "Inspire 1"},
    Model{2, "Phantom 3"},
    Model{3, "Phantom 3"},
    Model{4, "Phantom 3 Standard"},
    Model{5, "Matrice 100"},
    Model{11, "Phantom 4"},
    Model{12, "Agras MG-1"},
    Model{14, "Matrice 600"},
    Model{15, "Phantom 3 4K"},
    Model{16, "Mavic Pro"},
    Model{17, "Inspire 2"},
    Model{18, "Phantom 4 Pro"},
    Model{21, "Spark"},
    Model{23, "Matrice 600 Pro"},
    Model{24, "Mavic Air"},
    Model{25, "Matrice 200"},
    Model{26, "Phantom 4"},
    Model{27, "Phantom 4 Advanced"},
    Model{28, "Matrice 210"},
    Model{30, "Matrice 210 RTK"},
    Model{35, "Phantom 4 RTK"},
    Model{36, "Phantom 4 Pro V2.0"},
    Model{38, "Agras MG-1P"},
    Model{40, "Agras MG-1P RTK"},
    Model{41, "Mavic 2"},
    Model{44, "Matrice 200 V2"},
    Model{51, "Mavic 2 Enterprise"},
    Model{53, "Mavic Mini"},
    Model{58, "Mavic Air 2"},
    Model{59, "Phantom 4 Multispectral"},
    Model{60, "Matrice 300 RTK"},
    Model{61, "DJI FPV"},
    Model{63, "Mini 2"},
    Model{64, "Agras T10"},
    Model{65, "Agras T30"},
    Model{66, "Air 2S"},
    Model{67, "Matrice 30"},
    Model{68, "Mavic 3"},
    Model{69, "Mavic 2 Enterprise Advanced"},
    Model{70, "Mini SE"},
};

/// CRC of polynomial 0x1021, lowest bit first, started with 0x3692.
std::uint16_t check_of(std::span<const std::uint8_t> octets)
{
    unsigned sum = 0x3692;
    for (const std::uint8_t octet : octets) {
        sum ^= octet;
        for (int bit = 0; bit < 8; ++bit)
            sum = (sum & 1U) != 0 ? (sum >> 1U) ^ 0x8408U : sum >> 1U;
    }
    return static_cast<std::uint16_t>(sum);
}

} // namespace

std::optional<std::string_view> dji_model(std::span<const std::uint8_t> octets)
{
    if (octets.size() < check_at + 2 || octets[version_at] != known_version)
        return std::nullopt;
    const unsigned sent = octets[check_at] | unsigned{octets[check_at + 1]} << 8U;
    if (check_of(octets.first(check_at)) != sent)
        return std::nullopt;
    const auto found =
        std::ranges::find_if(models, [&](const Model& model) { return model.number == octets[model_at]; });
    return found == models.end() ? std::string_view{} : found->name;
}

} // namespace gacsong::detect
