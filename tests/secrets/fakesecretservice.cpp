// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/secrets/fakesecretservice.h"

#include <QDBusMetaType>

namespace novita {

namespace {

const QString kConnection = QStringLiteral("fake-secret-service");
const QString kCollectionPath = QStringLiteral("/org/freedesktop/secrets/collection/login");
const QString kPromptPath = QStringLiteral("/org/freedesktop/secrets/prompt/p1");

} // namespace

void FakePrompt::Prompt(const QString &) { ++shown; }

void FakePrompt::Dismiss()
{
    ++dismissed;
    emit Completed(true, QDBusVariant(QString()));
}

FakeSecretService::FakeSecretService() : m_bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus, kConnection))
{
    qDBusRegisterMetaType<QList<QDBusObjectPath>>();
    const auto everything = QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals | QDBusConnection::ExportAllProperties;
    const bool ready = m_bus.registerObject(QStringLiteral("/org/freedesktop/secrets"), this, everything)
        && m_bus.registerObject(kCollectionPath, &collection, everything) && m_bus.registerObject(kPromptPath, &prompt, everything)
        && m_bus.registerService(QStringLiteral("org.freedesktop.secrets"));
    if (!ready)
        qFatal("No bus to play the Secret Service on");
}

FakeSecretService::~FakeSecretService() { QDBusConnection::disconnectFromBus(kConnection); }

QDBusObjectPath FakeSecretService::ReadAlias(const QString &name)
{
    const bool known = hasCollection && name == QStringLiteral("default");
    return QDBusObjectPath(known ? kCollectionPath : QStringLiteral("/"));
}

QDBusObjectPath FakeSecretService::promptPath() const { return QDBusObjectPath(needsPrompt ? kPromptPath : QStringLiteral("/")); }

QList<QDBusObjectPath> FakeSecretService::Unlock(const QList<QDBusObjectPath> &objects, QDBusObjectPath &path)
{
    path = promptPath();
    if (needsPrompt)
        return {};
    collection.locked = false;
    return objects;
}

QDBusObjectPath FakeSecretService::CreateCollection(const QVariantMap &properties, const QString &alias, QDBusObjectPath &path)
{
    if (properties.contains(QStringLiteral("org.freedesktop.Secret.Collection.Label")) && alias == QStringLiteral("default"))
        ++created;
    path = promptPath();
    if (needsPrompt)
        return QDBusObjectPath(QStringLiteral("/"));
    hasCollection = true;
    collection.locked = false;
    return QDBusObjectPath(kCollectionPath);
}

} // namespace novita
