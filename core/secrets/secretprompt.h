// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QObject>

namespace novita {

/// A prompt of the Secret Service: shown, waited for, dismissed when this object goes before its end.
class SecretPrompt final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SecretPrompt)

public:
    SecretPrompt(const QDBusConnection &bus, const QDBusObjectPath &path, QObject *parent);
    ~SecretPrompt() override;

    /// Asks the service to show it. `finished()` follows, at once if it cannot be shown.
    void show();

signals:
    void finished();

private slots:
    void onCompleted(bool dismissed, const QDBusVariant &result);

private:
    void finish();

    QDBusConnection m_bus;
    QString m_path;
    bool m_open = false;
};

} // namespace novita
