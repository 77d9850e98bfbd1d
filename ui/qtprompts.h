// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/prompts.h"

namespace novita {

/// The real dialogs: window-modal, opened without a nested event loop, deleted when closed.
class QtPrompts final : public Prompts
{
public:
    void confirm(QWidget *parent, const ConfirmRequest &request, std::function<void(bool)> answer) override;
    void openFile(QWidget *parent, const QString &title, const QString &filter, std::function<void(QString)> answer) override;
    void saveFile(QWidget *parent, const QString &title, const QString &suggestion, const QString &filter,
                  std::function<void(QString)> answer) override;
    void chooseFolder(QWidget *parent, const QString &title, std::function<void(QString)> answer) override;
    void openFiles(QWidget *parent, const QString &title, const QString &filter, std::function<void(QStringList)> answer) override;
};

} // namespace novita
