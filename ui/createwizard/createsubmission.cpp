// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/createwizard/createsubmission.h"

#include "core/cloud/stores/instancestore.h"

namespace novita {

CreateSubmission::CreateSubmission(Sender send, Reader readInstances, const InstanceStore &instances, QObject *parent)
    : QObject(parent), m_send(std::move(send)), m_read(std::move(readInstances)), m_instances(instances)
{
    connect(&instances, &EntityStoreBase::inserted, this, [this] {
        if (m_settled == State::Unknown && !m_running)
            adoptIfFound();
    });
}

CreateSubmission::State CreateSubmission::state() const
{
    if (m_running)
        return State::Running;
    return m_look.isBusy() ? State::Looking : m_settled;
}

bool CreateSubmission::submit(const InstanceDraft &draft)
{
    if (m_settled == State::Unknown || m_settled == State::Done || m_running)
        return false;
    send(draft);
    return true;
}

bool CreateSubmission::submitAgain(const InstanceDraft &draft)
{
    if (m_settled != State::Unknown || m_running)
        return false;
    send(draft);
    return true;
}

void CreateSubmission::send(const InstanceDraft &draft)
{
    m_look.reset();
    m_error.reset();
    m_name = draft.name;
    const QList<InstanceId> &known = m_instances.ids();
    m_before = QSet<InstanceId>(known.begin(), known.end());
    Call<CreateOutcome> *call = m_send(draft);
    m_running = call;
    call->onFinished(this, [this, call](const Result<CreateOutcome> &result) {
        if (m_running == call) // not forgotten meanwhile
            finish(result);
    });
    emit stateChanged();
}

void CreateSubmission::finish(const Result<CreateOutcome> &result)
{
    m_running = nullptr;
    if (!result) {
        m_error = result.error();
        // An aborted request may have taken effect as much as one whose reply was lost.
        setState(result.error().effectUnknown ? State::Unknown : State::Failed);
        return;
    }
    m_outcome = *result;
    if (!m_outcome.name.isEmpty())
        m_name = m_outcome.name;
    setState(result->kind == CreateOutcome::Kind::Unknown ? State::Unknown : State::Done);
}

void CreateSubmission::lookAgain()
{
    if (state() != State::Unknown)
        return;
    m_error.reset();
    m_look.reset(m_read())->onFinished(this, [this](const Result<int> &result) { looked(result); });
    emit stateChanged();
}

void CreateSubmission::looked(const Result<int> &result)
{
    m_look.reset();
    if (m_settled != State::Unknown || adoptIfFound())
        return;
    if (!result)
        m_error = result.error();
    setState(State::Unknown);
}

bool CreateSubmission::adoptIfFound()
{
    for (const InstanceId &id : m_instances.ids()) {
        if (m_before.contains(id) || m_instances.find(id)->name != m_name)
            continue;
        m_look.reset();
        m_error.reset();
        m_outcome = {CreateOutcome::Kind::Adopted, id, m_name, tr("%1 was created after all.").arg(m_name)};
        setState(State::Done);
        return true;
    }
    return false;
}

void CreateSubmission::forget()
{
    m_running = nullptr;
    m_look.reset();
    m_error.reset();
    setState(State::Idle);
}

void CreateSubmission::setState(State state)
{
    m_settled = state;
    emit stateChanged();
}

} // namespace novita
