// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/database/rulelog.h"

#include <QByteArray>
#include <QLatin1String>
#include <QList>
#include <QString>

#include <cstdint>
#include <optional>

namespace novita {

/// Waiting and Sending are open. A message that was being sent when the program ended waits again.
enum class OutgoingState : std::uint8_t {
    Waiting,
    Sending,
    Delivered, ///< the receiver answered 2xx
    Failed,    ///< it was tried as often as it was to be, or the answer was final
    Dropped,   ///< not tried any more: the queue was full, the rule was switched off or is gone
};
inline constexpr OutgoingState kLastOutgoingState = OutgoingState::Dropped;

/// An event on its way to the target of one rule, or what became of it. Body and id are the same in every attempt.
struct OutgoingMessage
{
    qint64 seq = 0;          ///< of its row, in the order of the events
    QByteArray id;           ///< webhook-id: "msg_…"
    QString lane;            ///< one message of a lane is under way at a time, in their order
    RuleId rule;
    QString ruleName;        ///< as it was then
    QString kind;            ///< webhookevent::kindName(), or "test"
    QString subject;         ///< instance id
    QString subjectName;
    QByteArray body;         ///< exact bytes; empty in lists
    OutgoingState state = OutgoingState::Waiting;
    int attempts = 0;        ///< made
    int tries = 1;           ///< allowed
    TimePoint createdAt{};
    TimePoint dueAt{};       ///< of the next attempt
    std::optional<TimePoint> endedAt;
    int status = 0;          ///< HTTP status of the last attempt; 0 when there was no answer
    Milliseconds took{0};    ///< the last attempt
    QString note;            ///< why the last attempt failed, or why there is none

    bool isOpen() const { return state == OutgoingState::Waiting || state == OutgoingState::Sending; }
    bool isTest() const { return kind == QLatin1String("test"); }
    bool operator==(const OutgoingMessage &) const = default;
};

struct OutgoingAttempt
{
    TimePoint at{};          ///< also the timestamp that was sent
    QString target;
    QString address;         ///< that was connected to; empty when none was
    bool isSigned = false;
    int status = 0;          ///< 0 when no answer came
    Milliseconds took{0};
    QString problem;         ///< a sentence; empty when it was delivered
    QString answer;          ///< beginning of what a receiver said that did not take it; redacted

    bool operator==(const OutgoingAttempt &) const = default;
};

struct OutgoingRecord
{
    OutgoingMessage message;           ///< with its body
    QList<OutgoingAttempt> attempts;   ///< oldest first
};

} // namespace novita
