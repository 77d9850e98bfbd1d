// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/makers.h"

#include "ui/theme.h"

#include <QLabel>
#include <QLayout>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QStyle>
#include <QVariant>

#include <algorithm>

namespace novita {

namespace {

void setStyled(QWidget *widget, const char *property, const QVariant &value)
{
    if (widget->property(property) == value)
        return;
    widget->setProperty(property, value);
    // What a style sheet asks of a property counts only after another polish.
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

} // namespace

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

void setTone(QWidget *words, const char *tone)
{
    setStyled(words, "tone", QString::fromLatin1(tone));
}

void setInvalid(QWidget *field, bool invalid)
{
    setStyled(field, "invalid", invalid);
}

void makeRoom(QWidget *dialog)
{
    dialog->layout()->activate();
    const int wanted = dialog->layout()->totalHeightForWidth(dialog->width());
    const int most = dialog->screen()->availableSize().height() - 2 * space::kPage;
    if (wanted > dialog->height() || !dialog->isVisible())
        dialog->resize(dialog->width(), std::min(wanted, most));
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
