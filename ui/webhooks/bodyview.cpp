// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/bodyview.h"

#include "ui/format.h"
#include "ui/theme.h"
#include "ui/webhooks/deliverytext.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/plaintextview.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace novita {

BodyView::BodyView(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_formLabel(new QLabel(this))
    , m_form(new QComboBox(this))
    , m_note(makeWords("text2", this))
    , m_text(new PlainTextView(this))
{
    m_formLabel->setBuddy(m_form);
    m_form->addItems({QString(), QString(), QString()});
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    setFixedFont(m_text, theme);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::kRelated);
    row->addWidget(m_formLabel);
    row->addWidget(m_form);
    row->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, space::kRelated, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addLayout(row);
    layout->addWidget(m_note);
    layout->addWidget(m_text, 1);
    layout->addStretch(0);
    connect(m_form, &QComboBox::currentIndexChanged, this, &BodyView::present);
    retranslate();
}

void BodyView::setBody(const QByteArray &body)
{
    m_body = body;
    m_words.clear();
    present();
}

void BodyView::setWords(const QString &sentence)
{
    m_body.clear();
    m_words = sentence;
    present();
}

void BodyView::setForm(Form form)
{
    m_form->setCurrentIndex(static_cast<int>(form));
}

BodyView::Form BodyView::form() const
{
    return static_cast<Form>(m_form->currentIndex());
}

void BodyView::present()
{
    QStringList notes;
    QString text;
    const QByteArray shown = m_body.left(deliverytext::kMostShown);
    if (shown.size() < m_body.size())
        notes.append(tr("These are the first %1 of %2. Save the body to see all of it.").arg(format::bytes(shown.size()), format::bytes(m_body.size())));
    if (form() == Form::Json && !m_body.isEmpty()) {
        const std::optional<QString> json = deliverytext::prettyJson(m_body);
        if (!json && notes.isEmpty())
            notes.append(tr("Not valid JSON: shown as it is."));
        text = json ? *json : deliverytext::escapedText(shown);
    } else {
        text = form() == Form::Hex ? deliverytext::hexDump(shown) : deliverytext::escapedText(shown);
    }
    if (!m_words.isEmpty())
        notes = QStringList{m_words};
    m_note->setText(notes.join(QLatin1Char(' ')));
    m_note->setVisible(!notes.isEmpty());
    m_text->setVisible(m_words.isEmpty());
    m_form->setVisible(m_words.isEmpty());
    m_formLabel->setVisible(m_words.isEmpty());
    // The same text set again would scroll to the top and forget what is selected.
    if (text == m_presented)
        return;
    m_presented = text;
    m_text->setPlainText(text);
}

void BodyView::retranslate()
{
    m_formLabel->setText(tr("Show as"));
    m_form->setAccessibleName(tr("Show body as"));
    m_form->setItemText(0, tr("JSON, indented"));
    m_form->setItemText(1, tr("Text as sent"));
    m_form->setItemText(2, tr("Bytes"));
    m_text->setAccessibleName(tr("Delivery body"));
}

void BodyView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::LanguageChange)
        return;
    retranslate();
    if (m_words.isEmpty())
        present();
}

} // namespace novita
