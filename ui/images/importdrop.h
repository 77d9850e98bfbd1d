// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/recipe.h"
#include "ui/uicontext.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <utility>

class QAction;
class QMimeData;
class QWidget;

namespace novita {

class ImportDialog;

/// Takes picture files and folders that are dropped on a widget, and pictures that are pasted into it, and asks by an
/// ImportDialog what is to be done with them. What is dragged out of this program is left alone.
class ImportDrop final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ImportDrop)

public:
    static constexpr qsizetype kMostPaths = 2'000; ///< of one drop

    /// `target` owns it; it takes drops from now on, and Ctrl+V where nothing within has its own use for it.
    ImportDrop(const UiContext &context, QWidget *target);

    /// Ctrl+V in `other` is taken as in the target.
    void takePastesOf(QWidget *other);
    /// Asks for files.
    QAction *action() const { return m_action; }
    void retranslate();
    /// Tells the id of the image server that is chosen to make pictures; empty: none.
    void setServerChoice(std::function<QString()> chosen) { m_server = std::move(chosen); }

    /// Whether there are local files or a picture in it.
    static bool canTake(const QMimeData *data);
    void takeFiles(const QStringList &paths);
    /// False: the clipboard holds nothing of use.
    bool paste();

signals:
    /// As those of ImportDialog.
    void restoreRequested(const novita::Recipe &recipe, const QString &promptTemplate);
    void sourceRequested(const QString &path, const QByteArray &bytes);
    void added(int pictures);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void take(const QMimeData *data);
    void chooseFiles();
    void open(ImportDialog *dialog);

    const UiContext m_context;
    QWidget *m_target;
    QAction *m_action;
    std::function<QString()> m_server;
    QPointer<ImportDialog> m_dialog;
};

} // namespace novita
