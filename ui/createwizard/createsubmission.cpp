// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/createwizard/createsubmission.h"

namespace novita {

CreateSubmission::CreateSubmission(Sender send, Reader readInstances, QObject *parent)
    : QObject(parent), m_send(std::move(send)), m_read(std::move(readInstances))
{
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
    if (m_settled != State::Unknown)
        return;
    if (!result)
        m_error = result.error();
    setState(State::Unknown);
}

void CreateSubmission::settle(const CreateOutcome &outcome)
{
    if (m_settled != State::Unknown || m_running || outcome.name != m_name)
        return;
    m_look.reset();
    m_error.reset();
    m_outcome = outcome;
    setState(State::Done);
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
