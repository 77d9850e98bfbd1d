// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace novita {

/// Plain text to read, as high as it is: it grows with what is appended and scrolls with what it stands in. What is appended costs what it is long, not what
/// is there already. Text from outside: nothing in it is markup.
class MessageText final : public QPlainTextEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MessageText)

public:
    explicit MessageText(QWidget *parent = nullptr);

    void append(const QString &text);
    /// In place of all of it.
    void setText(const QString &text);
    /// Lines as they are, and a bar to move along them.
    void setWraps(bool wraps);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    /// As it came: without the ends of lines that are here alone.
    QMimeData *createMimeDataFromSelection() const override;

private:
    QStringList broken(const QString &text);
    void fit(bool anew);

    qreal m_above = 0;   ///< height of all blocks but the last
    int m_measured = 0;  ///< how many those are
    int m_fitWidth = -1;
    qsizetype m_lineLength = 0;
};

} // namespace novita
