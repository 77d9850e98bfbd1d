// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/ids.h"
#include "core/database/timeline.h"
#include "ui/uicontext.h"

#include <QFrame>

class QLabel;
class QTabWidget;

namespace novita {

class ConfigurationTab;
class ConnectTab;
class DetailsHead;
class EventList;
class GuardsTab;
class LogsTab;
class MetricsTab;
class StartupTab;
class StateChip;

/// The pane beside the table: one instance in full.
class InstanceDetails final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(InstanceDetails)

public:
    explicit InstanceDetails(const UiContext &context, QWidget *parent = nullptr);

    /// An empty id empties the pane.
    void setInstanceId(const InstanceId &id);
    const InstanceId &instanceId() const { return m_id; }
    /// How the last read of this instance's detail ended; nothing while the first is awaited. Another instance forgets it.
    void setReadOutcome(const std::optional<Result<Done>> &outcome);
    /// The instance runs and the way to it has not been read.
    bool waitsForConnection() const;
    /// Takes over what the store says now; cheap when nothing differs.
    void refresh();
    /// "connect", "metrics", "logs", "startup", "configuration", "guards", "activity"
    QString tab() const;
    void setTab(const QString &name);

signals:
    void closeRequested();
    /// An address was pressed; not checked yet.
    void openUrlRequested(const QString &address);
    /// A terminal with SSH into this instance is wanted.
    void terminalRequested();
    /// The detail is to be read once more, now.
    void readRequested();

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildLayout();
    void retranslate();
    void showFooter();
    QString costDetails() const;
    void refreshStartup();
    void readEarlierStart();
    void checkEndpoints();
    void refreshReachability();

    UiContext m_context;
    InstanceId m_id;
    DetailsHead *m_head;
    StateChip *m_chip;
    QTabWidget *m_tabs;
    ConnectTab *m_connect;
    MetricsTab *m_metrics;
    LogsTab *m_logs;
    ConfigurationTab *m_configuration;
    StartupTab *m_startup;
    GuardsTab *m_guards;
    EventList *m_events;
    QFrame *m_line;
    QLabel *m_footer;
    QList<TimelineEntry> m_earlierStart; ///< of the history file
    CallGuard m_timelineCall;
    CallGuard m_checkCall;
};

} // namespace novita
