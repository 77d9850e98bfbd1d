// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QString>

namespace novita {

enum class EventSeverity { Info, Success, Warning, Problem };
/// Who caused it, or told of it: the person at the screen, a poll that saw it, a rule, the program itself, a webhook that said so, another
/// program by the local API. The numbers stand in the history file: add at the end only.
enum class EventSource { You, Poll, Policy, System, Webhook, LocalApi };
inline constexpr EventSource kLastEventSource = EventSource::LocalApi;

/// Something that happened and that a person may want to find again.
struct ActivityEvent
{
    quint64 serial = 0;
    TimePoint at{};
    EventSeverity severity = EventSeverity::Info;
    EventSource source = EventSource::System;
    QString subjectId;   ///< instance id or empty; what a click opens
    QString subjectName;
    QString text;        ///< one sentence, translated, redacted
    QString detail;      ///< redacted; error details, correlation id
};

} // namespace novita
