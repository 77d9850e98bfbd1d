// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/statechip.h"

#include "ui/delegates/statuschip.h"
#include "ui/format.h"
#include "ui/theme.h"

#include <QFontMetrics>
#include <QPainter>

namespace novita {

namespace {

StatusChip chipOf(const instancetext::StateView &state, int phase)
{
    return {state.word, state.icon, state.tone, state.changing, phase};
}

} // namespace

StateChip::StateChip(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void StateChip::setState(const instancetext::StateView &state)
{
    if (state.changing)
        ++m_phase;
    const bool resized = state.word != m_state.word;
    m_state = state;
    setAccessibleName(tr("State %1").arg(state.word));
    setToolTip(format::toolTip(state.note));
    if (resized)
        updateGeometry();
    update();
}

QSize StateChip::sizeHint() const
{
    return chipOf(m_state, 0).size(QFontMetrics(m_theme.font(TextStyle::Body, true)));
}

QSize StateChip::minimumSizeHint() const
{
    return {40, sizeHint().height()};
}

void StateChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    chipOf(m_state, m_phase).paint(painter, rect(), m_theme, m_theme.font(TextStyle::Body));
}

} // namespace novita
