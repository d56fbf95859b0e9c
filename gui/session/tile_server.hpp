// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/rows/tile_maker.hpp"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace gacsong::gui {

/// Makes the tiles that a picture wants, in a thread of its own: first all of them roughly, then each from every
/// sample.
class TileServer {
public:
    /// `deliver` is called from the server's thread with each tile that has become better.
    TileServer(std::shared_ptr<const History> history, Timeline timeline, std::function<void(TilePtr)> deliver);
    ~TileServer();
    TileServer(const TileServer&) = delete;
    TileServer& operator=(const TileServer&) = delete;

    /// What is wanted now, the most urgent first; it replaces what was wanted before. Tiles that are wholly known must
    /// not be among them.
    void want(std::vector<TileKey> keys);

    /// Of a receiver: what has come by now. Rows that are not over yet are left for later.
    void grow(const Timeline& timeline);

    /// True while something that is wanted is not whole.
    [[nodiscard]] bool busy() const;

private:
    void run(const std::stop_token& stop);
    void make_rough(TileKey key, std::uint64_t order, const std::stop_token& stop);
    bool make_whole(TileKey key, std::uint64_t order, const std::stop_token& stop);
    [[nodiscard]] bool outdated(std::uint64_t order) const;
    std::shared_ptr<Tile> tile_for(TileKey key);
    void deliver(Tile& tile);
    void take_grown();
    /// Whether a row of a receiver's tile is over.
    [[nodiscard]] bool over(const Tile& tile, std::size_t row) const;

    std::shared_ptr<const History> history_;
    Timeline timeline_;
    TileMaker maker_;
    std::function<void(TilePtr)> deliver_;
    std::map<TileKey, std::shared_ptr<Tile>> unfinished_; ///< of the server's thread
    mutable std::mutex mutex_;
    std::condition_variable_any wake_;
    std::vector<TileKey> wanted_;
    std::optional<Timeline> grown_; ///< to be taken over by the server's thread
    bool growing_ = false;          ///< of a receiver
    std::uint64_t order_ = 0;       ///< grows with every want()
    std::uint64_t done_ = 0;        ///< order that has been carried out
    std::jthread thread_;
};

} // namespace gacsong::gui
