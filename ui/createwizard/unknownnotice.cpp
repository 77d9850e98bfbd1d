// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/createwizard/unknownnotice.h"

#include "ui/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace novita {

UnknownNotice::UnknownNotice(const UiContext &context, QWidget *parent)
    : QFrame(parent)
    , m_context(context)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_look(new QPushButton(this))
    , m_again(new QPushButton(this))
{
    setProperty("card", true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::kRelated);
    buttons->addWidget(m_look);
    buttons->addWidget(m_again);
    buttons->addStretch();
    auto *column = new QVBoxLayout;
    column->setSpacing(space::kRelated);
    column->addWidget(m_text);
    column->addLayout(buttons);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::kGroup, space::kRelated, space::kGroup, space::kRelated);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addLayout(column, 1);
    for (QPushButton *button : {m_look, m_again})
        button->setAutoDefault(false);
    connect(m_look, &QPushButton::clicked, this, &UnknownNotice::lookAgainRequested);
    connect(m_again, &QPushButton::clicked, this, &UnknownNotice::createAgainRequested);
    connect(&context.theme, &Theme::changed, this, &UnknownNotice::paintTone);
    paintTone();
    retranslate();
}

void UnknownNotice::present(const QString &name, bool looking, const QString &failure)
{
    m_name = name;
    m_looking = looking;
    m_failure = failure;
    retranslate();
}

void UnknownNotice::paintTone()
{
    constexpr int kIcon = 16;
    m_icon->setPixmap(m_context.theme.pixmap(QStringLiteral("emblem-warning"), m_context.theme.grown(kIcon), m_context.theme.color(Token::Warn), devicePixelRatioF()));
}

void UnknownNotice::retranslate()
{
    QString text = tr("It is not known whether %1 was created: the request went out once, the answer was lost, and no instance of that name "
                      "has turned up so far. It may still appear and cost money.").arg(m_name);
    if (!m_failure.isEmpty())
        text += QLatin1Char('\n') + tr("The last look failed: %1").arg(m_failure);
    m_text->setText(text);
    m_look->setText(m_looking ? tr("Looking…") : tr("Look again"));
    m_look->setAccessibleName(tr("Look again"));
    m_look->setEnabled(!m_looking);
    m_again->setText(tr("Create again anyway"));
    m_again->setAccessibleName(tr("Create again anyway"));
    m_again->setEnabled(!m_looking);
}

void UnknownNotice::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
