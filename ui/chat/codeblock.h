// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace novita {

class MessageText;
class Theme;

/// Code in a message: its language, *Copy*, and the lines as they are.
class CodeBlock final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CodeBlock)

public:
    CodeBlock(const Theme &theme, const QString &language, QWidget *parent = nullptr);

    void append(const QString &text);
    /// Exactly what was appended.
    const QString &text() const { return m_text; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    QString m_text;
    QString m_language;
    QLabel *m_name;
    QPushButton *m_copy;
    MessageText *m_lines;
};

} // namespace novita
