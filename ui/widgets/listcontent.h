// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStackedWidget>

namespace novita {

class EmptyState;
class EntityStoreBase;
class EntityTableModel;
class SkeletonOverlay;
class TableView;
class Theme;
enum class ErrorRemedy;

/// What a page says about its list.
struct ListWords
{
    QString tableName;     ///< accessible: "Products table"
    QString filterName;    ///< accessible: "Filter products"
    QString filterHint;
    QString filterHelp;
    QString nothing;       ///< the cloud has none
    QString nothingAction; ///< the button below it; empty: "Read again"
    QString noMatch;       ///< the filter leaves none; %1 = what is typed
    QString noneChosen;    ///< nothing is typed, and the page's own choice leaves none; empty: as noMatch
};

/// The table of a list, or the sentence that stands in its place: nothing there, no match, unreadable. Grey bars while it is
/// read for the first time.
class ListContent final : public QStackedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ListContent)

public:
    /// Takes `table`, which shows `model`, which shows `store`.
    ListContent(const Theme &theme, const EntityStoreBase &store, const EntityTableModel &model, TableView *table, QWidget *parent = nullptr);

    void setWords(const ListWords &words);
    /// What is typed into the filter.
    void setTyped(const QString &text) { m_typed = text; }
    /// Looks again at store and model.
    void refresh();
    bool showsTable() const { return m_state == State::Table; }
    /// The list has neither been read nor failed to be.
    bool isLoading() const;

signals:
    void nothingActionRequested();
    void clearFilterRequested();
    void remedyRequested(novita::ErrorRemedy remedy);

private:
    enum class State { Table, Nothing, NoneChosen, NoMatch, Unreadable };
    State stateNow() const;
    void pressed();

    const EntityStoreBase &m_store;
    const EntityTableModel &m_model;
    TableView *m_table;
    SkeletonOverlay *m_skeleton;
    EmptyState *m_empty;
    ListWords m_words;
    QString m_typed;
    State m_state = State::Table;
};

} // namespace novita
