// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/cells/neighbour_graph.hpp"

#include "gui/cells/cell_text.hpp"
#include "report/wording/value_text.hpp"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace gacsong::gui {
namespace {

constexpr double gap = 12.0;
/// Listed carriers that are drawn around a group; the rest stands in the tables.
constexpr std::size_t most_listed = 40;

QColor faded(QColor colour, double opacity)
{
    colour.setAlphaF(static_cast<float>(opacity));
    return colour;
}

} // namespace

NeighbourGraph::NeighbourGraph(Session& session, const Words& words, const paint::Theme& theme, const QFont& font,
                               QWidget* parent)
    : QWidget(parent), session_(session), words_(words), theme_(theme)
{
    setObjectName("neighbours");
    setFont(font);
    setMinimumSize(220, 160);
    setAccessibleName(words("gui.cells.neighbours"));
    take_cells();
}

double NeighbourGraph::radius() const { return 1.9 * QFontMetrics(font()).height(); }

void NeighbourGraph::take_cells()
{
    nodes_.clear();
    network_of_.clear();
    arrows_.clear();
    using Carrier = std::pair<QString, std::uint64_t>;
    std::map<Carrier, std::vector<std::size_t>> decoded;
    const auto& cells = session_.cells();
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const Cell& cell = cells[i];
        Node node;
        node.row = static_cast<int>(i);
        node.technology = QString::fromStdString(cell.technology).toUpper();
        node.label = cell.channel ? QString::number(*cell.channel) : QString::fromUtf8("?");
        if (cell.channel)
            decoded[{node.technology, *cell.channel}].push_back(nodes_.size());
        nodes_.push_back(node);
        network_of_.push_back(cell_network(cell, session_.network_name(cell.plmn)));
    }
    std::map<std::pair<QString, Carrier>, std::size_t> listed; // by the network that lists it
    for (std::size_t i = 0; i < cells.size(); ++i) {
        for (const Neighbour& neighbour : cells[i].neighbours) {
            const Carrier carrier{QString::fromStdString(neighbour.technology).toUpper(), neighbour.channel};
            std::size_t to = nodes_.size();
            const auto& candidates = decoded[carrier];
            const auto own =
                std::ranges::find_if(candidates, [&](std::size_t node) { return network_of_[node] == network_of_[i]; });
            if (own != candidates.end()) {
                to = *own;
            } else if (!candidates.empty()) {
                to = candidates.front();
            } else {
                const auto [at, fresh] = listed.emplace(std::pair(network_of_[i], carrier), nodes_.size());
                to = at->second;
                if (fresh && listed.size() <= most_listed) {
                    nodes_.push_back({std::nullopt, QString::number(neighbour.channel), carrier.first, {}, false});
                    network_of_.push_back(network_of_[i]);
                }
            }
            if (to < nodes_.size() && to != i)
                arrows_.emplace_back(i, to);
        }
    }
    std::ranges::sort(arrows_);
    arrows_.erase(std::unique(arrows_.begin(), arrows_.end()), arrows_.end());
    for (std::size_t i = 0; i < cells.size(); ++i)
        nodes_[i].isolated =
            std::ranges::none_of(arrows_, [i](const auto& arrow) { return arrow.first == i || arrow.second == i; });
    describe();
    place();
    update();
}

void NeighbourGraph::describe()
{
    QStringList lines;
    for (std::size_t i = 0; i < session_.cells().size(); ++i) {
        QStringList others;
        for (const auto& [from, to] : arrows_) {
            if (from == i)
                others << nodes_[to].technology + " " + nodes_[to].label;
        }
        const std::string who = (nodes_[i].technology + " " + nodes_[i].label).toStdString();
        lines << (others.isEmpty()
                      ? words_(Message("gui.cells.lists_nobody", {{"cell", who}}))
                      : words_(Message("gui.cells.lists", {{"cell", who}, {"list", others.join(", ").toStdString()}})));
    }
    setAccessibleDescription(lines.join(' '));
}

void NeighbourGraph::set_selected(std::optional<int> row)
{
    selected_ = row;
    update();
}

void NeighbourGraph::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    place();
}

/// Decoded ones on a ring (one in the middle), those only listed on a wider one.
void NeighbourGraph::place_group(const std::vector<std::size_t>& members, const QRectF& frame)
{
    const double title = QFontMetrics(font()).height() + 8.0;
    const QRectF inside = frame.adjusted(0.0, title, 0.0, 0.0);
    std::vector<std::size_t> heard;
    std::vector<std::size_t> listed;
    for (const std::size_t node : members)
        (nodes_[node].row ? heard : listed).push_back(node);
    const auto on_ring = [&](const std::vector<std::size_t>& ring, double share, double turn) {
        const double rx = std::max(0.0, share * (0.5 * inside.width() - radius() - 4.0));
        const double ry = std::max(0.0, share * (0.5 * inside.height() - radius() - 4.0));
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const double angle =
                turn + 2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(ring.size());
            nodes_[ring[i]].place = inside.center() + QPointF(rx * std::cos(angle), ry * std::sin(angle));
        }
    };
    on_ring(heard, heard.size() == 1 ? 0.0 : (listed.empty() ? 0.9 : 0.42), -std::numbers::pi / 2.0);
    on_ring(listed, 1.0, -std::numbers::pi / 2.0 + 0.3);
}

void NeighbourGraph::place()
{
    groups_.clear();
    std::map<QString, std::vector<std::size_t>> members;
    std::vector<std::size_t> alone;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        if (nodes_[i].isolated)
            alone.push_back(i);
        else
            members[network_of_[i]].push_back(i);
    }
    for (auto& [name, group] : members)
        std::ranges::stable_sort(group, {}, [&](std::size_t i) { return nodes_[i].label.toLongLong(); });
    const double alone_height = alone.empty() ? 0.0 : 2.0 * radius() + 3.2 * QFontMetrics(font()).height() + gap;
    const QRectF area = QRectF(rect()).adjusted(gap, gap, -gap, -gap - alone_height);
    const auto count = static_cast<int>(members.size());
    const int columns = count > 1 && area.width() > 420.0 ? 2 : 1;
    const int rows = count > 0 ? (count + columns - 1) / columns : 1;
    int at = 0;
    for (const auto& [name, group] : members) {
        const double width = (area.width() - gap * (columns - 1)) / columns;
        const double height = (area.height() - gap * (rows - 1)) / rows;
        const bool last_alone = columns == 2 && at == count - 1 && at % 2 == 0;
        const QRectF frame(area.left() + (at % columns) * (width + gap), area.top() + (at / columns) * (height + gap),
                           last_alone ? area.width() : width, height);
        groups_.push_back({name, frame});
        place_group(group, frame);
        ++at;
    }
    for (std::size_t i = 0; i < alone.size(); ++i) {
        const double step = static_cast<double>(width()) / static_cast<double>(alone.size());
        nodes_[alone[i]].place = {step * (static_cast<double>(i) + 0.5),
                                  (groups_.empty() ? 0.5 * (height() - alone_height) : area.bottom() + gap) + radius() +
                                      gap};
    }
}

void NeighbourGraph::paint_arrow(QPainter& painter, QPointF from, QPointF to, bool listed_only) const
{
    const QLineF whole(from, to);
    const double length = whole.length();
    if (length < 2.0 * radius() + 6.0)
        return;
    const QPointF along = (to - from) / length;
    const QPointF begin = from + along * radius();
    const QPointF end = to - along * (listed_only ? 0.8 * radius() : radius() + 2.0);
    painter.setPen(QPen(theme_.text3, 1, listed_only ? Qt::DashLine : Qt::SolidLine));
    painter.drawLine(begin, end);
    const QPointF across(-along.y(), along.x());
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme_.text3);
    painter.drawPolygon(QPolygonF{end, end - along * 9.0 + across * 4.0, end - along * 9.0 - across * 4.0});
}

void NeighbourGraph::paint_node(QPainter& painter, const Node& node) const
{
    const QFontMetrics metrics(font());
    const auto line = static_cast<double>(metrics.height());
    if (!node.row) {
        const double r = 0.8 * radius();
        painter.setBrush(theme_.plot);
        painter.setPen(QPen(theme_.text3, 1, Qt::DashLine));
        painter.drawEllipse(node.place, r, r);
        painter.setPen(theme_.text2);
        painter.drawText(QRectF(node.place.x() - r, node.place.y() - line, 2.0 * r, line), Qt::AlignCenter, node.label);
        painter.drawText(QRectF(node.place.x() - r, node.place.y(), 2.0 * r, line), Qt::AlignCenter, node.technology);
        return;
    }
    const Cell& cell = session_.cells()[static_cast<std::size_t>(*node.row)];
    const auto style = cell_marker(cell, words_);
    const double r = radius();
    if (selected_ == node.row) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme_.accent, 2));
        painter.drawEllipse(node.place, r + 6.0, r + 6.0);
    }
    painter.setBrush(theme_.raised);
    const bool judged = style.gravity != paint::Gravity::unknown;
    painter.setPen(QPen(paint::line_colour(theme_, style.gravity), 2, judged ? Qt::SolidLine : Qt::DashLine));
    painter.drawEllipse(node.place, r, r);
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(theme_.text);
    painter.drawText(QRectF(node.place.x() - r, node.place.y() - line, 2.0 * r, line), Qt::AlignCenter, node.label);
    painter.setFont(font());
    painter.setPen(theme_.text2);
    const QString below =
        cell.level_dbfs ? QString::fromStdString(number_text(*cell.level_dbfs, 0, words_.language())) : node.technology;
    painter.drawText(QRectF(node.place.x() - r, node.place.y(), 2.0 * r, line), Qt::AlignCenter, below);
    paint::draw_marker(painter, node.place + QPointF(0.72 * r, -0.72 * r), 1.1 * line, style, theme_, theme_.plot);
    if (!node.isolated)
        return;
    painter.setPen(theme_.text);
    const auto alone = static_cast<double>(std::ranges::count_if(nodes_, &Node::isolated));
    const double room = width() / std::max(1.0, alone) - 8.0;
    const QRectF under(node.place.x() - 0.5 * room, node.place.y() + r + 8.0, room, line);
    painter.drawText(under, Qt::AlignHCenter, cell_network(cell, session_.network_name(cell.plmn)));
    painter.setPen(theme_.text2);
    painter.drawText(under.translated(0.0, line), Qt::AlignHCenter,
                     metrics.elidedText(words_("gui.cells.isolated"), Qt::ElideRight, static_cast<int>(room)));
}

void NeighbourGraph::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme_.plot);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font());
    const QFontMetrics metrics(font());
    for (const Group& group : groups_) {
        painter.setPen(QPen(theme_.line, 1));
        painter.setBrush(faded(theme_.raised, 0.35));
        painter.drawRoundedRect(group.frame, 8.0, 8.0);
        painter.setPen(theme_.text2);
        painter.drawText(group.frame.adjusted(12.0, 6.0, -12.0, 0.0), Qt::AlignLeft | Qt::AlignTop,
                         metrics.elidedText(group.name, Qt::ElideRight, static_cast<int>(group.frame.width()) - 24));
    }
    for (const auto& [from, to] : arrows_)
        paint_arrow(painter, nodes_[from].place, nodes_[to].place, !nodes_[to].row);
    for (const Node& node : nodes_)
        paint_node(painter, node);
    if (nodes_.empty()) {
        painter.setPen(theme_.text2);
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, words_("gui.cells.none"));
    }
}

void NeighbourGraph::mousePressEvent(QMouseEvent* event)
{
    for (const Node& node : nodes_) {
        if (node.row && QLineF(node.place, event->position()).length() <= radius())
            Q_EMIT picked(*node.row);
    }
}

} // namespace gacsong::gui
