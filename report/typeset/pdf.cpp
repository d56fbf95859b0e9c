// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/typeset/pdf.hpp"

#include "report/typeset/page.hpp"
#include "report/typeset/pdf_table.hpp"

#include <QBuffer>
#include <algorithm>
#include <cmath>

namespace gacsong::typeset {
namespace {

constexpr double gap = sheet::paragraph_gap;
constexpr double line_spacing = 1.15;
constexpr double indent = 10.0;
constexpr double left_column = 68.0;

std::vector<Span> plain(const std::string& text, bool bold = false, bool italic = false)
{
    return {{text, bold, italic}};
}

/// One block after the other.
class Setter {
public:
    explicit Setter(PageFlow& page) : page_(page) {}

    /// Told of the block that follows before each is set: a paragraph stays with the names below it.
    void before(const Block* next);

    void operator()(const Head& head);
    void operator()(const Title& title);
    void operator()(const Heading& heading);
    void operator()(const Paragraph& paragraph);
    void operator()(const Table& table) { set_table(page_, table); }
    void operator()(const Figure& figure);
    void operator()(const Dots& dots);
    void operator()(const Boxes& boxes);
    void operator()(const Signature& signature);
    void operator()(const Signers& signers);
    void operator()(const Annex& annex);

private:
    [[nodiscard]] double right_column() const { return page_.text_width() - left_column; }
    /// Centred text in a column; gives its height.
    double centred(const std::vector<Span>& text, double points, double x, double y, double width)
    {
        if (text.front().text.empty())
            return 0.0;
        const TextBox box = page_.box(text, {.points = points, .align = Align::centre, .width = width});
        page_.draw(box, x, y);
        return page_.height(box);
    }
    void centred_flow(const std::vector<Span>& text, double points)
    {
        page_.advance(centred(text, points, 0.0, page_.y(), page_.text_width()));
    }
    /// A rule of a length below a text, centred.
    void rule(double middle, double y, double length)
    {
        page_.line(middle - 0.5 * length, y, middle + 0.5 * length, y, 0.75);
    }
    [[nodiscard]] double width_of(const std::vector<Span>& text, double points)
    {
        const TextBox wide = page_.box(text, {.points = points, .width = 1000.0});
        return page_.height(wide) / wide.height() * wide.natural_width();
    }

    [[nodiscard]] double height_of(const std::vector<Span>& text, double points, double width)
    {
        return page_.height(page_.box(text, {.points = points, .width = width}));
    }
    [[nodiscard]] double height_of(const Signature& signature);

    PageFlow& page_;
    double reserve_ = 0.0; ///< of what follows the block that is being set
};

constexpr double signature_width = 80.0;
constexpr double signature_space = 30.0;
constexpr double signers_height = 45.0;

double Setter::height_of(const Signature& signature)
{
    const double x = page_.text_width() - signature_width;
    double left = height_of({{signature.recipients_title, true, true}}, 12.0, x);
    for (const std::string& one : signature.recipients)
        left += height_of(plain("- " + one), 11.0, x - 2.0);
    double right = height_of(plain(signature.hint, false, true), 12.0, signature_width) + signature_space +
                   height_of(plain(signature.name, true), 13.0, signature_width);
    for (const std::string& line : signature.authority)
        right += height_of(plain(line, true), 13.0, signature_width);
    return 2.0 * gap + std::max(left, right);
}

void Setter::before(const Block* next)
{
    reserve_ = 0.0;
    if (next == nullptr)
        return;
    if (const auto* signature = std::get_if<Signature>(next))
        reserve_ = gap + height_of(*signature);
    else if (std::holds_alternative<Signers>(*next))
        reserve_ = gap + signers_height;
}

void Setter::operator()(const Head& head)
{
    if (!head.stamp.empty()) {
        const double width = width_of(plain(head.stamp, true), 13.0) + 10.0;
        page_.frame(0.5 * (page_.text_width() - width), page_.y() - 6.0, width, 8.0, 0.75);
        centred(plain(head.stamp, true), 13.0, 0.0, page_.y() - 4.9, page_.text_width());
        page_.advance(6.0);
    }
    if (!head.mark.empty()) {
        page_.draw(page_.box(plain(head.mark, true), {.width = left_column}), 0.0, page_.y());
        page_.advance(7.0);
    }
    const double top = page_.y();
    double left = centred(plain(head.superior), 12.0, 0.0, top, left_column);
    const TextBox body =
        page_.box(plain(head.body, true), {.points = 12.0, .align = Align::centre, .width = left_column});
    page_.draw(body, 0.0, top + left);
    left += page_.height(body);
    rule(0.5 * left_column, top + left + 0.7, 0.4 * std::min(width_of(plain(head.body, true), 12.0), left_column));
    double right = centred(plain(head.nation, true), 12.0, left_column, top, right_column());
    right += centred(plain(head.motto, true), 13.0, left_column, top + right, right_column());
    rule(left_column + 0.5 * right_column(), top + right + 0.7, width_of(plain(head.motto, true), 13.0));
    double low = std::max(left, right) + 3.5;
    const double number = centred(plain(head.number), 13.0, 0.0, top + low, left_column);
    const double date = centred(plain(head.place_date, false, true), 13.0, left_column, top + low, right_column());
    low += std::max(number, date);
    low += centred(plain(head.subject), 12.0, 0.0, top + low + gap, left_column);
    page_.advance(low + 2.0 * gap);
    if (!head.translation.empty()) {
        centred_flow(plain(head.translation, false, true), 12.0);
        page_.advance(gap);
    }
}

void Setter::operator()(const Title& title)
{
    page_.advance(gap);
    if (!title.type.empty())
        centred_flow(plain(title.type, true), 14.0);
    centred_flow(plain(title.subject, true), 14.0);
    const double width = std::min(width_of(plain(title.subject, true), 14.0), page_.text_width());
    rule(0.5 * page_.text_width(), page_.y() + 0.8, 0.4 * width);
    page_.advance(2.5 * gap);
}

void Setter::operator()(const Heading& heading)
{
    const TextBox text =
        page_.box(plain(heading.text, true),
                  {.align = Align::left, .width = page_.text_width(), .first_indent = indent, .spacing = line_spacing});
    page_.flow(text, 0.0);
    page_.advance(gap);
}

void Setter::operator()(const Paragraph& paragraph)
{
    const TextBox text = page_.box(paragraph.spans, {.face = paragraph.mono ? Face::mono : Face::serif,
                                                     .points = paragraph.points,
                                                     .align = paragraph.align,
                                                     .width = page_.text_width(),
                                                     .first_indent = paragraph.indent ? indent : 0.0,
                                                     .spacing = line_spacing});
    page_.need(paragraph.keep_with_next ? page_.height(text) + 20.0 : 0.0);
    page_.flow(text, 0.0, reserve_);
    page_.advance(gap);
}

void Setter::operator()(const Figure& figure)
{
    const TextBox caption = page_.box(plain(figure.caption, false, true),
                                      {.points = 12.0, .align = Align::centre, .width = page_.text_width()});
    page_.need(figure.height_mm + page_.height(caption) + 2.0);
    page_.paint(*figure.drawing, 0.0, page_.y(), page_.text_width(), figure.height_mm);
    page_.advance(figure.height_mm + 1.0);
    page_.draw(caption, 0.0, page_.y());
    page_.advance(page_.height(caption) + 2.0 * gap);
}

void Setter::operator()(const Dots& dots)
{
    for (int i = 0; i < dots.lines; ++i) {
        page_.need(8.0);
        page_.advance(7.0);
        page_.line(0.0, page_.y(), page_.text_width(), page_.y(), 0.75, Qt::DotLine);
    }
    page_.advance(2.0 * gap);
}

void Setter::operator()(const Boxes& boxes)
{
    constexpr double side = 3.2;
    for (const std::string& choice : boxes.choices) {
        const TextBox text = page_.box(plain(choice), {.width = page_.text_width() - indent - 6.0});
        page_.need(page_.height(text));
        page_.frame(indent, page_.y() + 0.9, side, side, 0.75);
        page_.draw(text, indent + 6.0, page_.y());
        page_.advance(page_.height(text) + 1.0);
    }
    page_.advance(gap);
}

void Setter::operator()(const Signature& signature)
{
    const double x = page_.text_width() - signature_width;
    page_.need(height_of(signature));
    page_.advance(gap);
    const double top = page_.y();
    double left = 0.0;
    if (!signature.recipients_title.empty()) {
        const TextBox title = page_.box({{signature.recipients_title, true, true}}, {.points = 12.0, .width = x});
        page_.draw(title, 0.0, top);
        left = page_.height(title);
    }
    for (const std::string& one : signature.recipients) {
        const TextBox text = page_.box(plain("- " + one), {.points = 11.0, .width = x - 2.0});
        page_.draw(text, 0.0, top + left);
        left += page_.height(text);
    }
    double right = 0.0;
    for (const std::string& line : signature.authority)
        right += centred(plain(line, true), 13.0, x, top + right, signature_width);
    right += centred(plain(signature.hint, false, true), 12.0, x, top + right, signature_width) + signature_space;
    right += centred(plain(signature.name, true), 13.0, x, top + right, signature_width);
    page_.advance(std::max(left, right) + gap);
}

void Setter::operator()(const Signers& signers)
{
    page_.need(signers_height);
    page_.advance(gap);
    const double width = page_.text_width() / static_cast<double>(signers.titles.size());
    double tallest = 0.0;
    for (std::size_t i = 0; i < signers.titles.size(); ++i) {
        const double x = width * static_cast<double>(i);
        const double title = centred(plain(signers.titles[i], true), 13.0, x, page_.y(), width);
        tallest =
            std::max(tallest, title + centred(plain(signers.hint, false, true), 12.0, x, page_.y() + title, width));
    }
    page_.advance(tallest + 30.0);
}

void Setter::operator()(const Annex& annex)
{
    page_.new_part();
    centred_flow(plain(annex.number, true), 14.0);
    centred_flow(plain(annex.name, true), 13.0);
    page_.advance(2.0 * gap);
}

} // namespace

Result<std::string> make_pdf(const Paper& paper)
{
    if (const Status ready = load_fonts(); !ready)
        return tl::unexpected(ready.error());
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPdfVersion(QPagedPaintDevice::PdfVersion_A1b);
    writer.setPageSize(QPageSize(QPageSize::A4));
    if (paper.wide)
        writer.setPageOrientation(QPageLayout::Landscape);
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    writer.setResolution(1200);
    writer.setTitle(nfc(paper.title));
    writer.setCreator(nfc(paper.program));
    PageFlow page(writer, nfc(paper.watermark), paper.wide);
    Setter setter(page);
    for (std::size_t i = 0; i < paper.blocks.size(); ++i) {
        // A heading stays with the beginning of what it heads.
        const Block* next = i + 1 < paper.blocks.size() ? &paper.blocks[i + 1] : nullptr;
        if (std::holds_alternative<Heading>(paper.blocks[i]) && next != nullptr)
            page.need(std::holds_alternative<Table>(*next)    ? 60.0
                      : std::holds_alternative<Figure>(*next) ? std::get<Figure>(*next).height_mm + 27.0
                                                              : 30.0);
        setter.before(next);
        std::visit(setter, paper.blocks[i]);
    }
    if (!page.status())
        return tl::unexpected(page.status().error());
    if (!page.end())
        return failure("report.failed", {}, Fault::output);
    return std::string(bytes.constData(), static_cast<std::size_t>(bytes.size()));
}

} // namespace gacsong::typeset
