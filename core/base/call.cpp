// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/call.h"

namespace novita {

CallBase::CallBase(QObject *parent) : QObject(parent) {}

CallBase::~CallBase()
{
    if (!m_settled && m_canceler) {
        m_settled = true;
        std::exchange(m_canceler, nullptr)();
    }
}

void CallBase::cancel()
{
    if (m_settled)
        return;
    // Settle first: the canceler may make the producer call resolve() (an aborted reply), which must find a closed door.
    auto canceler = std::exchange(m_canceler, nullptr);
    settleCanceled();
    if (canceler)
        canceler();
}

void CallBase::setCanceler(std::function<void()> canceler)
{
    if (!m_settled)
        m_canceler = std::move(canceler);
}

void CallBase::settle()
{
    m_settled = true;
    m_canceler = nullptr;
    QMetaObject::invokeMethod(
        this,
        [this] {
            QPointer<CallBase> self(this);
            deliver();
            if (!self)
                return;
            emit delivered();
            deleteLater();
        },
        Qt::QueuedConnection);
}

void CallGuard::reset()
{
    if (QPointer<CallBase> call = std::exchange(m_call, nullptr)) {
        call->cancel();
        // Not deleted before its (silent) end: other listeners than the guard's owner do not exist by contract, and a
        // late answer must never land.
        delete call.data();
    }
}

} // namespace novita
