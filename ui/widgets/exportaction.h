// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instancestate.h"
#include "ui/uicontext.h"

#include <QObject>
#include <QString>

class QAction;
class QWidget;

namespace novita {

class TableView;

/// "Export…": asks for a file and writes into it what a table shows, as CSV or JSON by the file's name. One export at a time.
class ExportAction final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ExportAction)

public:
    /// `dialogParent` owns it.
    ExportAction(const UiContext &context, const TableView &view, QWidget *dialogParent);

    QAction *action() const { return m_action; }
    /// `fileStem`: what the file is called unless the person names it otherwise: "instances".
    void retranslate(const QString &fileStem);

signals:
    /// How an export ended, in a sentence.
    void reported(novita::StateTone tone, const QString &sentence);

private:
    void ask();
    void begin(const QString &path);

    UiContext m_context;
    const TableView &m_view;
    QWidget *m_parent;
    QAction *m_action;
    QString m_fileStem;
};

} // namespace novita
