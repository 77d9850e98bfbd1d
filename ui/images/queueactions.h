// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gallery/imagejob.h"
#include "ui/images/spending.h"

#include <QObject>

#include <functional>

class QAction;
class QWidget;

namespace novita {

class ImageQueue;
class Prompts;
class QueueModel;
class TableView;
struct Error;

/// What can be done with the jobs that are selected in a table of a QueueModel, and with the queue as a whole.
/// Shortcuts work in the table.
class QueueActions final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(QueueActions)

public:
    struct Parts
    {
        Prompts &prompts;
        ImageQueue &queue;
        QueueModel &model;
        TableView &table;
        SpendGate gate = {}; ///< before jobs are sent again or go on; none = never asks
    };

    /// Gives the table its model. `host`: the widget that questions belong to; owns the actions.
    QueueActions(const Parts &parts, QWidget *host);

    /// Nothing that is charged may be changed: only what does not leave this computer, and jobs of one's own servers.
    void setReadOnly(bool readOnly) { m_readOnly = readOnly; }
    /// For a page's menu.
    QList<QAction *> all() const { return {m_pause, m_cancel, m_redo, m_follow, m_front, m_sheet, m_dismiss, m_clear}; }
    /// For a row of buttons.
    QList<QAction *> foremost() const { return {m_pause, m_cancel, m_redo, m_front}; }
    /// What fits to the selection and to the state of the queue.
    void present();
    void retranslate();
    /// False: a read-only profile, and nothing waits that it may send.
    bool mayResume() const;
    /// After the gate's question.
    void resume();

signals:
    /// The sheet of a grid is to be seen.
    void sheetRequested(const QString &batch);
    /// What was asked for could not be done.
    void failed(const novita::Error &error);

private:
    void connectActions();
    void popUp(const QPoint &position);
    void cancel();
    void redo();
    void moveToFront();
    void move(int step);
    void followAgain();
    void dismissEnded();
    QList<ImageJob> selected() const;
    QString selectedGrid() const;
    void spend(SpendAct act, const QList<ImageJob> &jobs, std::function<void()> go);
    QList<ImageJobId> idsWhere(const std::function<bool(const ImageJob &)> &test) const;

    const Parts m_parts;
    QWidget *m_host;
    bool m_readOnly = false;
    QAction *m_pause;
    QAction *m_cancel;
    QAction *m_redo;
    QAction *m_front;
    QAction *m_up;
    QAction *m_down;
    QAction *m_follow;
    QAction *m_sheet;
    QAction *m_dismiss;
    QAction *m_clear;
};

} // namespace novita
