// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/dashboardtile.h"

#include "ui/format.h"
#include "ui/theme.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/sparkline.h"

#include <QEnterEvent>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr int kPadding = 12;
constexpr int kLeastWidth = 120;

} // namespace

DashboardTile::DashboardTile(const Theme &theme, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_title(makeWords("text2", this))
    , m_lead(new ElidedLabel(this))
    , m_note(new ElidedLabel(this))
    , m_history(new Sparkline(theme, this))
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    // All tiles of a row are alike, whatever they say.
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Minimum);
    m_title->setWordWrap(false);
    m_note->setProperty("tone", QStringLiteral("text2"));
    for (QLabel *label : {m_title, static_cast<QLabel *>(m_lead), static_cast<QLabel *>(m_note)})
        label->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_history->hide();
    auto *head = new QHBoxLayout;
    head->setSpacing(space::kRelated);
    head->addWidget(m_title, 1);
    head->addWidget(m_history);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(kPadding, kPadding - 2, kPadding, kPadding - 2);
    layout->setSpacing(2);
    layout->addLayout(head);
    layout->addWidget(m_lead);
    layout->addWidget(m_note);
    connect(&theme, &Theme::changed, this, &DashboardTile::restyle);
    restyle();
}

void DashboardTile::setTitle(const QString &title)
{
    m_title->setText(title);
    setAccessibleName(title);
}

void DashboardTile::setFigures(const dashboardwords::TileText &text)
{
    if (text == m_text)
        return;
    m_text = text;
    sizeLead();
    m_lead->setFullText(text.lead);
    m_note->setFullText(text.note);
    const QString all = tr("%1, %2", "a figure, and what belongs to it").arg(text.lead, text.note);
    setAccessibleDescription(all);
    setToolTip(format::toolTip(all));
    colorLead();
}

void DashboardTile::setStale(bool stale)
{
    if (stale == m_stale)
        return;
    m_stale = stale;
    colorLead();
}

void DashboardTile::setHistory(const QList<ChartPoint> &points, TimePoint from, TimePoint to)
{
    m_history->setPoints(points, from, to);
    m_history->setVisible(!points.isEmpty());
}

void DashboardTile::setHistoryColor(int series)
{
    m_history->setColor(series);
}

void DashboardTile::colorLead()
{
    const bool loud = m_text.tone == StateTone::Warn || m_text.tone == StateTone::Bad;
    QPalette colors = m_lead->palette();
    colors.setColor(QPalette::WindowText, m_stale ? m_theme.color(Token::Text3) : loud ? m_theme.toneColor(m_text.tone) : m_theme.color(Token::Text));
    m_lead->setPalette(colors);
}

void DashboardTile::restyle()
{
    sizeLead();
    m_note->setFont(m_theme.font(TextStyle::Small));
    // Nothing moves when the picture comes.
    m_title->setMinimumHeight(m_history->sizeHint().height());
    colorLead();
    updateGeometry();
    update();
}

/// Twice the text where it fits, else smaller: half a figure is none. The room is the same, so that nothing moves.
void DashboardTile::sizeLead()
{
    const QFont large = m_theme.font(TextStyle::Display, true);
    const QFontMetrics metrics(large);
    m_lead->setMinimumHeight(metrics.height() + 2);
    const bool fits = metrics.horizontalAdvance(m_text.lead) <= width() - 2 * kPadding - 2;
    if (const QFont font = fits ? large : m_theme.font(TextStyle::Title, true); font != m_lead->font())
        m_lead->setFont(font);
}

void DashboardTile::resizeEvent(QResizeEvent *event)
{
    QAbstractButton::resizeEvent(event);
    sizeLead();
}

QSize DashboardTile::sizeHint() const
{
    return layout()->sizeHint();
}

QSize DashboardTile::minimumSizeHint() const
{
    return {m_theme.grown(kLeastWidth), layout()->minimumSize().height()};
}

void DashboardTile::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool marked = underMouse() || isDown();
    painter.setBrush(m_theme.color(isDown() ? Token::AccentSoft : Token::Surface));
    if (hasFocus())
        painter.setPen(QPen(m_theme.color(Token::Accent), 2));
    else
        painter.setPen(QPen(m_theme.color(marked ? Token::Accent : Token::Line), 1));
    const qreal inset = hasFocus() ? 1 : 0.5;
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), space::kRadius, space::kRadius);
}

void DashboardTile::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void DashboardTile::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace novita
