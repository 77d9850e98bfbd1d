// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/cloud/types/instancerequest.h"
#include "ui/uicontext.h"

#include <QList>
#include <QObject>

#include <optional>

class QAction;
class QMenu;
class QWidget;

namespace novita {

class BulkRun;
struct BulkRow;
class Launcher;
struct ActionFailure;
struct ConnectionInfo;

/// The actions on instances: one set for toolbar, context menu and menu bar. Each is enabled where the state allows, with
/// the reason in its tooltip where not, asks before work or money is lost, and hands the rest to the workflows.
class InstanceActions final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(InstanceActions)

public:
    /// `dialogParent` is where questions appear; it owns this object or outlives it. `launcher` likewise.
    InstanceActions(UiContext context, Launcher &launcher, QWidget *dialogParent);

    QAction *create() const { return m_create; }
    /// That of an action on what is selected.
    QAction *of(InstanceAction action) const { return m_byAction.at(static_cast<qsizetype>(action)); }
    /// What the overflow menu of the toolbar holds: all but those that have a button.
    QList<QAction *> overflow() const;
    QAction *several() const { return m_several; }
    QAction *openTerminal() const { return m_openTerminal; }
    /// All of them, in menu order, with separators in between.
    QList<QAction *> all() const { return m_all; }

    void setSelection(const QList<InstanceId> &ids);
    const QList<InstanceId> &selection() const { return m_selection; }
    /// Verdicts may have changed: a store, a lock, the profile.
    void refresh();
    void retranslate();

    bool isAllowed(const InstanceId &id, InstanceAction action) const;
    /// Asks the cloud once more, without asking the person once more.
    void repeat(const InstanceId &id, const InstanceRequest &request) { performOne(request, id); }
    /// In the browser; what is no web address is not opened. launchFailed() tells of either. Whether it was opened.
    bool openUrl(const QString &address);
    /// Likewise what an instance serves; its idle rule takes that for work.
    void openPageOf(const InstanceId &id, const QString &address);

signals:
    void newRequested();
    void cloneRequested(const QString &instanceId);
    /// Several like the one that is selected, or, without one, like nothing yet.
    void severalRequested(const QString &instanceId);
    /// A bulk action runs; whoever shows it deletes it when done.
    void bulkStarted(novita::BulkRun *run);
    /// A single action ended badly.
    void actionFailed(const novita::ActionFailure &failure);
    /// Nothing on this desktop could be started; a sentence.
    void launchFailed(const QString &sentence);
    /// A lock was set that the end of the console takes away; a sentence.
    void lockWillPass(const QString &sentence);

private:
    QAction *make(const char *iconName);
    void buildActions();
    void buildCopyMenu();
    void ask(InstanceAction action);
    void openForm(InstanceAction action, const QList<BulkRow> &plan);
    void perform(const InstanceRequest &request, const QList<BulkRow> &plan);
    void performOne(const InstanceRequest &request, const InstanceId &id);
    void applyVerdict(QAction *qaction, InstanceAction action);
    void refreshConnectionActions();
    void refreshLocalActions();
    const ConnectionInfo *connection() const;

    UiContext m_context;
    Launcher &m_launcher;
    QWidget *m_parent;
    QList<InstanceId> m_selection;
    QAction *m_create = nullptr;
    QList<QAction *> m_byAction; ///< by InstanceAction
    QAction *m_several = nullptr;
    QAction *m_copySsh = nullptr;
    QAction *m_openJupyter = nullptr;
    QAction *m_openTerminal = nullptr;
    QAction *m_deleteLock = nullptr;
    QAction *m_tags = nullptr;
    QMenu *m_copyAs = nullptr;
    QList<QAction *> m_all;
};

} // namespace novita
