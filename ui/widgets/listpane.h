// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/settings/settingkey.h"
#include "ui/uicontext.h"
#include "ui/widgets/listcontent.h"

#include <QJsonObject>
#include <QTimer>
#include <QWidget>

class QHBoxLayout;
class QSplitter;

namespace novita {

class ActionButton;
class ColumnsButton;
class ErrorBanner;
class ExportAction;
class SearchField;

/// The body of a page that browses one list: bar with filter and columns, table, details at the right (below where it is
/// narrow), and the loading, empty, stale, offline and error states. Knows nothing of what the rows mean.
class ListPane final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ListPane)

public:
    /// `model` must show `store`. Takes `details` as its own. The column layout is kept under `layoutKey`.
    ListPane(const UiContext &context, EntityTableModel *model, const EntityStoreBase &store, const SettingKey<QString> &layoutKey,
             QWidget *details, QWidget *parent = nullptr);

    void setWords(const ListWords &words);
    /// What the context menu offers for the selected rows, in front of "Copy".
    void setMenuActions(const QList<QAction *> &actions) { m_menuActions = actions; }
    /// For a list that is read every few seconds: single misses are not worth a bar.
    void setForgivesMisses(bool forgives);
    TableView *table() const { return m_table; }
    SearchField *filterField() const { return m_filter; }
    /// "Export…": what the table shows, into a CSV or JSON file.
    QAction *exportAction() const;
    /// Stands right of the filter field.
    void addToBar(QWidget *widget);
    /// Filter terms of the page's own controls ("kind:gpu"), in front of what is typed. Nothing matching offers to clear both.
    void setExtraFilter(const QString &terms);
    bool isLoading() const { return m_content->isLoading(); }

    QString currentId() const;
    /// The keyboard goes to the rows, or, where there are none, to what stands there instead.
    void focusRows();
    /// Selects a row once it is there.
    void setCurrentId(const QString &id);
    /// Selects a row and opens its details; clears a filter that hides it. False when it is not known (yet).
    bool showId(const QString &id);
    /// Whether details show while there is a current row; kept over a restart.
    void openDetails(bool open);
    /// Time goes on: ages are told anew.
    void tick() { updateBanner(); }

    QJsonObject saveState() const;
    void restoreState(const QJsonObject &state);

signals:
    /// Another row, none, or the row's entity changed.
    void currentChanged(const QString &id);
    void activated(const QString &id);
    void remedyRequested(novita::ErrorRemedy remedy);
    /// The button below "nothing there", when the words name one of their own.
    void nothingActionRequested();
    /// "Clear filter" was pressed: the page's own controls go back as well.
    void filterCleared();
    /// Counts or age differ: the header's subtitle.
    void updated();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildLayout();
    void buildTable();
    void connectSignals();
    void connectStore();
    void orderTabs();
    void applyFilter();
    void updateContent();
    void updateBanner();
    void keepCurrent();
    void followCurrent();
    void followSelection();
    void arrange();
    void arrangeBar();
    void saveLayout();

    UiContext m_context;
    EntityTableModel *m_model;
    const EntityStoreBase &m_store;
    const SettingKey<QString> &m_layoutKey;
    ListWords m_words;
    ErrorBanner *m_banner;
    SearchField *m_filter;
    QHBoxLayout *m_bar;
    QHBoxLayout *m_below; ///< the line for what the bar has no room for
    QSplitter *m_splitter;
    TableView *m_table;
    ColumnsButton *m_columns;
    ListContent *m_content;
    ExportAction *m_export;
    ActionButton *m_exportButton;
    ErrorBanner *m_exportBanner;
    QWidget *m_details;
    QList<QAction *> m_menuActions;
    QList<QWidget *> m_barWidgets;
    QTimer m_layoutTimer;
    QTimer m_followTimer;
    QString m_extraFilter;
    QString m_shownId;   ///< what the details are about
    QString m_lastId;    ///< what the keyboard was on last, and where
    int m_lastRow = -1;
    QString m_wantedId;  ///< to select once it arrives
    bool m_detailsWanted = true;
    bool m_forgivesMisses = false;
    bool m_barBelow = false; ///< the line below the bar is in use
};

} // namespace novita
