// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/makers.h"

#include "ui/theme.h"

#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStyle>

namespace novita {

QLabel *makeWords(const char *tone, QWidget *parent)
{
    QLabel *label = makeLabel(tone, parent);
    label->setWordWrap(true);
    return label;
}

QLabel *makeLabel(const char *tone, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setProperty("tone", QLatin1String(tone));
    return label;
}

void setTone(QLabel *label, const char *tone)
{
    const QString wanted = QString::fromLatin1(tone);
    if (label->property("tone").toString() == wanted)
        return;
    label->setProperty("tone", wanted);
    label->style()->unpolish(label);
    label->style()->polish(label);
}

QPushButton *makeLink(QWidget *parent)
{
    auto *button = new QPushButton(parent);
    button->setProperty("link", true);
    button->setAutoDefault(false);
    return button;
}

QScrollArea *makeScrolling(QWidget *content, QWidget *parent)
{
    auto *area = new QScrollArea(parent);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(content);
    // Else the area would be a slab of another colour on the card beneath; a widget that is put in gets a background.
    content->setAutoFillBackground(false);
    area->viewport()->setAutoFillBackground(false);
    return area;
}

void setFixedFont(QWidget *widget, const Theme &theme)
{
    const auto apply = [widget, &theme] { widget->setFont(theme.fixedFont()); };
    apply();
    QObject::connect(&theme, &Theme::changed, widget, apply);
}

} // namespace novita
