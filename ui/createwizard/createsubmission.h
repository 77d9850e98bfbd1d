// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/workflows/createinstance.h"

#include <QPointer>

#include <functional>
#include <optional>

namespace novita {

/// The sending of a draft, once. While a create is under way a second one is refused; while it is unknown whether the last one
/// took effect, only an explicit submitAgain() sends another.
///
/// A running create is never withdrawn: a request that is on the wire may take effect whether or not somebody waits for it.
/// While the outcome is unknown, settle() may still bring it: CreateInstance tells when the instance turns up.
class CreateSubmission final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CreateSubmission)

public:
    enum class State { Idle, Running, Looking, Unknown, Failed, Done };
    using Sender = std::function<Call<CreateOutcome> *(const InstanceDraft &)>;
    using Reader = std::function<Call<int> *()>; ///< reads the instances anew

    CreateSubmission(Sender send, Reader readInstances, QObject *parent = nullptr);

    State state() const;
    bool isBusy() const { return state() == State::Running || state() == State::Looking; }
    /// False when one is under way, done, or of unknown effect.
    bool submit(const InstanceDraft &draft);
    /// After State::Unknown: reads the instances anew.
    void lookAgain();
    /// The instance of a create of unknown outcome is there after all; others are ignored.
    void settle(const CreateOutcome &outcome);
    bool submitAgain(const InstanceDraft &draft);
    /// Another account: what is known of the last create says nothing there, and of a running one nothing will be heard.
    void forget();

    const std::optional<Error> &error() const { return m_error; } ///< of State::Failed, or of a failed look
    const CreateOutcome &outcome() const { return m_outcome; }
    QString name() const { return m_name; } ///< as sent, once that is known; of the draft before

signals:
    void stateChanged();

private:
    void send(const InstanceDraft &draft);
    void finish(const Result<CreateOutcome> &result);
    void looked(const Result<int> &result);
    void setState(State state);

    Sender m_send;
    Reader m_read;
    QPointer<CallBase> m_running;
    CallGuard m_look;
    State m_settled = State::Idle; ///< while nothing runs
    QString m_name;
    CreateOutcome m_outcome;
    std::optional<Error> m_error;
};

} // namespace novita
