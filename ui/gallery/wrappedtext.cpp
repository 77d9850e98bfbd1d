// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/wrappedtext.h"

#include "ui/format.h"
#include "ui/theme.h"

#include <QEvent>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextTable>
#include <QWheelEvent>

#include <cmath>

namespace novita {

namespace {

constexpr int kLabelShare = 38; ///< of 100
constexpr int kRowGap = 2;      ///< pixels above and below
constexpr int kColumnGap = 8;

} // namespace

WrappedText::WrappedText(const Theme &theme, QWidget *parent)
    : QTextEdit(parent)
    , m_theme(theme)
{
    setReadOnly(true);
    setProperty("plain", true);
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    document()->setDocumentMargin(0);
    document()->setUndoRedoEnabled(false);
    viewport()->setAutoFillBackground(false);
    connect(&theme, &Theme::changed, this, &WrappedText::present);
}

void WrappedText::setWords(const QString &text)
{
    if (m_words == text && m_rows.isEmpty())
        return;
    m_words = text;
    m_rows.clear();
    present();
}

void WrappedText::setFacts(const Facts &facts)
{
    Rows rows;
    for (const auto &[label, value] : facts)
        rows.append({Cell{label, true}, Cell{value}});
    setTable(rows, {kLabelShare, 100 - kLabelShare});
}

void WrappedText::setTable(const Rows &rows, const QList<int> &shares)
{
    if (m_rows == rows && m_shares == shares)
        return;
    m_words.clear();
    m_rows = rows;
    m_shares = shares;
    present();
}

void WrappedText::present()
{
    if (m_rows.isEmpty())
        setPlainText(m_words);
    else
        presentTable();
    fit();
}

void WrappedText::presentTable()
{
    clear();
    QTextTableFormat form;
    form.setBorder(0);
    form.setCellSpacing(0);
    form.setCellPadding(0);
    form.setMargin(0);
    form.setWidth(QTextLength(QTextLength::PercentageLength, 100));
    QList<QTextLength> widths;
    for (const int share : std::as_const(m_shares))
        widths.append(QTextLength(QTextLength::PercentageLength, share));
    form.setColumnWidthConstraints(widths);
    QTextCursor cursor(document());
    QTextTable *table = cursor.insertTable(static_cast<int>(m_rows.size()), static_cast<int>(m_shares.size()), form);
    QTextCharFormat plain;
    plain.setForeground(m_theme.color(Token::Text));
    QTextCharFormat quiet;
    quiet.setForeground(m_theme.color(Token::Text2));
    QTextCharFormat marked;
    marked.setForeground(m_theme.color(Token::Text));
    marked.setBackground(m_theme.color(Token::AccentSoft));
    marked.setFontWeight(QFont::DemiBold);
    for (int row = 0; row < m_rows.size(); ++row) {
        for (int column = 0; column < m_rows.at(row).size(); ++column) {
            const Cell &cell = m_rows.at(row).at(column);
            QTextTableCellFormat place;
            place.setTopPadding(kRowGap);
            place.setBottomPadding(kRowGap);
            place.setRightPadding(column + 1 < m_shares.size() ? kColumnGap : 0);
            table->cellAt(row, column).setFormat(place);
            QTextCursor at = table->cellAt(row, column).firstCursorPosition();
            if (cell.text.isEmpty()) {
                at.insertText(format::dash(), quiet);
                continue;
            }
            qsizetype done = 0;
            for (const auto &[from, length] : cell.marked) {
                at.insertText(cell.text.mid(done, from - done), cell.isQuiet ? quiet : plain);
                at.insertText(cell.text.mid(from, length), marked);
                done = from + length;
            }
            at.insertText(cell.text.mid(done), cell.isQuiet ? quiet : plain);
        }
    }
    // A table is followed by a paragraph, whether one wants it or not.
    QTextBlockFormat flat;
    flat.setLineHeight(1, QTextBlockFormat::FixedHeight);
    QTextCursor last(document()->lastBlock());
    last.setBlockFormat(flat);
    QTextCharFormat tiny;
    tiny.setFontPointSize(1);
    last.setBlockCharFormat(tiny);
}

void WrappedText::expectWidth(int width)
{
    viewport()->resize(width, viewport()->height());
    fit();
}

void WrappedText::fit()
{
    document()->setTextWidth(viewport()->width());
    const int frame = height() - viewport()->height();
    const int wanted = static_cast<int>(std::ceil(document()->size().height())) + std::max(0, frame);
    if (wanted != minimumHeight() || wanted != maximumHeight())
        setFixedHeight(wanted);
}

QSize WrappedText::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 30, minimumHeight()};
}

QSize WrappedText::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 8, minimumHeight()};
}

void WrappedText::resizeEvent(QResizeEvent *event)
{
    QTextEdit::resizeEvent(event);
    fit();
}

void WrappedText::changeEvent(QEvent *event)
{
    QTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fit();
}

void WrappedText::wheelEvent(QWheelEvent *event)
{
    event->ignore(); // what it lies in scrolls
}

} // namespace novita
