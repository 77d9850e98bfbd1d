// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/ids.h"
#include "ui/page.h"
#include "ui/uicontext.h"

#include <QTimer>

#include <memory>

class QHBoxLayout;
class QMenu;
class QSplitter;

namespace novita {

class ActionButton;
class ErrorBanner;
class InstanceActions;
class InstanceDetails;
class InstanceModel;
class InstancesContent;
class Launcher;
class PageHeader;
class SearchField;
class TableView;
enum class ErrorRemedy;

/// The instances: table, filter, actions, details. Rows arrive through the store; the page only shows and asks.
class InstancesPage final : public Page
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(InstancesPage)

public:
    explicit InstancesPage(UiContext context, QWidget *parent = nullptr);
    /// With other means to start browsers and terminals, for tests.
    InstancesPage(UiContext context, std::unique_ptr<Launcher> launcher, QWidget *parent = nullptr);
    ~InstancesPage() override;

    QString pageId() const override { return QStringLiteral("instances"); }
    QString title() const override { return tr("Instances"); }
    QString iconName() const override { return QStringLiteral("network-server"); }
    QSet<DataKind> wanted() const override;
    void activate() override;
    void deactivate() override;
    void refresh() override;
    void focusFilter() override;
    void openTarget(const QString &target) override { showInstance(target); }
    QList<QAction *> pageActions() const override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;
    bool isFilled() const override;

    /// Selects and shows one instance; clears a filter that hides it. False when it is not known.
    bool showInstance(const QString &id);

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void buildLayout();
    QHBoxLayout *buildToolBar();
    void connectTable();
    void connectActions();
    void connectStores();
    void retranslate();

    void applySelection();
    void keepCurrentRow();
    void openDetails(bool open);
    void showDetailsOfCurrent();
    void readDetails();
    void showContextMenu(const QPoint &position);
    void saveLayout();
    void tick();
    void updateSubtitle();
    void updateContent();
    void updateDataBanner();
    void applyRemedy(ErrorRemedy remedy);

    UiContext m_context;
    std::unique_ptr<Launcher> m_launcher;
    InstanceModel *m_model;
    InstanceActions *m_actions;
    PageHeader *m_header;
    ActionButton *m_more = nullptr;
    ErrorBanner *m_dataBanner;
    ErrorBanner *m_actionBanner;
    SearchField *m_filter;
    ActionButton *m_columns;
    QMenu *m_columnsMenu;
    QSplitter *m_splitter;
    TableView *m_table;
    InstancesContent *m_content;
    InstanceDetails *m_details;
    bool m_detailsWanted = true;
    int m_lastRow = -1;
    QString m_restoredId; ///< to select once it arrives
    QTimer m_tick;
    QTimer m_layoutTimer;
    QTimer m_detailTimer;
    CallGuard m_detailCall;
    CallGuard m_refreshCall;
};

} // namespace novita
