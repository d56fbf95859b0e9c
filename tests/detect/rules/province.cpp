// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/detect/rules/province.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <sstream>
#include <utility>

namespace gacsong::test {

namespace {

constexpr double degrees_per_km = 1.0 / 111.195;

struct Operator {
    const char* plmn;
    std::uint64_t arfcn;
    std::uint64_t earfcn; ///< of the first carrier, the second is 100 above
    std::uint64_t area;
};

constexpr Operator operators[] = {{"452-01", 2, 1250, 4101}, {"452-02", 26, 1450, 5101}, {"452-04", 51, 1650, 6101}};

Place moved(const Place& from, double north_km, double east_km)
{
    constexpr double narrowing = 0.983; // cosine of 10.5°
    return {from.latitude + north_km * degrees_per_km, from.longitude + east_km * degrees_per_km / narrowing};
}

Cell lte_of(const Operator& of, std::uint64_t area, std::uint64_t number, bool second, std::uint64_t pci)
{
    const std::uint64_t earfcn = of.earfcn + (second ? 100U : 0U);
    return lte_cell(of.plmn, area, number, earfcn, pci, 0.0, "16:3 32:5",
                    {{"lte", of.earfcn + (second ? 0U : 100U), 5}, {"lte", 300, 6}});
}

void offset(Cell& cell, std::int64_t value_db)
{
    for (const char* name : {"SI3", "SI4"})
        set_field(cell, name, "cell_reselect_offset_db", value_db);
}

} // namespace

Province::Province(std::uint64_t seed) : random_(seed)
{
    for (std::uint64_t i = 0; i < 100; ++i)
        add_site(i);
    list_neighbours();
    write_register();
}

double Province::uniform(double low, double high)
{
    return low + (high - low) * static_cast<double>(random_() >> 11U) / 9007199254740992.0;
}

Place Province::random_place() { return moved(world_place, uniform(-10.0, 10.0), uniform(-10.0, 10.0)); }

std::uint64_t Province::below(std::uint64_t count) { return random_() % count; }

void Province::add_site(std::uint64_t number)
{
    const auto& of = operators[number % 3];
    const double north = uniform(-15.0, 15.0);
    const Place place = moved(world_place, north, uniform(-15.0, 15.0));
    // One clock and one frame for all cells of a site.
    const double ppm = uniform(-0.04, 0.04);
    const double frame_s = uniform(0.0, 0.01);
    const std::uint64_t area = of.area + (north > 3.0 ? 1U : 0U); // a border runs through the province
    for (std::uint64_t sector = 0; sector < 5; ++sector) {
        const std::uint64_t id = 10'000 + 10 * number + sector;
        const std::uint64_t lte_id = 256 * (10'000 + number) + sector; // station and its cell (36.331)
        Station station;
        station.place = place;
        station.kind = "network";
        if (sector < 2) {
            station.cell = gsm_cell(of.plmn, area, id, of.arfcn + below(22), below(64), 0.0);
            offset(station.cell, std::int64_t{20} + 2 * static_cast<std::int64_t>(below(11)));
            if (below(20) == 0)
                set_field(station.cell, "SI3", "t3212_min", std::int64_t{30});
            if (below(40) == 0)
                set_field(station.cell, "SI3", "cell_bar_access", true);
        } else {
            station.cell = lte_of(of, area, lte_id, below(2) == 0, below(504));
            const std::uint64_t oddity = below(25);
            if (oddity == 0) // a home cell
                station.cell = lte_cell(of.plmn, area, lte_id, of.earfcn, below(504), 0.0, "16:3", {});
            if (oddity == 1) // before the end of GSM
                station.cell = lte_cell(of.plmn, area, lte_id, of.earfcn, below(504), 0.0, "16:3 64:7",
                                        {{"gsm", of.arfcn, 2}, {"gsm", of.arfcn + 2, 2}});
        }
        if (below(12) == 0)
            without_traffic(station.cell); // a quiet hour
        station.cell.ppm = ppm;
        station.cell.frame_start_s = frame_s;
        stations_.push_back(std::move(station));
    }
}

/// GSM cells list the carriers of their operator's ten nearest cells.
void Province::list_neighbours()
{
    for (auto& station : stations_) {
        if (station.cell.technology != "gsm")
            continue;
        std::vector<const Station*> others;
        for (const auto& other : stations_) {
            if (&other != &station && other.cell.technology == "gsm" && other.cell.plmn == station.cell.plmn)
                others.push_back(&other);
        }
        std::sort(others.begin(), others.end(), [&](const auto* a, const auto* b) {
            return distance_km(a->place, station.place) < distance_km(b->place, station.place);
        });
        station.cell.neighbours.clear();
        for (std::size_t i = 0; i < 10; ++i)
            station.cell.neighbours.push_back({"gsm", *others[i]->cell.channel, {}});
    }
}

void Province::write_register()
{
    std::ostringstream out;
    for (const auto& station : stations_) {
        Cell cell = station.cell;
        Place place = station.place;
        if (below(20) == 0) { // a typing error
            switch (below(5)) {
            case 0:
                continue; // forgotten
            case 1:
                cell.channel = *cell.channel + 1;
                break;
            case 2:
                cell.cell = *cell.cell + 1'000'000'000 % 60'000;
                break;
            case 3:
                place.latitude += 1.0;
                break;
            default:
                cell.bsic = cell.pci = below(60);
            }
        }
        const auto number = [](std::optional<std::uint64_t> value) { return value ? std::to_string(*value) : ""; };
        out << cell.technology << ',' << cell.plmn.substr(0, 3) << ',' << cell.plmn.substr(4) << ','
            << number(cell.area) << ',' << number(cell.cell) << ',' << number(cell.channel) << ',' << number(cell.bsic)
            << ',' << number(cell.pci) << ',' << place.latitude << ',' << place.longitude << ",\n";
    }
    register_ = out.str();
}

std::vector<Station> Province::false_station(char kind, unsigned number, const Place& place)
{
    const auto& of = operators[number % 3];
    const double bearing = uniform(0.0, 2.0 * std::numbers::pi);
    const double away_km = uniform(0.05, 0.8);
    const Place box = moved(place, away_km * std::cos(bearing), away_km * std::sin(bearing));
    const double power_db = uniform(-15.0, 0.0);
    const auto made = [&](Cell cell) {
        cell.ppm = (number % 2 == 0 ? 1.0 : -1.0) * uniform(0.4, 1.5);
        cell.frame_start_s = uniform(0.0, 0.01);
        return Station{std::move(cell), box, power_db, std::string(1, kind), true};
    };
    const auto gsm = [&](std::uint64_t arfcn) {
        Cell cell = gsm_cell(of.plmn, 900 + number, 1 + number, arfcn, below(64), 0.0);
        offset(cell, 100);
        set_field(cell, "SI3", "t3212_min", std::int64_t{6});
        cell.neighbours.clear();
        without_traffic(cell);
        return cell;
    };
    const auto lte = [&](const char* scheduling, std::vector<Neighbour> neighbours) {
        Cell cell = lte_cell(of.plmn, 7000 + number, 105'217 + number, of.earfcn, below(504), 0.0, scheduling,
                             std::move(neighbours));
        set_field(cell, "SI", "priority", std::int64_t{7});
        set_field(cell, "SI", "thresh_serving_low", std::int64_t{31});
        without_traffic(cell);
        return cell;
    };
    if (kind == 'A')
        return {made(gsm(of.arfcn + below(22)))};
    if (kind == 'B')
        return {made(lte("16:3,7", {{"gsm", of.arfcn + 3, 2}})), made(gsm(of.arfcn + 3))};
    if (kind == 'C')
        return {made(lte("16:3", {}))};
    if (kind == 'D') {
        Cell cell = lte("16:3,5", {{"lte", 300, 5}});
        return {made(std::move(cell))};
    }
    // E: the LTE cell of the operator that is nearest to the box, copied.
    const Station* nearest = nullptr;
    for (const auto& other : stations_) {
        if (other.cell.technology == "lte" && other.cell.plmn == of.plmn &&
            (nearest == nullptr || distance_km(other.place, box) < distance_km(nearest->place, box)))
            nearest = &other;
    }
    Cell cell = nearest->cell;
    cell.reference_evm_percent = 21.0;
    return {made(std::move(cell))};
}

std::optional<Cell> Province::received(const Station& station, const Place& place)
{
    constexpr double weakest_dbm = -105.0;
    // Thermal noise and 7 dB, in a GSM channel and in a resource element.
    const double noise_dbm = station.cell.technology == "gsm" ? -114.0 : -125.0;
    const double km = std::max(0.2, distance_km(station.place, place));
    const double level = -52.0 + station.power_db - 35.0 * std::log10(km / 0.2) + uniform(-3.0, 3.0);
    if (level < weakest_dbm)
        return std::nullopt;
    Cell cell = station.cell;
    cell.level_dbfs = level;
    if (cell.technology == "lte")
        cell.rsrp_dbfs = level;
    cell.snr_db = std::min(35.0, level - noise_dbm);
    // SNR of LTE is what the reference signals are off by, whatever the reason; stated as the transmitter's where noise
    // is 25 dB down.
    if (const auto evm_percent = std::exchange(cell.reference_evm_percent, {})) {
        if (*cell.snr_db >= 25.0)
            cell.reference_evm_percent = evm_percent;
        cell.snr_db = std::min(*cell.snr_db, -20.0 * std::log10(0.01 * *evm_percent));
    }
    cell.ppm = *cell.ppm + uniform(-0.02, 0.02);
    // With the delay of the way.
    constexpr double km_per_s = 299'792.458;
    cell.frame_start_s = *cell.frame_start_s + km / km_per_s + uniform(-0.3e-6, 0.3e-6);
    return cell;
}

} // namespace gacsong::test
