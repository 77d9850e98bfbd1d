// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/paymentwatch.h"

#include "core/base/logging.h"
#include "core/cloud/types/instance.h"
#include "core/workflows/actionrules.h"
#include "core/workflows/actiontexts.h"
#include "core/workflows/instancecommands.h"
#include "core/workflows/refresher.h"
#include "core/workflows/stores.h"

#include <QUuid>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

using L1 = QLatin1String;

QString kindOf(InstanceAction action)
{
    return action == InstanceAction::Renew ? QStringLiteral("renew") : QStringLiteral("toMonthly");
}

/// Two minutes in all: a paid term has been seen to show after some ten seconds.
QList<Milliseconds> programWaits()
{
    return {Milliseconds(3000), Milliseconds(5000), Milliseconds(8000), Milliseconds(14000), Milliseconds(20000), Milliseconds(30000), Milliseconds(40000)};
}

} // namespace

PaymentWatch::PaymentWatch(Stores &stores, Refresher &refresher, InstanceCommands &commands, OperationLog &operations, const Clock &clock,
                           QObject *parent)
    : QObject(parent)
    , m_stores(stores)
    , m_refresher(refresher)
    , m_commands(commands)
    , m_operations(operations)
    , m_clock(clock)
    , m_worker(QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_waits(programWaits())
{
    commands.setPaymentJournal(this);
    connect(&commands, &InstanceCommands::taken, this, &PaymentWatch::onTaken);
    connect(&commands, &InstanceCommands::notTaken, this, &PaymentWatch::onNotTaken);
    connect(&stores.instances, &EntityStoreBase::wasReset, this, &PaymentWatch::onReset);
}

PaymentWatch::~PaymentWatch()
{
    m_commands.setPaymentJournal(nullptr);
}

/// Another key: the command that waited for the answer is gone and tells nobody, so the instance has to. Another profile is told of by
/// setProfile().
void PaymentWatch::onReset()
{
    QList<OperationId> waiting;
    for (auto &[id, payment] : m_payments) {
        if (std::exchange(payment.sending, false))
            waiting.append(id);
    }
    for (const OperationId &id : std::as_const(waiting))
        doubt(id);
}

void PaymentWatch::forgetAll()
{
    for (const auto &[id, payment] : m_payments)
        payment.timer->deleteLater();
    m_payments.clear();
}

void PaymentWatch::setProfile(const ProfileId &profile)
{
    forgetAll();
    m_profile = profile;
    m_loading.reset();
    if (profile.isEmpty())
        return;
    OperationLog::Filter open;
    open.kinds = {kindOf(InstanceAction::Renew), kindOf(InstanceAction::ToMonthly)};
    open.openOnly = true;
    m_loading.reset(m_operations.read(profile, open))->onFinished(this, [this](const Result<QList<Operation>> &found) {
        if (!found)
            return; // without history nothing is there to go on with; the banner says why
        for (const Operation &operation : *found)
            resume(operation);
    });
}

std::optional<PaymentWatch::Payment> PaymentWatch::fromLog(const Operation &operation)
{
    Payment payment;
    payment.operation = operation;
    payment.action = operation.kind == kindOf(InstanceAction::Renew) ? InstanceAction::Renew : InstanceAction::ToMonthly;
    if (const QJsonValue end = operation.payload.value(L1("endBefore")); end.isDouble())
        payment.endBefore = TimePoint(Milliseconds(static_cast<qint64>(end.toDouble())));
    payment.sending = false;
    return operation.subject.isEmpty() ? std::nullopt : std::optional(payment);
}

void PaymentWatch::resume(const Operation &operation)
{
    if (m_payments.contains(operation.id))
        return;
    m_operations.claim(operation.id, operation.worker, m_worker)->onFinished(this, [this, operation](const Result<bool> &claimed) {
        std::optional<Payment> payment = fromLog(operation);
        if (!claimed.valueOr(false) || !payment || operation.profile != m_profile)
            return;
        payment->operation.worker = m_worker;
        payment->timer = new QTimer(this);
        m_payments.insert_or_assign(operation.id, *payment);
        qCInfo(lcWorkflow).noquote() << "looking whether" << operation.kind << "of" << operation.subject << "was paid";
        doubt(operation.id);
    });
}

Call<Done> *PaymentWatch::sending(const Instance &before, const InstanceRequest &request)
{
    Payment payment;
    payment.action = request.action();
    payment.endBefore = before.endTime;
    payment.timer = new QTimer(this);
    Operation &operation = payment.operation;
    operation.id = OperationLog::newId();
    operation.profile = m_profile;
    operation.kind = kindOf(request.action());
    operation.subject = before.id.toString();
    operation.title = before.displayName();
    operation.state = OperationState::Running;
    operation.worker = m_worker;
    operation.createdAt = operation.updatedAt = m_clock.now();
    operation.payload = {{L1("months"), request.input<TermRequest>().months}};
    if (before.endTime)
        operation.payload.insert(L1("endBefore"), static_cast<double>(before.endTime->time_since_epoch().count()));
    m_payments.insert_or_assign(operation.id, payment);
    Call<Done> *saved = m_operations.save(operation);
    emit changed(operation.id);
    return saved;
}

OperationId PaymentWatch::sendingFor(const InstanceId &id) const
{
    const auto found = std::find_if(m_payments.begin(), m_payments.end(), [&id](const auto &entry) {
        return entry.second.sending && entry.second.operation.subject == id.toString();
    });
    return found == m_payments.end() ? OperationId() : found->first;
}

bool PaymentWatch::isInDoubt(const InstanceId &id) const
{
    return std::any_of(m_payments.begin(), m_payments.end(), [&id](const auto &entry) {
        return !entry.second.sending && entry.second.operation.subject == id.toString();
    });
}

void PaymentWatch::onTaken(const Instance &before, InstanceAction action)
{
    if (const OperationId id = sendingFor(before.id); paysAtOnce(action) && !id.isEmpty())
        close(id, OperationState::Done, {});
}

void PaymentWatch::onNotTaken(const Instance &before, const InstanceRequest &request, const Error &error)
{
    const OperationId id = sendingFor(before.id);
    if (!paysAtOnce(request.action()) || id.isEmpty())
        return;
    if (error.effectUnknown) {
        m_payments.at(id).sending = false;
        doubt(id);
    } else {
        close(id, error.isCanceled() ? OperationState::Canceled : OperationState::Failed, error.message);
    }
}

void PaymentWatch::doubt(const OperationId &id)
{
    QTimer *timer = m_payments.at(id).timer;
    timer->setSingleShot(true);
    connect(timer, &QTimer::timeout, this, [this, id] { look(id); });
    timer->start(m_waits.first());
    emit changed(id);
}

void PaymentWatch::look(const OperationId &id)
{
    const auto found = m_payments.find(id);
    if (found == m_payments.end())
        return;
    m_refresher.refreshInstance(InstanceId(found->second.operation.subject), true)->onFinished(this, [this, id](const Result<Done> &read) {
        onLooked(id, read);
    });
}

void PaymentWatch::onLooked(const OperationId &id, const Result<Done> &read)
{
    const auto found = m_payments.find(id);
    if (found == m_payments.end())
        return; // another account was taken up
    Payment &payment = found->second;
    const InstanceId instance(payment.operation.subject);
    const bool gone = !read && read.error().kind == ErrorKind::NotFound;
    const Instance *now = read ? m_stores.instances.find(instance) : nullptr;
    const bool paid = now && (payment.action == InstanceAction::ToMonthly ? now->billing == BillingMode::Monthly
                                                                           : payment.endBefore && now->endTime && *now->endTime > *payment.endBefore);
    ++payment.tries;
    payment.looks += read || gone ? 1 : 0;
    if (!paid && !gone && payment.looks < m_waits.size()) {
        payment.timer->start(m_waits.at(std::min<qsizetype>(payment.tries, m_waits.size() - 1)));
        return;
    }
    tell(payment, paid);
    if (paid)
        close(id, OperationState::Done, tr("The answer was lost, but the instance shows it."));
    else
        close(id, OperationState::Failed, tr("It is not known whether it was paid: look at the bills."));
}

void PaymentWatch::close(const OperationId &id, OperationState state, const QString &message)
{
    const auto found = m_payments.find(id);
    Operation operation = found->second.operation;
    const bool wasInDoubt = !found->second.sending;
    found->second.timer->deleteLater();
    m_payments.erase(found);
    operation.state = state;
    operation.updatedAt = m_clock.now();
    if (!message.isEmpty())
        operation.outcome = {{L1("message"), message}};
    m_operations.save(operation);
    emit changed(id);
    if (wasInDoubt)
        m_commands.notePaymentSettled(InstanceId(operation.subject));
}

void PaymentWatch::tell(const Payment &payment, bool paid) const
{
    const QString &name = payment.operation.title;
    ActivityEvent event;
    event.severity = paid ? EventSeverity::Success : EventSeverity::Problem;
    if (!paid)
        event.text = actiontexts::inDoubt(payment.action, name, tr("the instance does not show it. Look at the bills before you ask for it again, or it may be paid twice."));
    else if (payment.action == InstanceAction::Renew)
        event.text = tr("“%1” was renewed: the answer was lost, but its paid term ends later now.").arg(name);
    else
        event.text = tr("“%1” was converted to monthly billing: the answer was lost, but the instance shows it.").arg(name);
    event.at = m_clock.now();
    event.source = EventSource::Poll;
    event.subjectId = payment.operation.subject;
    event.subjectName = name;
    m_stores.activity.addEvent(std::move(event));
}

} // namespace novita
