// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/uicontext.h"
#include "ui/widgets/countedtabspage.h"

class QAbstractItemModel;
class QHBoxLayout;
class QSplitter;
class QStackedWidget;

namespace novita {

class ActionButton;
class EmptyState;
class ErrorBanner;
class ExportAction;
class PlainTextView;
class SearchField;
class TableView;
class TextFilter;

/// What the tabs of the Activity page have in common: a filter, a table, a details pane below it that opens with a row and closes with Esc.
class ActivityTab : public CountedTab
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ActivityTab)

public:
    explicit ActivityTab(UiContext context, QWidget *parent = nullptr);

    void focusFilter() override;
    /// The keyboard goes to the rows, or to what stands in their place.
    void focusContent() override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;

protected:
    void setModel(QAbstractItemModel *model, const QStringList &columnIds, const QList<int> &widths);
    /// What an exported file is called unless the person names it: "requests". Sets the texts of the export anew.
    void retranslateExport(const QString &fileStem);
    /// Plain text for the row, already redacted.
    virtual QString detailsOf(int sourceRow) const = 0;
    int currentSourceRow() const;
    /// What the context menu offers for the current row, in front of "Copy".
    virtual QList<QAction *> rowActions() const { return {}; }
    void keyPressEvent(QKeyEvent *event) override;

    UiContext m_context;
    SearchField *m_filter;
    QHBoxLayout *m_tools;         ///< right of the filter
    QHBoxLayout *m_detailButtons; ///< above the details
    TableView *m_table;
    TextFilter *m_proxy;
    EmptyState *m_empty;
    PlainTextView *m_details;

private:
    void buildLayout();
    void connectExport();
    void showDetails();
    void showEmptyOrTable();

    QStackedWidget *m_stack;
    QSplitter *m_splitter;
    QWidget *m_detailsBox;
    ExportAction *m_export;
    ActionButton *m_exportButton;
    ErrorBanner *m_exportBanner;
};

} // namespace novita
