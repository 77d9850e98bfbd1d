// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/localapi/localapiservice.h"
#include "core/webhooks/webhooksecrets.h"

#include <QProcessEnvironment>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace novita {

/// What a start of novita-console was asked for. A value; the environment is already folded in.
struct Options
{
    bool sandbox = false;           ///< --sandbox: the built-in sandbox, in-process
    QString profileName;            ///< --profile
    std::optional<QUrl> apiRoot;    ///< --api-root, else NOVITA_API_BASE_URL, else NOVITA_API_URL; validated
    QString apiRootSource;          ///< "--api-root" or the variable's name
    QString environmentKey;         ///< NOVITA_API_KEY; secret
    QString dataDir;                ///< absolute; everything the program writes is below it
    QString page;                   ///< --page: id of the page to open
    QString tourDir;                ///< --tour: absolute; pictures of every page, then exit
    QString logLevel;               ///< --log-level: error, warn, info, debug; empty = setting
    int sandboxInstances = 18;      ///< --sandbox-instances
    double sandboxTimeScale = 5.0;  ///< --sandbox-time-scale
    quint64 sandboxSeed = 1;        ///< --sandbox-seed
    QString webhookUrl;             ///< WEBHOOK_URL: where webhooks are sent in this run
    WebhookOverrides webhooks;      ///< --receiver-port, WEBHOOK_SECRET, WEBHOOK_PATH_TOKEN; secret
    LocalApiRun localApi;           ///< --local-api-port, LOCAL_API_TOKEN; secret

    /// Something says which account or cloud this run is about.
    bool choosesAccount() const { return sandbox || apiRoot || !profileName.isEmpty() || !environmentKey.isEmpty(); }
};

/// What main() shall do with the arguments.
struct CommandLineOutcome
{
    enum class Kind { Run, PrintAndExit } kind = Kind::Run;
    Options options;
    QString text; ///< help or version text for PrintAndExit
};

/// Parses the arguments (program name first). Pure. A bad argument is ErrorKind::Validation with one sentence that names
/// it and what is allowed; bad NOVITA_… URLs likewise.
Result<CommandLineOutcome> parseCommandLine(const QStringList &arguments, const QProcessEnvironment &environment);

} // namespace novita
