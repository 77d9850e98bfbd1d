// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/answerformedit.h"

#include "ui/chat/schemadialog.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace novita {

AnswerFormEdit::AnswerFormEdit(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_label(makeLabel("text2", this))
    , m_kind(new QComboBox(this))
    , m_schemaRow(new QWidget(this))
    , m_facts(makeWords("text3", m_schemaRow))
    , m_edit(makeLink(m_schemaRow))
{
    for (int i = 0; i < 3; ++i)
        m_kind->addItem(QString());
    m_label->setBuddy(m_kind);
    auto *choice = new QHBoxLayout;
    choice->setSpacing(space::kRelated);
    choice->addWidget(m_label, 1);
    choice->addWidget(m_kind);
    auto *row = new QHBoxLayout(m_schemaRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kRelated);
    row->addWidget(m_facts, 1);
    row->addWidget(m_edit, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kInside);
    layout->addLayout(choice);
    layout->addWidget(m_schemaRow);
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        present();
        emit changed();
    });
    connect(m_edit, &QPushButton::clicked, this, &AnswerFormEdit::editSchema);
    retranslate();
}

AnswerFormEdit::~AnswerFormEdit() = default;

void AnswerFormEdit::setForm(const AnswerForm &form)
{
    const QSignalBlocker blocker(m_kind);
    m_form = form;
    m_kind->setCurrentIndex(static_cast<int>(form.kind));
    present();
}

AnswerForm AnswerFormEdit::form() const
{
    AnswerForm out = m_form;
    out.kind = static_cast<AnswerForm::Kind>(m_kind->currentIndex());
    return out;
}

void AnswerFormEdit::editSchema()
{
    if (m_dialog) {
        m_dialog->raise();
        return;
    }
    m_dialog = new SchemaDialog(m_theme, m_form, this);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &QDialog::accepted, this, [this] {
        m_form = m_dialog->form();
        present();
        emit changed();
    });
    m_dialog->open();
}

void AnswerFormEdit::present()
{
    const bool isSchema = m_kind->currentIndex() == static_cast<int>(AnswerForm::Kind::Schema);
    m_schemaRow->setVisible(isSchema);
    if (!isSchema)
        return;
    const SchemaCheck check = checkSchema(m_form.schema);
    // What is wrong is told below the parameters.
    m_facts->setText(!check.problem.isEmpty()   ? tr("not ready")
                     : m_form.name.isEmpty()    ? tr("%Ln property(ies)", "of a JSON schema", static_cast<int>(check.properties))
                                                : tr("“%1”, %Ln property(ies)", "of a JSON schema", static_cast<int>(check.properties)).arg(m_form.name));
    setTone(m_facts, check.problem.isEmpty() ? "text3" : "bad");
}

void AnswerFormEdit::retranslate()
{
    const QSignalBlocker blocker(m_kind);
    m_label->setText(tr("Answer as"));
    m_kind->setAccessibleName(tr("Answer as"));
    m_kind->setToolTip(tr("For JSON the message must ask for JSON as well, and not every model can"));
    m_kind->setItemText(static_cast<int>(AnswerForm::Kind::Text), tr("Text"));
    m_kind->setItemText(static_cast<int>(AnswerForm::Kind::Json), tr("JSON object"));
    m_kind->setItemText(static_cast<int>(AnswerForm::Kind::Schema), tr("JSON by schema"));
    m_edit->setText(tr("Edit schema…"));
    m_edit->setAccessibleName(tr("Edit schema"));
    m_edit->setToolTip(tr("Opens the JSON schema that answers shall fit"));
    present();
}

void AnswerFormEdit::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
