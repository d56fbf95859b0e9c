// SPDX-License-Identifier: GPL-3.0-or-later
// Head, title, signatures: what stands around a paper.
#include "report/papers/builder.hpp"
#include "report/text/time_text.hpp"

#include <fmt/format.h>

#include <QStringList>
#include <algorithm>

namespace gacsong::papers {
namespace {

std::vector<std::string> split(const std::string& text)
{
    std::vector<std::string> parts;
    for (const QString& part : QString::fromStdString(text).split(u'|', Qt::SkipEmptyParts))
        parts.push_back(part.trimmed().toStdString());
    return parts;
}

std::string or_dots(const std::string& text) { return text.empty() ? dotted : text; }

} // namespace

/// `@head BC`: type of the document for its symbol; `@head - V/v …`: a letter with its subject.
void insert_head(Builder& builder, const std::string& told)
{
    const Office& office = builder.input.office;
    const bool vi = builder.language() == Language::vi;
    typeset::Head head;
    head.mark = office.draft ? builder.text("papers.draft") : "";
    head.stamp = office.demonstration ? builder.text("papers.demonstration") : "";
    head.superior = vi ? office.superior : "";
    head.body = or_dots(vi || office.body_en.empty() ? office.body : office.body_en);
    head.nation = builder.text("papers.nation");
    head.motto = builder.text("papers.motto");
    const bool letter = told.starts_with('-');
    const std::string symbol = letter ? or_dots(office.symbol) + (office.unit.empty() ? "" : "-" + office.unit)
                                      : told + "-" + or_dots(office.symbol);
    head.number = builder.text("papers.number", {{"symbol", symbol}});
    if (letter)
        head.subject = told.substr(std::min<std::size_t>(2, told.size()));
    const int year = civil_time(builder.input.now, vietnam_utc_offset_s).year;
    head.place_date =
        builder.text("papers.place_date", {{"place", or_dots(office.place)}, {"year", std::to_string(year)}});
    head.translation = vi ? "" : builder.text("papers.translation");
    builder.add(std::move(head));
}

/// `@title BÁO CÁO | Kết quả …`
void insert_title(Builder& builder, const std::string& told)
{
    const auto parts = split(told);
    typeset::Title title;
    if (parts.size() > 1)
        title.type = parts.front();
    title.subject = parts.empty() ? "" : parts.back();
    builder.add(std::move(title));
}

void insert_signature(Builder& builder, const std::string& /*told*/)
{
    const Office& office = builder.input.office;
    typeset::Signature signature;
    signature.recipients_title = builder.text("papers.recipients");
    signature.recipients = split(office.recipients);
    for (std::string& one : signature.recipients)
        one += ";";
    signature.recipients.push_back(builder.text("papers.filed", {{"unit", or_dots(office.unit)}}));
    signature.authority = split(office.authority.empty() ? builder.text("papers.head_of_team") : office.authority);
    signature.hint = builder.text("papers.sign_and_stamp");
    signature.name = or_dots(office.signer);
    builder.add(std::move(signature));
}

/// `@signers NGƯỜI ĐO | TRƯỞNG ĐOÀN`
void insert_signers(Builder& builder, const std::string& told)
{
    typeset::Signers signers{split(told), builder.text("papers.sign_and_name")};
    if (!signers.titles.empty())
        builder.add(std::move(signers));
}

/// `@annex I | Danh sách phát xạ đã đối chiếu`
void insert_annex(Builder& builder, const std::string& told)
{
    const auto parts = split(told);
    if (parts.size() == 2)
        builder.add(typeset::Annex{builder.text("papers.annex", {{"number", parts[0]}}),
                                   QString::fromStdString(parts[1]).toUpper().toStdString()});
}

/// `@dots 3`
void insert_dots(Builder& builder, const std::string& told)
{
    builder.add(typeset::Dots{std::clamp(QString::fromStdString(told).toInt(), 1, 30)});
}

void insert_proposals(Builder& builder, const std::string& /*told*/)
{
    bool any = false;
    for (const CaseNote& note : builder.input.material.contents.notes) {
        if (note.kind != "proposal")
            continue;
        builder.dash(note.text);
        any = true;
    }
    builder.add(typeset::Boxes{{builder.text("papers.offer.measure"), builder.text("papers.offer.verify"),
                                builder.text("papers.offer.police"), builder.text("papers.offer.recommend")}});
    if (!any)
        builder.add(typeset::Dots{2});
}

} // namespace gacsong::papers
