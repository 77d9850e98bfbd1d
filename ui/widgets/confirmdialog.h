// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/prompts.h"

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace novita {

/// The question behind ConfirmRequest. Cancel has the focus when something is lost; a word to type keeps the button off
/// until it is there. Long lists scroll.
class ConfirmDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConfirmDialog)

public:
    explicit ConfirmDialog(const ConfirmRequest &request, QWidget *parent = nullptr);

private:
    void addBullets(const QStringList &bullets, const QString &heading);
    void addTyping(const QString &word);
    void addButtons(const ConfirmRequest &request);

    QLineEdit *m_word = nullptr;
    QPushButton *m_confirm = nullptr;
};

} // namespace novita
