// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/typeset/html.hpp"

#include "report/typeset/figure_image.hpp"
#include "report/typeset/page.hpp"

#include <fmt/format.h>

#include <QByteArray>
#include <algorithm>
#include <numeric>

namespace gacsong::typeset {
namespace {

constexpr const char* families = "'Times New Roman', 'Liberation Serif', serif";

std::string escaped(const std::string& text)
{
    std::string out = nfc(text).toHtmlEscaped().toStdString();
    for (std::size_t at = out.find('\n'); at != std::string::npos; at = out.find('\n', at))
        out.replace(at, 1, "<br/>");
    return out;
}

std::string spans(const std::vector<Span>& all)
{
    std::string out;
    for (const Span& span : all)
        out += fmt::format("{}{}{}{}{}", span.bold ? "<b>" : "", span.italic ? "<i>" : "", escaped(span.text),
                           span.italic ? "</i>" : "", span.bold ? "</b>" : "");
    return out;
}

const char* code(Align align)
{
    switch (align) {
    case Align::centre:
        return "center";
    case Align::right:
        return "right";
    case Align::justify:
        return "justify";
    case Align::left:
        break;
    }
    return "left";
}

std::string paragraph(const std::string& inner, const char* align, double points, const std::string& more = {})
{
    return fmt::format("<p align=\"{0}\" style=\"text-align:{0}; font-size:{1:g}pt; {2}\">{3}</p>\n", align, points,
                       more, inner);
}

/// One block after the other.
class Html {
public:
    explicit Html(std::vector<std::string>* apart) : apart_(apart) {}

    std::string operator()(const Head& head) const
    {
        const auto cell = [](const std::string& lines, int width) {
            return fmt::format("<td width=\"{}%\" align=\"center\" valign=\"top\">{}</td>", width, lines);
        };
        const auto line = [](const std::string& text, double points, bool bold, bool italic) {
            return text.empty() ? std::string{}
                                : paragraph(spans({{text, bold, italic}}), "center", points, "margin:0");
        };
        const std::string left = line(head.superior, 12, false, false) + line(head.body, 12, true, false) +
                                 line("–––––––", 8, false, false) + line(head.number, 13, false, false) +
                                 line(head.subject, 12, false, false);
        const std::string right = line(head.nation, 12, true, false) + line(head.motto, 13, true, false) +
                                  line("––––––––––––––––––––", 8, false, false) +
                                  line(head.place_date, 13, false, true);
        return line(head.stamp, 13, true, false) +
               (head.mark.empty() ? "" : paragraph(spans({{head.mark, true}}), "left", 13)) +
               fmt::format("<table width=\"100%\" border=\"0\" cellspacing=\"0\"><tr>{}{}</tr></table>\n",
                           cell(left, 41), cell(right, 59)) +
               line(head.translation, 12, false, true);
    }
    std::string operator()(const Title& title) const
    {
        return paragraph(spans({{title.type, true}}), "center", 14, "margin:12pt 0 0 0") +
               paragraph(spans({{title.subject, true}}), "center", 14, "margin:0 0 12pt 0");
    }
    std::string operator()(const Heading& heading) const
    {
        return fmt::format("<h{0} style=\"font-size:13pt; margin:6pt 0; text-indent:10mm\">{1}</h{0}>\n",
                           heading.level + 1, escaped(heading.text));
    }
    std::string operator()(const Paragraph& one) const
    {
        return paragraph(spans(one.spans), code(one.align), one.points,
                         std::string(one.indent ? "margin:6pt 0; text-indent:38px" : "margin:6pt 0") +
                             (one.mono ? "; font-family:monospace" : ""));
    }
    std::string operator()(const Table& table) const
    {
        const double whole = std::accumulate(table.widths_mm.begin(), table.widths_mm.end(), 0.0);
        std::string rows = "<thead><tr>";
        for (std::size_t i = 0; i < table.head.size(); ++i)
            rows += fmt::format("<th width=\"{:.0f}%\" style=\"font-size:11pt\">{}</th>",
                                table.widths_mm[i] / whole * 100.0, escaped(table.head[i]));
        rows += "</tr></thead>\n";
        for (const Row& row : table.rows) {
            rows += "<tr>";
            for (const Cell& one : row.cells)
                rows += fmt::format(
                    "<td{} align=\"{}\">{}</td>",
                    row.section ? fmt::format(" colspan=\"{}\" bgcolor=\"#eeeeee\"", table.head.size()) : std::string{},
                    code(one.align),
                    paragraph(spans({{one.text, one.bold, one.italic}}), code(one.align), 11, "margin:0"));
            rows += "</tr>\n";
        }
        return (table.caption.empty() ? "" : paragraph(spans({{table.caption, true}}), "center", 12)) +
               fmt::format("<table width=\"100%\" border=\"1\" cellspacing=\"0\" cellpadding=\"4\" "
                           "style=\"border-collapse:collapse\">\n{}</table>\n",
                           rows) +
               (table.note.empty() ? "" : paragraph(spans({{table.note, false, true}}), "justify", 11));
    }
    std::string operator()(const Figure& figure) const
    {
        // Both sides are stated: of one alone writers of other forms make a picture that is stretched.
        constexpr double px_per_mm = 96.0 / 25.4;
        return fmt::format("<p align=\"center\"><img width=\"{:.0f}\" height=\"{:.0f}\" alt=\"{}\" "
                           "src=\"{}\"/></p>\n",
                           sheet::text_width * px_per_mm, figure.height_mm * px_per_mm, escaped(figure.alternative),
                           source_of(figure_png(figure))) +
               paragraph(spans({{figure.caption, false, true}}), "center", 12);
    }
    std::string operator()(const Dots& dots) const
    {
        std::string out;
        for (int i = 0; i < dots.lines; ++i)
            out += paragraph(std::string(100, '.'), "justify", 13);
        return out;
    }
    std::string operator()(const Boxes& boxes) const
    {
        std::string out;
        for (const std::string& choice : boxes.choices)
            out += paragraph("[&nbsp;&nbsp;] " + escaped(choice), "left", 13, "text-indent:38px");
        return out;
    }
    std::string operator()(const Signature& signature) const
    {
        std::string left = paragraph(spans({{signature.recipients_title, true, true}}), "left", 12, "margin:0");
        for (const std::string& one : signature.recipients)
            left += paragraph(escaped("- " + one), "left", 11, "margin:0");
        std::string right;
        for (const std::string& line : signature.authority)
            right += paragraph(spans({{line, true}}), "center", 13, "margin:0");
        right += paragraph(spans({{signature.hint, false, true}}), "center", 12, "margin:0 0 80pt 0");
        right += paragraph(spans({{signature.name, true}}), "center", 13);
        return fmt::format("<table width=\"100%\" border=\"0\"><tr><td width=\"52%\" valign=\"top\">{}</td>"
                           "<td width=\"48%\" valign=\"top\">{}</td></tr></table>\n",
                           left, right);
    }
    std::string operator()(const Signers& signers) const
    {
        std::string cells;
        for (const std::string& title : signers.titles)
            cells += fmt::format("<td align=\"center\" valign=\"top\">{}{}</td>",
                                 paragraph(spans({{title, true}}), "center", 13, "margin:0"),
                                 paragraph(spans({{signers.hint, false, true}}), "center", 12, "margin:0 0 80pt 0"));
        return fmt::format("<table width=\"100%\" border=\"0\"><tr>{}</tr></table>\n", cells);
    }
    std::string operator()(const Annex& annex) const
    {
        return fmt::format("<div style=\"page-break-before:always\">{}{}</div>\n",
                           paragraph(spans({{annex.number, true}}), "center", 14, "page-break-before:always"),
                           paragraph(spans({{annex.name, true}}), "center", 13));
    }

private:
    [[nodiscard]] std::string source_of(std::string png) const
    {
        if (apart_ == nullptr)
            return "data:image/png;base64," + QByteArray::fromStdString(png).toBase64().toStdString();
        apart_->push_back(std::move(png));
        return figure_name(apart_->size());
    }

    std::vector<std::string>* apart_;
};

Result<std::string> page_of(const Paper& paper, std::vector<std::string>* figures_apart)
{
    if (const Status ready = load_fonts(); !ready)
        return tl::unexpected(ready.error());
    std::string body;
    for (const Block& block : paper.blocks)
        body += std::visit(Html(figures_apart), block);
    // Where the figures lie apart, the sheet has its own margins, and those of the body would come on top of them.
    const char* margin = figures_apart != nullptr ? "0" : "20mm auto";
    return fmt::format("<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\"/>\n<title>{}</title>\n"
                       "<meta name=\"generator\" content=\"{}\"/>\n<style>\nbody {{ font-family: {}; font-size: 13pt; "
                       "max-width: {}mm; margin: {}; }}\n</style>\n</head>\n<body>\n{}</body>\n</html>\n",
                       paper.language == Language::vi ? "vi-VN" : "en-GB", escaped(paper.title), escaped(paper.program),
                       families, paper.wide ? 252 : 165, margin, body);
}

} // namespace

std::string figure_name(std::size_t number) { return fmt::format("figure-{}.png", number); }

Result<std::string> make_html(const Paper& paper) { return page_of(paper, nullptr); }

Result<std::string> make_html_apart(const Paper& paper, std::vector<std::string>& figures)
{
    return page_of(paper, &figures);
}

} // namespace gacsong::typeset
