// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/ids.h"
#include "ui/instances/actionfailure.h"
#include "ui/widgets/browsepage.h"

#include <QTimer>

#include <memory>
#include <optional>

namespace novita {

class ActionButton;
class ErrorBanner;
class InstanceActions;
class InstanceDetails;
class InstanceModel;
class Launcher;

/// The instances: table, filter, actions, details. Rows arrive through the store; the page only shows and asks.
class InstancesPage final : public BrowsePage
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(InstancesPage)

public:
    explicit InstancesPage(const UiContext &context, QWidget *parent = nullptr);
    /// With other means to start browsers and terminals, for tests.
    InstancesPage(const UiContext &context, std::unique_ptr<Launcher> launcher, QWidget *parent = nullptr);
    ~InstancesPage() override;

    QString pageId() const override { return QStringLiteral("instances"); }
    QString title() const override { return tr("Instances"); }
    QString iconName() const override { return QStringLiteral("network-server"); }
    QSet<DataKind> wanted() const override;
    void activate() override;
    void deactivate() override;
    void refresh() override;
    void openTarget(const QString &target) override { showInstance(target); }
    QList<QAction *> pageActions() const override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;

    /// Selects and shows one instance; clears a filter that hides it. False when it is not known.
    bool showInstance(const QString &id);

protected:
    ListWords words() const override;
    QString subtitleNote() const override;
    int total() const override;
    void retranslate() override;
    void tick() override;
    void applyRemedy(ErrorRemedy remedy) override;

private:
    InstancesPage(const UiContext &context, std::unique_ptr<Launcher> launcher, InstanceModel *model, InstanceDetails *details,
                  QWidget *parent);
    void buildHeader();
    void connectPane();
    void connectActions();
    void connectStores();

    QList<InstanceId> selection() const;
    void applySelection();
    void updateSchedule(qsizetype selected);
    void readDetailsSoon();
    void readDetails(bool userAsked);
    void readMissingConnection();
    void showFailure(const ActionFailure &failure);
    void applyFailureRemedy(ErrorRemedy remedy);

    std::unique_ptr<Launcher> m_launcher;
    InstanceModel *m_model;
    InstanceDetails *m_details;
    InstanceActions *m_actions;
    QAction *m_schedule;
    QAction *m_guards;
    ErrorBanner *m_actionBanner;
    ActionButton *m_more = nullptr;
    std::optional<ActionFailure> m_failure; ///< what the action banner speaks of
    QTimer m_detailTimer;
    CallGuard m_detailCall;
};

} // namespace novita
