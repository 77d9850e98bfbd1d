// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/styleeditor.h"

#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace novita {

StyleEditor::StyleEditor(QWidget *parent)
    : QWidget(parent)
    , m_nameLabel(makeLabel("text2", this))
    , m_name(new QLineEdit(this))
    , m_folderLabel(makeLabel("text2", this))
    , m_folder(new QComboBox(this))
    , m_promptLabel(makeLabel("text2", this))
    , m_prompt(new QPlainTextEdit(this))
    , m_negativeLabel(makeLabel("text2", this))
    , m_negative(new QPlainTextEdit(this))
    , m_problem(makeWords("bad", this))
{
    m_name->setMaxLength(static_cast<int>(promptstyles::kLongestName));
    m_folder->setEditable(true);
    m_folder->setInsertPolicy(QComboBox::NoInsert);
    m_folder->lineEdit()->setMaxLength(static_cast<int>(promptstyles::kLongestFolder));
    m_folder->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_nameLabel->setBuddy(m_name);
    m_folderLabel->setBuddy(m_folder);
    m_promptLabel->setBuddy(m_prompt);
    m_negativeLabel->setBuddy(m_negative);
    for (QPlainTextEdit *edit : {m_prompt, m_negative}) {
        edit->setTabChangesFocus(true);
        edit->setMinimumHeight(edit->fontMetrics().lineSpacing() * 2 + 16);
        connect(edit, &QPlainTextEdit::textChanged, this, &StyleEditor::edited);
    }
    connect(m_name, &QLineEdit::textChanged, this, &StyleEditor::edited);
    connect(m_folder, &QComboBox::editTextChanged, this, &StyleEditor::edited);
    auto *head = new QGridLayout;
    head->setHorizontalSpacing(space::kRelated);
    head->setVerticalSpacing(space::kInside);
    head->addWidget(m_nameLabel, 0, 0);
    head->addWidget(m_folderLabel, 0, 1);
    head->addWidget(m_name, 1, 0);
    head->addWidget(m_folder, 1, 1);
    head->setColumnStretch(0, 1);
    head->setColumnStretch(1, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kInside);
    layout->addLayout(head);
    layout->addWidget(m_promptLabel);
    layout->addWidget(m_prompt, 3);
    layout->addWidget(m_negativeLabel);
    layout->addWidget(m_negative, 2);
    layout->addWidget(m_problem);
    setProblem({});
    retranslate();
}

void StyleEditor::setFolders(const QStringList &folders)
{
    const QSignalBlocker blocker(this);
    const QString typed = m_folder->currentText();
    m_folder->clear();
    m_folder->addItems(folders);
    m_folder->setEditText(typed);
}

void StyleEditor::setStyle(const PromptStyle &style)
{
    const QSignalBlocker blocker(this);
    m_name->setText(style.name);
    m_folder->setEditText(style.folder);
    m_folder->lineEdit()->setCursorPosition(0);
    m_prompt->setPlainText(style.prompt);
    m_negative->setPlainText(style.negative);
    setProblem({});
}

PromptStyle StyleEditor::style() const
{
    return {m_name->text(), m_folder->currentText(), m_prompt->toPlainText(), m_negative->toPlainText()};
}

void StyleEditor::setProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
    setInvalid(m_name, !sentence.isEmpty());
}

void StyleEditor::focusName()
{
    m_name->setFocus();
    m_name->selectAll();
}

void StyleEditor::retranslate()
{
    m_nameLabel->setText(tr("Name"));
    m_name->setAccessibleName(tr("Name of the style"));
    m_folderLabel->setText(tr("Folder"));
    m_folder->setAccessibleName(tr("Folder of the style"));
    m_folder->lineEdit()->setPlaceholderText(tr("None"));
    m_promptLabel->setText(tr("Prompt"));
    m_prompt->setAccessibleName(tr("Prompt of the style"));
    m_prompt->setPlaceholderText(tr("{prompt} stands for what you type; without it this is put behind"));
    m_negativeLabel->setText(tr("Negative prompt"));
    m_negative->setAccessibleName(tr("Negative prompt of the style"));
}

void StyleEditor::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
