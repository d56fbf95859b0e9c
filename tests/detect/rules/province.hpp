// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/detect/rules/cell_world.hpp"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace gacsong::test {

/// A cell of the province: as its transmitter is, and where.
struct Station {
    Cell cell;
    Place place;
    double power_db = 0.0; ///< against a site of the operators
    std::string kind;      ///< `network`, `home`, `new`; of false ones `A` … `E`
    bool false_one = false;
};

/// 500 registered cells of three operators on 100 sites in 30 × 30 km, with what makes legitimate cells look odd: area
/// borders, home cells, single-message LTE cells, roads to GSM, maintenance, quiet hours. The register has typing
/// errors in one row of twenty. All from one seed.
class Province {
public:
    explicit Province(std::uint64_t seed);

    [[nodiscard]] const std::vector<Station>& stations() const { return stations_; }
    [[nodiscard]] const std::string& register_rows() const { return register_; }
    /// Anywhere in the inner 20 × 20 km.
    [[nodiscard]] Place random_place();
    /// A false base station of a kind of fake-base-stations.md §1.1, up to 800 m from `place` and up to 15 dB weaker
    /// than a site; a pair has two cells.
    [[nodiscard]] std::vector<Station> false_station(char kind, unsigned number, const Place& place);
    /// How the station is received at a place; nothing where it is too weak.
    [[nodiscard]] std::optional<Cell> received(const Station& station, const Place& place);

private:
    [[nodiscard]] double uniform(double low, double high);
    [[nodiscard]] std::uint64_t below(std::uint64_t count);
    void add_site(std::uint64_t number);
    void list_neighbours();
    void write_register();

    std::mt19937_64 random_;
    std::vector<Station> stations_;
    std::string register_;
};

} // namespace gacsong::test
