// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/actionfailure.h"

#include "ui/instanceforms/actionwords.h"

namespace novita {

QString ActionFailure::what() const
{
    return actionwords::couldNot(request.action(), name);
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
    case ErrorKind::Quota: // a free GPU may turn up; limits and balances do not mend by asking
        return !error.effectUnknown && error.apiReason.contains(QLatin1String("INSUFFICIENT_RESOURCE"));
    default:
        return false;
    }
}

} // namespace novita
