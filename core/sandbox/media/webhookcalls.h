// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QString>
#include <QUrl>

namespace novita {

/// Calls webhooks of this computer, and of no other: whoever reaches the sandbox must not make it reach further. Plain HTTP, no redirects.
class WebhookCalls final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WebhookCalls)

public:
    static constexpr int kMostCalls = 16;

    explicit WebhookCalls(QObject *parent = nullptr) : QObject(parent) {}

    static bool mayCall(const QUrl &address);
    bool isFull() const { return m_underWay >= kMostCalls; }
    bool isBusy() const { return m_underWay > 0; }
    /// POSTs `body`, which is JSON. Ends within five seconds; then takeOutcomes() knows under `key` whether it was answered with 2xx.
    void post(const QString &key, const QUrl &address, const QByteArray &body);
    QHash<QString, bool> takeOutcomes();
    void abortAll();

private:
    void settle(const QString &key, bool ok);

    int m_underWay = 0;
    QHash<QString, bool> m_outcomes;
};

} // namespace novita
