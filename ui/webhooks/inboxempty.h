// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/webhooks/webhookstatus.h"

#include <QUrl>
#include <QWidget>

class QLabel;

namespace novita {

class CopyField;
class EmptyState;

/// What the inbox shows while nothing has arrived: why, a button for the next step, and, while the receiver listens, how deliveries
/// find their way here from outside.
class InboxEmpty final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(InboxEmpty)

public:
    explicit InboxEmpty(QWidget *parent = nullptr);

    /// Nothing was kept so far.
    void showStatus(const WebhookStatus &status);
    /// Some are kept, but none matches the filter.
    void showFilteredOut(bool isSearching);

signals:
    void switchOnRequested();
    void settingsRequested();
    void testRequested();
    void clearFilterRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    enum class Step { None, SwitchOn, Settings, Test, ClearFilter };
    void buildTunnels();
    void setContent(const QString &sentence, Step step, const QString &label);
    void showTunnels(const QUrl &local);
    void retranslate();

    EmptyState *m_state;
    QWidget *m_tunnels;
    QLabel *m_intro;
    QList<CopyField *> m_commands;
    Step m_step = Step::None;
};

} // namespace novita
