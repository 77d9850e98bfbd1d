// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/eventwords.h"

#include <QCoreApplication>

namespace novita::eventwords {

namespace {

struct EventWords
{
    Q_DECLARE_TR_FUNCTIONS(EventWords)
};

} // namespace

Look look(EventSeverity severity)
{
    switch (severity) {
    case EventSeverity::Success:
        return {EventWords::tr("Success"), StateTone::Good, QStringLiteral("checkmark")};
    case EventSeverity::Warning:
        return {EventWords::tr("Warning"), StateTone::Warn, QStringLiteral("emblem-warning")};
    case EventSeverity::Problem:
        return {EventWords::tr("Problem"), StateTone::Bad, QStringLiteral("dialog-close")};
    case EventSeverity::Info:
        break;
    }
    return {EventWords::tr("Info"), StateTone::Idle, QStringLiteral("help-about")};
}

QString source(EventSource source)
{
    switch (source) {
    case EventSource::You:
        return EventWords::tr("you");
    case EventSource::Poll:
        return EventWords::tr("poll");
    case EventSource::Policy:
        return EventWords::tr("rule");
    case EventSource::Webhook:
        return EventWords::tr("webhook");
    case EventSource::LocalApi:
        return EventWords::tr("local API");
    case EventSource::System:
        break;
    }
    return EventWords::tr("program");
}

} // namespace novita::eventwords
