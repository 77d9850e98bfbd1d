// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/answerform.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace novita {

class Theme;

/// The JSON schema of answers: its name, what it is for, the schema itself with what is wrong in it. What is unfinished can be kept; it is not sent.
class SchemaDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SchemaDialog)

public:
    SchemaDialog(const Theme &theme, const AnswerForm &form, QWidget *parent);

    AnswerForm form() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void check();
    void tidy();
    void retranslate();

    const Theme &m_theme;
    AnswerForm m_form;
    QLabel *m_nameLabel;
    QLineEdit *m_name;
    QLabel *m_descriptionLabel;
    QLineEdit *m_description;
    QLabel *m_schemaLabel;
    QPlainTextEdit *m_schema;
    QLabel *m_verdict;
    QCheckBox *m_strict;
    QPushButton *m_example;
    QPushButton *m_tidy;
    QPushButton *m_cancel;
    QPushButton *m_keep;
};

} // namespace novita
