// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <functional>

class QWidget;

namespace novita {

/// A question where work or money is at stake.
struct ConfirmRequest
{
    QString title;          ///< "Delete 3 instances?"
    QString text;           ///< one or two sentences
    QStringList bullets;    ///< what is lost, names of the items
    QStringList keptBullets;///< what stays
    QString confirmLabel;   ///< the verb: "Delete 3 instances"
    bool destructive = true;///< focus on Cancel, button in the "bad" tone
    QString typeToConfirm;  ///< a word to type first; empty = none
};

/// The seam for modal questions and file dialogs, so that tests script the answers. Never blocks: answers come through
/// the callback, in the UI thread, exactly once unless `parent` dies first.
class Prompts
{
public:
    virtual ~Prompts() = default;
    virtual void confirm(QWidget *parent, const ConfirmRequest &request, std::function<void(bool)> answer) = 0;
    virtual void openFile(QWidget *parent, const QString &title, const QString &filter, std::function<void(QString)> answer) = 0;
    virtual void saveFile(QWidget *parent, const QString &title, const QString &suggestion, const QString &filter,
                          std::function<void(QString)> answer) = 0;
    virtual void chooseFolder(QWidget *parent, const QString &title, std::function<void(QString)> answer) = 0;
    /// Any number of files that are there.
    virtual void openFiles(QWidget *parent, const QString &title, const QString &filter, std::function<void(QStringList)> answer) = 0;
};

} // namespace novita
