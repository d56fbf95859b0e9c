// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/session/tile_server.hpp"

#include <algorithm>
#include <chrono>

namespace gacsong::gui {
namespace {

/// How long the making of one tile may go unseen.
constexpr auto delivery_interval = std::chrono::milliseconds(60);

bool whole(RowState state) { return state != RowState::empty && state != RowState::rough; }

} // namespace

TileServer::TileServer(std::shared_ptr<const History> history, Timeline timeline, std::function<void(TilePtr)> deliver)
    : history_(std::move(history)), timeline_(std::move(timeline)), maker_(*history_, timeline_),
      deliver_(std::move(deliver)), thread_([this](const std::stop_token& stop) { run(stop); })
{
}

TileServer::~TileServer()
{
    thread_.request_stop();
    wake_.notify_all();
}

void TileServer::want(std::vector<TileKey> keys)
{
    const std::lock_guard lock(mutex_);
    if (keys == wanted_ && done_ != order_)
        return;
    wanted_ = std::move(keys);
    ++order_;
    wake_.notify_all();
}

bool TileServer::busy() const
{
    const std::lock_guard lock(mutex_);
    return done_ != order_;
}

bool TileServer::outdated(std::uint64_t order) const
{
    const std::lock_guard lock(mutex_);
    return order_ != order;
}

void TileServer::grow(const Timeline& timeline)
{
    const std::lock_guard lock(mutex_);
    grown_ = timeline;
}

void TileServer::take_grown()
{
    const std::lock_guard lock(mutex_);
    if (!grown_)
        return;
    timeline_ = *grown_;
    grown_.reset();
    growing_ = true;
}

bool TileServer::over(const Tile& tile, std::size_t row) const
{
    const std::int64_t end = (tile.first_row() + static_cast<std::int64_t>(row) + 1) * tile.row_samples();
    return !growing_ || end + static_cast<std::int64_t>(tile.bins()) <= timeline_.end();
}

std::shared_ptr<Tile> TileServer::tile_for(TileKey key)
{
    auto& tile = unfinished_[key];
    if (!tile)
        tile = std::make_shared<Tile>(key);
    return tile;
}

void TileServer::deliver(Tile& tile)
{
    ++tile.version;
    deliver_(std::make_shared<const Tile>(tile));
}

void TileServer::make_rough(TileKey key, std::uint64_t order, const std::stop_token& stop)
{
    const auto tile = tile_for(key);
    bool news = false;
    for (std::size_t row = 0; row < Tile::rows; ++row) {
        if (tile->state[row] != RowState::empty)
            continue;
        if (stop.stop_requested() || outdated(order) || !maker_.rough_row(*tile, row))
            return;
        news = true;
    }
    if (news)
        deliver(*tile);
}

bool TileServer::make_whole(TileKey key, std::uint64_t order, const std::stop_token& stop)
{
    const auto tile = tile_for(key);
    auto last = std::chrono::steady_clock::now();
    for (std::size_t row = 0; row < Tile::rows; ++row) {
        if (whole(tile->state[row]) || !over(*tile, row))
            continue;
        // What cannot be read any more is lost; of a receiver it may have been seen at another resolution.
        if (!maker_.whole_row(*tile, row, stop) && !stop.stop_requested() && !growing_)
            tile->state[row] = RowState::lost;
        const auto now = std::chrono::steady_clock::now();
        if (stop.stop_requested())
            return false;
        if (now - last > delivery_interval) {
            deliver(*tile);
            last = now;
            if (outdated(order))
                return false;
        }
    }
    deliver(*tile);
    if (!growing_ || std::ranges::all_of(tile->state, whole))
        unfinished_.erase(key);
    return true;
}

void TileServer::run(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        std::vector<TileKey> keys;
        std::uint64_t order = 0;
        {
            std::unique_lock lock(mutex_);
            if (!wake_.wait(lock, stop, [this] { return done_ != order_; }))
                return;
            keys = wanted_;
            order = order_;
        }
        take_grown();
        std::erase_if(unfinished_, [&](const auto& item) { return std::ranges::find(keys, item.first) == keys.end(); });
        // What is asked for first is seen first: in rough rows, or whole where that takes no longer. Of a receiver the
        // newest rows come one by one.
        const auto current = [&] { return !stop.stop_requested() && !outdated(order); };
        std::vector<TileKey> dear;
        for (const TileKey key : keys) {
            if (!current())
                break;
            if (growing_ || TileMaker::cheap(key)) {
                make_whole(key, order, stop);
            } else {
                make_rough(key, order, stop);
                dear.push_back(key);
            }
        }
        for (const TileKey key : dear)
            if (!current() || !make_whole(key, order, stop))
                break;
        if (current()) {
            const std::lock_guard lock(mutex_);
            done_ = order;
        }
    }
}

} // namespace gacsong::gui
