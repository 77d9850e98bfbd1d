// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/batchvalues.h"

#include "core/base/displaytext.h"
#include "ui/theme.h"

#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr int kMostHeight = 150;

QString nameOf(const BatchRow::Missing &missing)
{
    switch (missing.field) {
    case DraftField::Command: return BatchValues::tr("Command");
    case DraftField::Entrypoint: return BatchValues::tr("Entrypoint");
    default: return displayLine(missing.key);
    }
}

} // namespace

BatchValues::BatchValues(QWidget *parent)
    : QWidget(parent), m_words(new QLabel(this)), m_form(nullptr)
{
    m_words->setTextFormat(Qt::PlainText);
    m_words->setWordWrap(true);
    auto *content = new QWidget;
    m_form = new QFormLayout(content);
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setSpacing(space::kRelated);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setMaximumHeight(kMostHeight);
    scroll->setWidget(content);
    content->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_words);
    layout->addWidget(scroll);
    hide();
}

void BatchValues::setMissing(const QList<BatchRow::Missing> &missing)
{
    bool same = missing.size() == m_fields.size();
    for (qsizetype i = 0; same && i < missing.size(); ++i)
        same = missing.at(i) == m_fields.at(i).missing;
    setVisible(!missing.isEmpty());
    if (same)
        return; // what was typed stays
    for (const Field &field : std::as_const(m_fields))
        m_form->removeRow(field.input);
    m_fields.clear();
    for (const BatchRow::Missing &one : missing) {
        auto *label = new QLabel;
        label->setTextFormat(Qt::PlainText);
        auto *input = new QLineEdit;
        input->setEchoMode(QLineEdit::Password);
        label->setBuddy(input);
        m_form->addRow(label, input);
        m_fields.append({one, label, input});
    }
    retranslate();
}

QHash<int, QString> BatchValues::values() const
{
    QHash<int, QString> out;
    for (const Field &field : m_fields)
        out.insert(field.missing.slot, field.input->text());
    return out;
}

void BatchValues::retranslate()
{
    m_words->setText(tr("Values that may be secret are not kept on this computer. Enter them again before rows are sent from here; what is left empty is sent empty."));
    for (const Field &field : std::as_const(m_fields)) {
        field.label->setText(nameOf(field.missing));
        field.input->setAccessibleName(nameOf(field.missing));
    }
}

void BatchValues::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
