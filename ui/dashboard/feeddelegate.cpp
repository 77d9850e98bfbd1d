// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/feeddelegate.h"

#include "ui/dashboard/feedmodel.h"
#include "ui/models/roles.h"
#include "ui/theme.h"

#include <QAbstractItemView>
#include <QFontMetrics>
#include <QPainter>
#include <QTextLayout>
#include <QTextOption>

namespace novita {

namespace {

constexpr int kIconSize = 12;
constexpr int kMostLines = 3;
constexpr int kPadding = 12;

/// The lines of `text`, broken between words where that is possible; the last of kMostLines is cut to dots.
QStringList linesOf(const QString &text, const QFont &font, int width)
{
    QTextLayout layout(text, font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    QStringList lines;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(qMax(1, width));
        if (lines.size() + 1 == kMostLines) {
            lines.append(QFontMetrics(font).elidedText(text.mid(line.textStart()), Qt::ElideRight, width));
            break;
        }
        lines.append(text.mid(line.textStart(), line.textLength()));
    }
    layout.endLayout();
    return lines;
}

} // namespace

FeedDelegate::FeedDelegate(const Theme &theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme) {}

int FeedDelegate::iconSize() const
{
    return m_theme.grown(kIconSize);
}

int FeedDelegate::headHeight() const
{
    return qMax(iconSize(), QFontMetrics(m_theme.font(TextStyle::Small)).height());
}

void FeedDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect row = option.rect;
    if (option.state & (QStyle::State_Selected | QStyle::State_MouseOver))
        painter->fillRect(row, m_theme.color(option.state & QStyle::State_Selected ? Token::AccentSoft : Token::Window));
    const QRect inner = row.adjusted(kPadding, space::kRelated - 2, -kPadding, -(space::kRelated - 2));
    const auto tone = static_cast<StateTone>(index.data(ToneRole).toInt());
    const int icon = iconSize();
    const QRect head(inner.left(), inner.top(), inner.width(), headHeight());
    painter->drawPixmap(head.left(), head.top() + (head.height() - icon) / 2,
                        m_theme.pixmap(index.data(IconNameRole).toString(), icon, m_theme.toneColor(tone), painter->device()->devicePixelRatioF()));
    painter->setFont(m_theme.font(TextStyle::Small));
    painter->setPen(m_theme.color(Token::Text3));
    painter->drawText(head.adjusted(icon + space::kInside + 2, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, index.data(FeedModel::TimeRole).toString());
    painter->drawText(head, Qt::AlignRight | Qt::AlignVCenter, index.data(FeedModel::SourceRole).toString());
    const QFont body = m_theme.font(TextStyle::Body);
    const int lineHeight = QFontMetrics(body).lineSpacing();
    painter->setFont(body);
    painter->setPen(m_theme.color(Token::Text));
    QRect line(inner.left(), head.bottom() + 2, inner.width(), lineHeight);
    for (const QString &text : linesOf(index.data().toString(), body, inner.width())) {
        painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
        line.translate(0, lineHeight);
    }
    painter->setPen(m_theme.color(Token::Line));
    painter->drawLine(row.left() + kPadding, row.bottom(), row.right() - kPadding, row.bottom());
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange || option.state & QStyle::State_Selected)) {
        painter->setPen(QPen(m_theme.color(Token::Accent), 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(row.adjusted(1, 1, -1, -1), space::kInside, space::kInside);
    }
    painter->restore();
}

QSize FeedDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const int width = view ? view->viewport()->width() : option.rect.width();
    const QFont body = m_theme.font(TextStyle::Body);
    const auto lines = static_cast<int>(linesOf(index.data().toString(), body, width - 2 * kPadding).size());
    return {width, headHeight() + 2 + lines * QFontMetrics(body).lineSpacing() + 2 * (space::kRelated - 2) + 1};
}

} // namespace novita
