// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

class QTimer;

namespace novita {

class Theme;

/// A filter field: magnifier, clear button, Esc clears, Down (and Esc when there is nothing to clear) leaves for the rows. Typing is passed on after 60 ms of rest, everything else at once.
/// Its accessible name is the caller's business.
class SearchField final : public QLineEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SearchField)

public:
    explicit SearchField(const Theme &theme, QWidget *parent = nullptr);

    /// Sets the text and tells at once.
    void setFilter(const QString &text);

signals:
    void filterChanged(const QString &text);
    /// The keyboard wants to go on to what is filtered.
    void leaveRequested();

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void announce();
    void nameButtons();

    QTimer *m_rest;
    QString m_announced;
};

} // namespace novita
