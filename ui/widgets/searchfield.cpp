// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/searchfield.h"

#include "ui/theme.h"

#include <QAction>
#include <QKeyEvent>
#include <QMetaMethod>
#include <QTimer>
#include <QToolButton>

namespace novita {

namespace {

constexpr int kRestMs = 60;
constexpr int kMaxFilterLength = 500;

} // namespace

SearchField::SearchField(const Theme &theme, QWidget *parent)
    : QLineEdit(parent)
    , m_rest(new QTimer(this))
{
    setClearButtonEnabled(true);
    setMaxLength(kMaxFilterLength);
    addAction(theme.icon(QStringLiteral("edit-find")), QLineEdit::LeadingPosition);
    nameButtons();
    m_rest->setSingleShot(true);
    m_rest->setInterval(kRestMs);
    connect(m_rest, &QTimer::timeout, this, &SearchField::announce);
    connect(this, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (text.isEmpty())
            announce();
        else
            m_rest->start();
    });
    connect(this, &QLineEdit::returnPressed, this, &SearchField::announce);
}

void SearchField::nameButtons()
{
    const QList<QToolButton *> buttons = findChildren<QToolButton *>(QString(), Qt::FindDirectChildrenOnly);
    for (QToolButton *button : buttons) {
        const bool clears = button->defaultAction() && button->defaultAction()->objectName() == QLatin1String("_q_qlineeditclearaction");
        button->setAccessibleName(clears ? tr("Clear search") : tr("Search"));
    }
}

void SearchField::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        nameButtons();
}

void SearchField::setFilter(const QString &text)
{
    setText(text);
    announce();
}

void SearchField::announce()
{
    m_rest->stop();
    if (text() == m_announced)
        return;
    m_announced = text();
    emit filterChanged(m_announced);
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        event->accept();
        return;
    }
    const bool leaves = event->key() == Qt::Key_Escape || event->key() == Qt::Key_Down;
    if (leaves && !(event->modifiers() & ~Qt::KeypadModifier) && isSignalConnected(QMetaMethod::fromSignal(&SearchField::leaveRequested))) {
        announce();
        emit leaveRequested();
        event->accept();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace novita
