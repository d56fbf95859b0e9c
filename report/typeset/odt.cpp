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
#include <utility>

namespace gacsong::typeset {
namespace {

constexpr double px_per_mm = 96.0 / 25.4; ///< of the toolkit's documents

} // namespace

Result<std::string> make_odt(const Paper& paper)
{
    const auto html = make_html(paper);
    if (!html)
        return tl::unexpected(html.error());
    // An office's computer has this family, or one of the same widths in its place.
    const QString family = QStringLiteral("Times New Roman");
    QTextDocument document;
    document.setDefaultFont(QFont(family, 13));
    document.setHtml(QString::fromStdString(*html));
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
