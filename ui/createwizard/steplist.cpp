// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/createwizard/steplist.h"

#include "ui/theme.h"

#include <QPainter>
#include <QStyledItemDelegate>

namespace novita {

namespace {

constexpr int kLeastWidth = 160;
constexpr int kCircle = 22;
constexpr int kIcon = 14;
constexpr int kMarkRole = Qt::UserRole;

/// A mark and the title. The current step is bold on the tint of a selection, so that it is not told by colour alone.
class StepDelegate final : public QStyledItemDelegate
{
public:
    StepDelegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        const QFontMetrics metrics(m_theme.font(TextStyle::Body, true));
        return {metrics.horizontalAdvance(index.data().toString()) + circleSize() + 3 * space::kRelated, qMax(40, metrics.height() + 20)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const bool current = option.state & QStyle::State_Selected;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRectF row = QRectF(option.rect).adjusted(1, 1, -1, -1);
        if (current || option.state & QStyle::State_MouseOver) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(m_theme.color(current ? Token::AccentSoft : Token::IdleSoft));
            painter->drawRoundedRect(row, space::kRadius, space::kRadius);
        }
        if (current && option.state & QStyle::State_HasFocus) {
            painter->setPen(QPen(m_theme.color(Token::Accent), 2));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(row, space::kRadius, space::kRadius);
        }
        const QRect circle(option.rect.left() + space::kRelated, option.rect.center().y() - circleSize() / 2 + 1, circleSize(), circleSize());
        paintMark(*painter, circle, static_cast<StepList::Mark>(index.data(kMarkRole).toInt()), index.row() + 1, current);
        painter->setFont(m_theme.font(TextStyle::Body, current));
        painter->setPen(m_theme.color(current ? Token::Accent : Token::Text));
        const QRect place = option.rect.adjusted(circleSize() + 2 * space::kRelated, 0, -space::kInside, 0);
        painter->drawText(place, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, index.data().toString());
        painter->restore();
    }

private:
    /// With room for the number in it, however large text is.
    int circleSize() const { return qMax(kCircle, QFontMetrics(m_theme.font(TextStyle::Small, true)).height() + space::kInside); }
    void paintMark(QPainter &painter, const QRect &circle, StepList::Mark mark, int number, bool current) const
    {
        if (mark == StepList::Mark::None || current) {
            const bool wrong = mark == StepList::Mark::Problem;
            painter.setPen(current ? QPen(Qt::NoPen) : QPen(m_theme.color(Token::LineStrong), 1));
            painter.setBrush(current ? QBrush(m_theme.color(wrong ? Token::Warn : Token::Accent)) : QBrush(Qt::NoBrush));
            painter.drawEllipse(QRectF(circle).adjusted(0.5, 0.5, -0.5, -0.5));
            painter.setFont(m_theme.font(TextStyle::Small, true));
            painter.setPen(m_theme.color(current ? Token::OnAccent : Token::Text2));
            painter.drawText(circle, Qt::AlignCenter, wrong ? QStringLiteral("!") : QString::number(number));
            return;
        }
        const bool done = mark == StepList::Mark::Done;
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(done ? Token::GoodSoft : Token::WarnSoft));
        painter.drawEllipse(circle);
        const int side = m_theme.grown(kIcon);
        const QPixmap icon = m_theme.pixmap(done ? QStringLiteral("checkmark") : QStringLiteral("emblem-warning"), side,
                                            m_theme.color(done ? Token::Good : Token::Warn), painter.device()->devicePixelRatioF());
        painter.drawPixmap(QRect(circle.center() - QPoint(side / 2 - 1, side / 2 - 1), QSize(side, side)), icon);
    }

    const Theme &m_theme;
};

} // namespace

StepList::StepList(const UiContext &context, QWidget *parent)
    : QListWidget(parent)
    , m_theme(context.theme)
{
    setProperty("sections", true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setItemDelegate(new StepDelegate(context.theme, this));
    connect(&context.theme, &Theme::changed, this, &StepList::applyFonts);
}

void StepList::setSteps(const QStringList &titles)
{
    while (count() < titles.size()) {
        addItem(QString());
        m_marks.append(Mark::None);
    }
    for (int i = 0; i < titles.size(); ++i) {
        item(i)->setText(titles.at(i));
        item(i)->setData(Qt::AccessibleTextRole, tr("%1  %2").arg(i + 1).arg(titles.at(i)));
    }
    applyMarks();
    applyFonts();
}

void StepList::applyFonts()
{
    int widest = 0;
    for (int i = 0; i < count(); ++i)
        widest = qMax(widest, itemDelegate()->sizeHint({}, indexFromItem(item(i))).width());
    setFixedWidth(qMax(kLeastWidth, widest + 2 * frameWidth()));
    scheduleDelayedItemsLayout();
}

void StepList::setMark(int step, Mark mark)
{
    if (step < 0 || step >= m_marks.size() || m_marks.at(step) == mark)
        return;
    m_marks[step] = mark;
    applyMarks();
}

void StepList::applyMarks()
{
    for (int i = 0; i < count(); ++i) {
        const Mark mark = m_marks.at(i);
        item(i)->setData(kMarkRole, static_cast<int>(mark));
        item(i)->setData(Qt::AccessibleDescriptionRole,
                         mark == Mark::Done ? tr("done") : mark == Mark::Problem ? tr("has problems") : QString());
    }
}

} // namespace novita
