// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QList>
#include <QMap>
#include <QObject>
#include <QVariantMap>

namespace novita {

/// org.freedesktop.Secret.Collection: only whether it is locked.
class FakeCollection final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Secret.Collection")
    Q_PROPERTY(bool Locked MEMBER locked)

public:
    bool locked = true;
};

/// org.freedesktop.Secret.Prompt: shown until the test answers.
class FakePrompt final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Secret.Prompt")

public:
    int shown = 0;
    int dismissed = 0;

public slots:
    void Prompt(const QString &windowId);
    void Dismiss();

signals:
    void Completed(bool dismissed, const QDBusVariant &result);
};

/// org.freedesktop.Secret.Service with one keyring, on a bus connection of its own, in this process.
class FakeSecretService final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Secret.Service")

public:
    FakeSecretService();
    ~FakeSecretService() override;

    bool hasCollection = true;
    bool needsPrompt = true;
    int created = 0;
    FakeCollection collection;
    FakePrompt prompt;

public slots:
    QDBusObjectPath ReadAlias(const QString &name);
    QList<QDBusObjectPath> Unlock(const QList<QDBusObjectPath> &objects, QDBusObjectPath &prompt);
    QDBusObjectPath CreateCollection(const QVariantMap &properties, const QString &alias, QDBusObjectPath &prompt);

private:
    QDBusObjectPath promptPath() const;

    QDBusConnection m_bus;
};

} // namespace novita
