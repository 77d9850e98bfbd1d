// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/secretprompt.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>

namespace novita {

namespace {

const QString kService = QStringLiteral("org.freedesktop.secrets");
const QString kInterface = QStringLiteral("org.freedesktop.Secret.Prompt");

} // namespace

SecretPrompt::SecretPrompt(const QDBusConnection &bus, const QDBusObjectPath &path, QObject *parent)
    : QObject(parent)
    , m_bus(bus)
    , m_path(path.path())
{
    // No service name in the match: with one, Qt asks the bus for its owner and waits for the answer. A forged signal does
    // no harm, because the state is asked for anew after it.
    m_bus.connect(QString(), m_path, kInterface, QStringLiteral("Completed"), this, SLOT(onCompleted(bool, QDBusVariant)));
}

SecretPrompt::~SecretPrompt()
{
    if (m_open)
        m_bus.send(QDBusMessage::createMethodCall(kService, m_path, kInterface, QStringLiteral("Dismiss")));
}

void SecretPrompt::show()
{
    m_open = true;
    QDBusMessage message = QDBusMessage::createMethodCall(kService, m_path, kInterface, QStringLiteral("Prompt"));
    message << QString(); // no parent window
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(message), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher *done) {
        done->deleteLater();
        if (done->isError())
            finish();
    });
}

void SecretPrompt::onCompleted(bool, const QDBusVariant &) { finish(); }

void SecretPrompt::finish()
{
    if (!std::exchange(m_open, false))
        return;
    emit finished();
}

} // namespace novita
