// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStackedWidget>

namespace novita {

class EmptyState;
class InstanceModel;
class InstanceStore;
class SkeletonOverlay;
class TableView;
class Theme;
enum class ErrorRemedy;

/// The table of instances, or the sentence that stands in its place: nothing yet, no match, unreadable.
class InstancesContent final : public QStackedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(InstancesContent)

public:
    /// Takes `table`, which shows `model`, as its first page.
    InstancesContent(const Theme &theme, const InstanceStore &store, const InstanceModel &model, TableView *table,
                     QWidget *parent = nullptr);
    /// Looks again at store and model.
    void refresh();
    bool showsTable() const { return m_state == State::Table; }

signals:
    void newRequested();
    void clearFilterRequested();
    void remedyRequested(novita::ErrorRemedy remedy);

private:
    enum class State { Table, NothingYet, NoMatch, Unreadable };
    State stateNow() const;
    void pressed();

    const InstanceStore &m_store;
    const InstanceModel &m_model;
    TableView *m_table;
    SkeletonOverlay *m_skeleton;
    EmptyState *m_empty;
    State m_state = State::Table;
};

} // namespace novita
