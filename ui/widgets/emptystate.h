// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace novita {

/// What a page shows in place of an empty table: one sentence, one button, in the middle.
class EmptyState final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EmptyState)

public:
    explicit EmptyState(QWidget *parent = nullptr);

    /// Without `buttonText` there is no button.
    void setContent(const QString &sentence, const QString &buttonText = {});
    QString sentence() const;
    QPushButton *button() const { return m_button; }

signals:
    void activated();

private:
    QLabel *m_text;
    QPushButton *m_button;
};

} // namespace novita
