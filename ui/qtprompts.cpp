// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/qtprompts.h"

#include "ui/widgets/confirmdialog.h"

#include <QFileDialog>

namespace novita {

namespace {

void openFilesDialog(QFileDialog *dialog, const std::function<void(QStringList)> &answer)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QFileDialog::finished, dialog, [dialog, answer](int result) {
        answer(result == QDialog::Accepted ? dialog->selectedFiles() : QStringList());
    });
    dialog->open();
}

void openFileDialog(QFileDialog *dialog, const std::function<void(QString)> &answer)
{
    openFilesDialog(dialog, [answer](const QStringList &paths) { answer(paths.value(0)); });
}

} // namespace

void QtPrompts::confirm(QWidget *parent, const ConfirmRequest &request, std::function<void(bool)> answer)
{
    auto *dialog = new ConfirmDialog(request, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QDialog::finished, dialog, [answer](int result) { answer(result == QDialog::Accepted); });
    dialog->open();
}

void QtPrompts::openFile(QWidget *parent, const QString &title, const QString &filter, std::function<void(QString)> answer)
{
    auto *dialog = new QFileDialog(parent, title, QString(), filter);
    dialog->setFileMode(QFileDialog::ExistingFile);
    openFileDialog(dialog, answer);
}

void QtPrompts::saveFile(QWidget *parent, const QString &title, const QString &suggestion, const QString &filter,
                         std::function<void(QString)> answer)
{
    auto *dialog = new QFileDialog(parent, title, QString(), filter);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(suggestion);
    openFileDialog(dialog, answer);
}

void QtPrompts::chooseFolder(QWidget *parent, const QString &title, std::function<void(QString)> answer)
{
    auto *dialog = new QFileDialog(parent, title);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    openFileDialog(dialog, answer);
}

void QtPrompts::openFiles(QWidget *parent, const QString &title, const QString &filter, std::function<void(QStringList)> answer)
{
    auto *dialog = new QFileDialog(parent, title, QString(), filter);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    openFilesDialog(dialog, answer);
}

} // namespace novita
