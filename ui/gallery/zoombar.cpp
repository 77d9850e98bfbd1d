// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/zoombar.h"

#include "ui/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>

namespace novita {

ZoomBar::ZoomBar(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_out(new QPushButton(this))
    , m_fit(new QPushButton(this))
    , m_pixels(new QPushButton(this))
    , m_in(new QPushButton(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kInside);
    for (QPushButton *button : {m_out, m_fit, m_pixels, m_in}) {
        button->setAutoDefault(false);
        button->setProperty("segment", true);
        layout->addWidget(button);
    }
    connect(m_out, &QPushButton::clicked, this, &ZoomBar::zoomOutRequested);
    connect(m_fit, &QPushButton::clicked, this, &ZoomBar::fitRequested);
    connect(m_pixels, &QPushButton::clicked, this, &ZoomBar::pixelsRequested);
    connect(m_in, &QPushButton::clicked, this, &ZoomBar::zoomInRequested);
    connect(&theme, &Theme::changed, this, &ZoomBar::applyTheme);
    applyTheme();
    retranslate();
}

void ZoomBar::applyTheme()
{
    m_out->setIcon(m_theme.icon(QStringLiteral("list-remove")));
    m_fit->setIcon(m_theme.icon(QStringLiteral("zoom-fit-best")));
    m_in->setIcon(m_theme.icon(QStringLiteral("list-add")));
}

void ZoomBar::retranslate()
{
    m_pixels->setText(tr("100 %"));
    const auto name = [](QPushButton *button, const QString &label, const QString &tip) {
        button->setAccessibleName(label);
        button->setToolTip(tip);
    };
    name(m_out, tr("Zoom out"), tr("Zoom out (-)"));
    name(m_fit, tr("Fit into the view"), tr("Fit into the view (0)"));
    name(m_pixels, tr("Show at 100 %"), tr("A pixel as a pixel (1)"));
    name(m_in, tr("Zoom in"), tr("Zoom in (+)"));
}

void ZoomBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
