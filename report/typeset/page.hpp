// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dsp/result.hpp"
#include "report/typeset/text_box.hpp"

#include <QPainter>
#include <QPdfWriter>

namespace gacsong::typeset {

/// Sides of the sheet (Decree 30/2020/NĐ-CP, Annex I), millimetres.
namespace sheet {
constexpr double width = 210.0;
constexpr double height = 297.0;
constexpr double top = 20.0;
constexpr double bottom = 20.0;
constexpr double left = 30.0;
constexpr double right = 15.0;
constexpr double text_width = width - left - right;
constexpr double page_number_baseline = 12.0;
constexpr double paragraph_gap = 6.0 * 25.4 / 72.0; ///< 6 pt
} // namespace sheet

/// The pages of a PDF and where the next thing comes on them. Lengths are millimetres, positions from the corner of the
/// text area.
class PageFlow {
public:
    /// `watermark`: grey across every page, drawn as outlines so that it does not mix with the text of the page.
    /// `wide`: the sheet lies on its side.
    PageFlow(QPdfWriter& writer, QString watermark, bool wide = false);

    [[nodiscard]] double y() const { return y_; }
    [[nodiscard]] double room() const { return height_ - sheet::top - sheet::bottom - y_; }
    [[nodiscard]] double text_width() const { return width_ - sheet::left - sheet::right; }
    [[nodiscard]] bool fresh() const { return y_ == 0.0; }
    void advance(double mm) { y_ += mm; }

    /// A new page unless so much is left on this one.
    void need(double mm);
    void new_page();
    /// A new page from which pages are counted anew.
    void new_part();

    [[nodiscard]] TextBox box(const std::vector<Span>& spans, TextStyle style_mm);
    [[nodiscard]] double height(const TextBox& text) const { return text.height() / px_; }
    void draw(const TextBox& text, double x, double y);
    /// Text that may go on on the next page, line by line. Its end stays together with what follows, which wants
    /// `reserve` on the same page.
    void flow(const TextBox& text, double x, double reserve = 0.0);
    void line(double x1, double y1, double x2, double y2, double points, Qt::PenStyle style = Qt::SolidLine);
    void fill(double x, double y, double w, double h, QColor colour);
    void frame(double x, double y, double w, double h, double points);
    void paint(const Drawing& drawing, double x, double y, double w, double h);

    /// The first glyph that no font of ours has. Errors: report.no_glyph.
    [[nodiscard]] const Status& status() const { return status_; }
    [[nodiscard]] bool end() { return painter_.end(); }

private:
    void begin_page();
    [[nodiscard]] QPointF at(double x, double y) const { return {(sheet::left + x) * px_, (sheet::top + y) * px_}; }

    QPdfWriter& writer_;
    QPainter painter_;
    QString watermark_;
    double width_; ///< of the sheet
    double height_;
    double px_ = 1.0; ///< units of the device in a millimetre
    double y_ = 0.0;
    int number_ = 1;
    Status status_;
};

} // namespace gacsong::typeset
