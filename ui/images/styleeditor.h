// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/prompts/promptstyle.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace novita {

/// Name, folder and texts of one style.
class StyleEditor final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StyleEditor)

public:
    explicit StyleEditor(QWidget *parent = nullptr);

    void setFolders(const QStringList &folders);
    void setStyle(const PromptStyle &style);
    PromptStyle style() const;
    /// Under the fields; empty takes it away.
    void setProblem(const QString &sentence);
    void focusName();

signals:
    void edited();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    QLabel *m_nameLabel;
    QLineEdit *m_name;
    QLabel *m_folderLabel;
    QComboBox *m_folder;
    QLabel *m_promptLabel;
    QPlainTextEdit *m_prompt;
    QLabel *m_negativeLabel;
    QPlainTextEdit *m_negative;
    QLabel *m_problem;
};

} // namespace novita
