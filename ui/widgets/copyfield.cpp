// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/copyfield.h"

#include "ui/theme.h"
#include "ui/widgets/secretclipboard.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace novita {

CopyField::CopyField(Kind kind, QWidget *parent)
    : QWidget(parent)
    , m_kind(kind)
    , m_field(new QLineEdit(this))
    , m_copy(new QPushButton(this))
    , m_clipboard(new SecretClipboard(this))
{
    m_field->setReadOnly(true);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_field, 1);
    if (kind == Kind::Secret) {
        m_field->setEchoMode(QLineEdit::Password);
        m_show = new QPushButton(this);
        m_show->setCheckable(true);
        m_show->setAutoDefault(false);
        layout->addWidget(m_show);
        connect(m_show, &QPushButton::toggled, this, [this](bool shown) {
            m_field->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
            retranslate();
        });
    }
    m_copy->setAutoDefault(false);
    layout->addWidget(m_copy);
    setFocusProxy(m_field);
    connect(m_copy, &QPushButton::clicked, this, &CopyField::copy);
    retranslate();
}

void CopyField::setName(const QString &name)
{
    m_name = name;
    retranslate();
}

void CopyField::setText(const QString &text)
{
    if (m_field->text() == text)
        return;
    m_field->setText(text);
    m_field->setCursorPosition(0);
    m_field->setToolTip(m_kind == Kind::Plain ? text : QString());
    m_copy->setEnabled(!text.isEmpty());
}

QString CopyField::text() const
{
    return m_field->text();
}

void CopyField::setClipboardSeconds(int seconds)
{
    m_clipboardTime = std::chrono::seconds(seconds);
}

void CopyField::copy()
{
    if (m_kind == Kind::Secret)
        m_clipboard->copy(m_field->text(), m_clipboardTime);
    else
        QGuiApplication::clipboard()->setText(m_field->text());
}

void CopyField::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void CopyField::retranslate()
{
    m_copy->setText(tr("Copy"));
    m_field->setAccessibleName(m_name);
    m_copy->setAccessibleName(tr("Copy %1").arg(m_name));
    if (m_kind == Kind::Secret)
        m_copy->setToolTip(tr("Leaves the clipboard by itself after a while"));
    if (!m_show)
        return;
    m_show->setText(m_show->isChecked() ? tr("Hide") : tr("Show"));
    m_show->setAccessibleName((m_show->isChecked() ? tr("Hide %1") : tr("Show %1")).arg(m_name));
}

} // namespace novita
