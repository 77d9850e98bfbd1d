// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/losspanel.h"

#include "ui/theme.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace novita {

LossPanel::LossPanel(const Theme &theme, QWidget *parent)
    : QFrame(parent), m_theme(theme), m_heading(new QLabel(this)), m_lost(new QLabel(this)), m_rest(new QLabel(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kRelated, space::kRelated, space::kRelated, space::kRelated);
    layout->setSpacing(space::kInside);
    for (QLabel *label : {m_heading, m_lost, m_rest}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        layout->addWidget(label);
    }
    paintTone();
    connect(&theme, &Theme::changed, this, &LossPanel::paintTone);
    present();
}

void LossPanel::setLoss(const LossPreview &loss, InstanceAction action)
{
    m_loss = loss;
    m_action = action;
    present();
}

QString LossPanel::text() const
{
    return m_lost->text() + u'\n' + m_rest->text();
}

void LossPanel::present()
{
    m_heading->setText(m_action == InstanceAction::Delete ? tr("If you delete it") : tr("If you stop it"));
    QStringList lost;
    for (const QString &one : std::as_const(m_loss.lost))
        lost.append(tr("Lost: %1").arg(one));
    if (lost.isEmpty())
        lost.append(tr("Nothing on its disks is known to be lost."));
    QStringList rest;
    for (const QString &one : std::as_const(m_loss.kept))
        rest.append(tr("Kept: %1").arg(one));
    m_lost->setText(lost.join(u'\n'));
    m_rest->setText((rest + m_loss.notes).join(u'\n'));
    m_rest->setVisible(!m_rest->text().isEmpty());
    paintTone();
}

void LossPanel::paintTone()
{
    QPalette palette = this->palette();
    palette.setColor(QPalette::Window, m_theme.toneSoftColor(m_loss.lost.isEmpty() ? StateTone::Idle : StateTone::Warn));
    palette.setColor(QPalette::WindowText, m_theme.color(Token::Text));
    setPalette(palette);
    m_heading->setFont(m_theme.font(TextStyle::Body, true));
}

void LossPanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette().color(QPalette::Window));
    painter.drawRoundedRect(rect(), space::kRadius, space::kRadius);
}

void LossPanel::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        present();
}

} // namespace novita
