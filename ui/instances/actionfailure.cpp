// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/actionfailure.h"

#include <QCoreApplication>

namespace novita {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ActionFailure)
};

} // namespace

QString ActionFailure::what() const
{
    switch (action) {
    case InstanceAction::Start: return Text::tr("Could not start “%1”").arg(name);
    case InstanceAction::Stop: return Text::tr("Could not stop “%1”").arg(name);
    case InstanceAction::Restart: return Text::tr("Could not restart “%1”").arg(name);
    case InstanceAction::Delete: return Text::tr("Could not delete “%1”").arg(name);
    default: return Text::tr("Could not change “%1”").arg(name);
    }
}

bool ActionFailure::mayRepeat() const
{
    switch (error.kind) {
    case ErrorKind::Network:
    case ErrorKind::Timeout:
    case ErrorKind::Server:
    case ErrorKind::Protocol:
    case ErrorKind::QueueFull:
    case ErrorKind::BreakerOpen:
        return !error.effectUnknown;
    default:
        return false;
    }
}

} // namespace novita
