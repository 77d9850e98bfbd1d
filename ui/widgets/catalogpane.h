// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/stores/entitystore.h"
#include "core/settings/settingkey.h"
#include "ui/uicontext.h"

#include <QJsonObject>
#include <QTimer>
#include <QWidget>

class QHBoxLayout;
class QMenu;
class QSplitter;
class QStackedWidget;

namespace novita {

class ActionButton;
class EmptyState;
class EntityTableModel;
class ErrorBanner;
class SearchField;
class SkeletonOverlay;
class TableView;

/// What a page says about its list.
struct CatalogWords
{
    QString tableName;   ///< accessible: "Products table"
    QString filterName;  ///< accessible: "Filter products"
    QString filterHint;
    QString filterHelp;
    QString nothing;     ///< the cloud has none
    QString noMatch;     ///< the filter leaves none
};

/// The body of a page that browses one list: bar with filter and columns, table, details at the right, and the loading,
/// empty, stale, offline and error states. Knows nothing of what the rows mean.
class CatalogPane final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CatalogPane)

public:
    /// `model` must show `store`. Takes `details` as its own. The column layout is kept under `layoutKey`.
    CatalogPane(const UiContext &context, EntityTableModel *model, const EntityStoreBase &store, const SettingKey<QString> &layoutKey,
                QWidget *details, QWidget *parent = nullptr);

    void setWords(const CatalogWords &words);
    TableView *table() const { return m_table; }
    SearchField *filterField() const { return m_filter; }
    /// Stands right of the filter field.
    void addToBar(QWidget *widget);
    /// Filter terms of the page's own controls ("kind:gpu"), in front of what is typed. Nothing matching offers to clear both.
    void setExtraFilter(const QString &terms);
    QString currentId() const;
    /// Selects a row once it is there.
    void setCurrentId(const QString &id);

    QJsonObject saveState() const;
    void restoreState(const QJsonObject &state);

signals:
    void currentChanged(const QString &id);
    void activated(const QString &id);
    void refreshRequested();
    void settingsRequested();
    /// "Clear filter" was pressed: the page's own controls go back as well.
    void filterCleared();
    /// Counts or age differ: the header's subtitle.
    void updated();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    enum class Content { Table, Nothing, NoMatch, Unreadable };
    void buildLayout();
    void connectSignals();
    void applyFilter();
    void updateContent();
    void updateBanner();
    void followCurrent();
    void emptyPressed();
    void applyRemedy();
    void saveLayout();

    const UiContext &m_context;
    EntityTableModel *m_model;
    const EntityStoreBase &m_store;
    const SettingKey<QString> &m_layoutKey;
    CatalogWords m_words;
    ErrorBanner *m_banner;
    SearchField *m_filter;
    QMenu *m_columnsMenu;
    ActionButton *m_columns;
    QHBoxLayout *m_bar;
    QSplitter *m_splitter;
    QStackedWidget *m_stack;
    TableView *m_table;
    SkeletonOverlay *m_skeleton;
    EmptyState *m_empty;
    QWidget *m_details;
    QTimer m_layoutTimer;
    QString m_extraFilter;
    QString m_shownId;
    QString m_wantedId;
    Content m_content = Content::Table;
    bool m_detailsWanted = true;
};

} // namespace novita
