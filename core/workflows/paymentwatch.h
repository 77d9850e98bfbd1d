// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/cloud/types/instancerequest.h"
#include "core/database/operationlog.h"
#include "core/workflows/paymentjournal.h"

#include <QList>
#include <QObject>
#include <QTimer>

#include <map>
#include <optional>

namespace novita {

class InstanceCommands;
class Refresher;
struct ActivityEvent;
struct Error;
struct Instance;
struct Stores;

/// Renewals and conversions to monthly billing, from before the request leaves until it is known whether they were paid, over
/// restarts of the program. They live in the operation log (kinds "renew" and "toMonthly").
///
/// A lost answer, or one that an earlier run of the program waited for, is in doubt: the instance is read at growing intervals until the
/// end of its term or its billing tells. What does not show after the last look is told once as not known, and closed. While
/// it is open InstanceCommands refuses another payment for the instance. A read that fails does not count as a look; the next one comes
/// no sooner for it.
class PaymentWatch final : public QObject, public PaymentJournal
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PaymentWatch)

public:
    PaymentWatch(Stores &stores, Refresher &refresher, InstanceCommands &commands, OperationLog &operations, const Clock &clock,
                 QObject *parent = nullptr);
    ~PaymentWatch() override;

    /// Puts those of the profile before away (they stay in the log) and takes up those of `profile`. An empty one: none.
    void setProfile(const ProfileId &profile);
    /// Between the looks; not empty. There are as many looks as waits; the last wait goes on while reads fail.
    void setWaits(const QList<Milliseconds> &waits) { m_waits = waits; }

    Call<Done> *sending(const Instance &before, const InstanceRequest &request) override;
    bool isInDoubt(const InstanceId &id) const override;

signals:
    /// One was begun, or has moved.
    void changed(const novita::OperationId &id);

private:
    struct Payment
    {
        Operation operation;
        InstanceAction action = InstanceAction::Renew;
        std::optional<TimePoint> endBefore;
        bool sending = true; ///< its command still waits for the answer or looks itself
        int tries = 0;       ///< reads that ended, well or not
        int looks = 0;       ///< of them, those that were answered
        QTimer *timer = nullptr;
    };

    static std::optional<Payment> fromLog(const Operation &operation);
    OperationId sendingFor(const InstanceId &id) const;
    void onTaken(const Instance &before, InstanceAction action);
    void onNotTaken(const Instance &before, const InstanceRequest &request, const Error &error);
    void resume(const Operation &operation);
    void doubt(const OperationId &id);
    void look(const OperationId &id);
    void onLooked(const OperationId &id, const Result<Done> &read);
    void close(const OperationId &id, OperationState state, const QString &message);
    void onReset();
    void forgetAll();
    void tell(const Payment &payment, bool paid) const;

    Stores &m_stores;
    Refresher &m_refresher;
    InstanceCommands &m_commands;
    OperationLog &m_operations;
    const Clock &m_clock;
    const QString m_worker; ///< this run of the program
    QList<Milliseconds> m_waits;
    ProfileId m_profile;
    std::map<OperationId, Payment> m_payments; ///< open ones
    CallGuard m_loading;
};

} // namespace novita
