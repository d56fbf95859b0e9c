// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/wording/language.hpp"

#include <memory>
#include <string>
#include <variant>
#include <vector>

class QPainter;
class QSizeF;

/// A paper before it is set as PDF or HTML: what stands in it, in which order. Texts are UTF-8.
namespace gacsong::typeset {

enum class Align { left, centre, right, justify };

/// A piece of a paragraph with one face.
struct Span {
    std::string text;
    bool bold = false;
    bool italic = false;
};

/// Boxes 1 to 4 of the administrative sheet (Decree 30/2020/NĐ-CP, Annex I). Empty texts are left out.
struct Head {
    std::string mark;  ///< `DỰ THẢO`, at the top left
    std::string stamp; ///< `DỮ LIỆU MINH HỌA`, framed at the top centre
    std::string superior;
    std::string body;
    std::string number;
    std::string subject; ///< `V/v …` of a letter
    std::string nation;
    std::string motto;
    std::string place_date;
    std::string translation; ///< the line that says which language prevails
};

struct Title {
    std::string type;
    std::string subject;
};

struct Heading {
    int level = 1; ///< 1: `I. THÔNG TIN CHUNG`, 2: `1. Tóm tắt`
    std::string text;
};

struct Paragraph {
    std::vector<Span> spans;
    Align align = Align::justify;
    double points = 13.0;
    bool indent = true; ///< its first line by 10 mm
    bool keep_with_next = false;
    bool mono = false; ///< letters of equal width
};

struct Cell {
    std::string text;
    Align align = Align::left;
    bool bold = false;
    bool italic = false;
};

struct Row {
    std::vector<Cell> cells;
    bool section = false; ///< one cell over the whole width, on grey
};

struct Table {
    std::string caption;
    std::vector<double> widths_mm; ///< 165 in all; 252 on a sheet on its side
    std::vector<std::string> head;
    std::vector<Row> rows;
    std::string note; ///< below it, in italics
};

/// A drawing that is painted with the same strokes on every kind of page.
class Drawing {
public:
    Drawing() = default;
    virtual ~Drawing() = default;
    Drawing(const Drawing&) = delete;
    Drawing& operator=(const Drawing&) = delete;
    /// Paints into 0 … size, in the units of the painter; `mm` of them are one millimetre.
    virtual void paint(QPainter& painter, const QSizeF& size, double mm) const = 0;
};

struct Figure {
    std::shared_ptr<const Drawing> drawing;
    double height_mm = 70.0;
    std::string caption;
    std::string alternative; ///< for who cannot see it
};

/// Dotted lines for a hand to write on.
struct Dots {
    int lines = 2;
};

/// Empty boxes with what stands beside them.
struct Boxes {
    std::vector<std::string> choices;
};

struct Signature {
    std::string recipients_title;
    std::vector<std::string> recipients;
    std::vector<std::string> authority; ///< lines in capitals
    std::string hint;                   ///< `(Ký, ghi rõ họ tên)`
    std::string name;
};

/// Columns of equal width for two or three signers of a record.
struct Signers {
    std::vector<std::string> titles;
    std::string hint;
};

/// Begins an annex on a page of its own, whose pages are numbered by themselves.
struct Annex {
    std::string number;
    std::string name;
};

using Block = std::variant<Head, Title, Heading, Paragraph, Table, Figure, Dots, Boxes, Signature, Signers, Annex>;

struct Paper {
    Language language = Language::vi;
    std::string title;     ///< of the file
    std::string program;   ///< `gacsong 0.1.0`
    std::string watermark; ///< grey across every page; empty: none
    bool wide = false;     ///< the sheet lies on its side
    std::vector<Block> blocks;
};

} // namespace gacsong::typeset
