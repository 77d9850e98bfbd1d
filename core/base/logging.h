// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>

/// Every log category of the program. Default level: info. Plain qDebug() and friends are forbidden in core/, ui/ and app/
/// (a test looks for them).
namespace novita {

Q_DECLARE_LOGGING_CATEGORY(lcApp)       ///< "app": start, stop, command line, single instance
Q_DECLARE_LOGGING_CATEGORY(lcNet)       ///< "net": queue, breaker, limiter, transport
Q_DECLARE_LOGGING_CATEGORY(lcHttp)      ///< "http": loopback server
Q_DECLARE_LOGGING_CATEGORY(lcCloud)     ///< "cloud": decode warnings, services, stores
Q_DECLARE_LOGGING_CATEGORY(lcWorkflow)  ///< "workflow": refresher, commands, session
Q_DECLARE_LOGGING_CATEGORY(lcSecrets)   ///< "secrets": keychain states, never values
Q_DECLARE_LOGGING_CATEGORY(lcSettings)  ///< "settings"
Q_DECLARE_LOGGING_CATEGORY(lcDatabase)  ///< "database": history file
Q_DECLARE_LOGGING_CATEGORY(lcSandbox)   ///< "sandbox"
Q_DECLARE_LOGGING_CATEGORY(lcUi)        ///< "ui"

} // namespace novita
