// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/typeset/odt.hpp"

#include "report/typeset/html.hpp"
#include "report/typeset/page.hpp"

#include <QBuffer>
#include <QFont>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextDocumentWriter>
#include <QTextFrame>
#include <QTextTable>
#include <QUrl>
#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace gacsong::typeset {
namespace {

constexpr double px_per_mm = 96.0 / 25.4; ///< of the toolkit's documents
constexpr double points_per_mm = 72.0 / 25.4;
constexpr double text_width_of_wide = 252.0; ///< millimetres

/// The writer knows lengths in points only: shares of the width come out as numbers of points, and a table that is no
/// wider than they say stands out of the text.
void set_widths(QTextTable& table, double width_pt)
{
    QTextTableFormat format = table.format();
    QList<QTextLength> columns = format.columnWidthConstraints();
    const double stated = std::accumulate(columns.begin(), columns.end(), 0.0, [](double sum, const QTextLength& one) {
        return sum + (one.type() == QTextLength::PercentageLength ? one.rawValue() : 0.0);
    });
    const bool all = std::ranges::all_of(
        columns, [](const QTextLength& one) { return one.type() == QTextLength::PercentageLength; });
    if (columns.size() != table.columns() || !all || stated <= 0.0)
        columns =
            QList<QTextLength>(table.columns(), QTextLength(QTextLength::FixedLength, width_pt / table.columns()));
    else
        for (QTextLength& one : columns)
            one = QTextLength(QTextLength::FixedLength, one.rawValue() / stated * width_pt);
    format.setColumnWidthConstraints(columns);
    format.setWidth(QTextLength(QTextLength::FixedLength, width_pt));
    if (format.border() > 0.0) {
        format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        format.setBorderBrush(Qt::black);
    }
    table.setFormat(format);
}

} // namespace

Result<std::string> make_odt(const Paper& paper)
{
    std::vector<std::string> figures;
    const auto html = make_html_apart(paper, figures);
    if (!html)
        return tl::unexpected(html.error());
    // An office's computer has this family, or one of the same widths in its place.
    const QString family = QStringLiteral("Times New Roman");
    QTextDocument document;
    document.setDefaultFont(QFont(family, 13));
    for (std::size_t i = 0; i < figures.size(); ++i)
        document.addResource(QTextDocument::ImageResource, QUrl(QString::fromStdString(figure_name(i + 1))),
                             QByteArray::fromStdString(figures[i]));
    document.setHtml(QString::fromStdString(*html));
    for (QTextFrame* child : document.rootFrame()->childFrames()) {
        if (auto* table = qobject_cast<QTextTable*>(child))
            set_widths(*table, points_per_mm * (paper.wide ? text_width_of_wide : sheet::text_width));
    }
    document.setMetaInformation(QTextDocument::DocumentTitle, nfc(paper.title));
    QTextCursor everything(&document);
    everything.select(QTextCursor::Document);
    QTextCharFormat families;
    families.setFontFamilies({family});
    families.setProperty(QTextFormat::OldFontFamily, family); // the one that the writer reads
    everything.mergeCharFormat(families);
    QSizeF size(sheet::width * px_per_mm, sheet::height * px_per_mm);
    if (paper.wide)
        size.transpose();
    document.setPageSize(size);
    QTextFrameFormat frame = document.rootFrame()->frameFormat();
    frame.setTopMargin(sheet::top * px_per_mm);
    frame.setBottomMargin(sheet::bottom * px_per_mm);
    frame.setLeftMargin(sheet::left * px_per_mm);
    frame.setRightMargin(sheet::right * px_per_mm);
    document.rootFrame()->setFrameFormat(frame);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QTextDocumentWriter writer(&buffer, "ODF");
    if (!writer.write(&document))
        return failure("report.failed", {}, Fault::output);
    return std::string(bytes.constData(), static_cast<std::size_t>(bytes.size()));
}

} // namespace gacsong::typeset
