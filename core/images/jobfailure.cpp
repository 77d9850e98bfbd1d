// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/jobfailure.h"

namespace novita::jobfailure {

bool mayBeSentLater(const Error &error)
{
    if (error.effectUnknown)
        return false;
    switch (error.kind) {
    case ErrorKind::Network:
    case ErrorKind::Timeout:
    case ErrorKind::Tls:
    case ErrorKind::Unauthorized:
    case ErrorKind::RateLimited:
    case ErrorKind::Quota:
    case ErrorKind::BreakerOpen:
    case ErrorKind::QueueFull:
    case ErrorKind::Keychain:
    case ErrorKind::Canceled:
        return true;
    default:
        return false;
    }
}

bool needsAPerson(const Error &error)
{
    return error.kind == ErrorKind::Unauthorized || error.kind == ErrorKind::Quota ||
           error.kind == ErrorKind::Keychain || error.kind == ErrorKind::Storage;
}

bool isOfLogin(const Error &error)
{
    return error.kind == ErrorKind::Unauthorized || error.kind == ErrorKind::Forbidden;
}

} // namespace novita::jobfailure
