// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/logging.h"

namespace novita {

Q_LOGGING_CATEGORY(lcApp, "app", QtInfoMsg)
Q_LOGGING_CATEGORY(lcNet, "net", QtInfoMsg)
Q_LOGGING_CATEGORY(lcHttp, "http", QtInfoMsg)
Q_LOGGING_CATEGORY(lcCloud, "cloud", QtInfoMsg)
Q_LOGGING_CATEGORY(lcWorkflow, "workflow", QtInfoMsg)
Q_LOGGING_CATEGORY(lcSecrets, "secrets", QtInfoMsg)
Q_LOGGING_CATEGORY(lcSettings, "settings", QtInfoMsg)
Q_LOGGING_CATEGORY(lcDatabase, "database", QtInfoMsg)
Q_LOGGING_CATEGORY(lcSandbox, "sandbox", QtInfoMsg)
Q_LOGGING_CATEGORY(lcUi, "ui", QtInfoMsg)

} // namespace novita
