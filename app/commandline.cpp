// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandline.h"

#include "core/settings/profilestore.h"
#include "core/settings/settingskeys.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QStandardPaths>

namespace novita {

namespace {

struct CommandLineWords
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

Error bad(const QString &sentence)
{
    return Error::make(ErrorKind::Validation, sentence);
}

struct Parser
{
    QCommandLineParser parser;
    QCommandLineOption sandbox{QStringLiteral("sandbox"), CommandLineWords::tr("Work with the built-in sandbox instead of the cloud.")};
    QCommandLineOption profile{QStringLiteral("profile"), CommandLineWords::tr("Use this profile."), QStringLiteral("NAME")};
    QCommandLineOption apiRoot{QStringLiteral("api-root"),
                               CommandLineWords::tr("Root of the API for this run; https, or http to this computer. The key comes from NOVITA_API_KEY or is asked for."),
                               QStringLiteral("URL")};
    QCommandLineOption dataDir{QStringLiteral("data-dir"), CommandLineWords::tr("Keep everything the program writes below this folder."), QStringLiteral("DIR")};
    QCommandLineOption page{QStringLiteral("page"), CommandLineWords::tr("Open this page: dashboard, instances, products, templates, images, costs, webhooks, activity, settings."), QStringLiteral("NAME")};
    QCommandLineOption tour{QStringLiteral("tour"), CommandLineWords::tr("Open each page with live data, save a picture of each in this folder, and exit."), QStringLiteral("DIR")};
    QCommandLineOption logLevel{QStringLiteral("log-level"), CommandLineWords::tr("error, warn, info or debug."), QStringLiteral("LEVEL")};
    QCommandLineOption sandboxInstances{QStringLiteral("sandbox-instances"), CommandLineWords::tr("Instances in the built-in sandbox at the start (0-100000)."), QStringLiteral("N")};
    QCommandLineOption sandboxTimeScale{QStringLiteral("sandbox-time-scale"), CommandLineWords::tr("How much faster than real time the built-in sandbox lives (0.1-10000)."), QStringLiteral("X")};
    QCommandLineOption sandboxSeed{QStringLiteral("sandbox-seed"), CommandLineWords::tr("Seed of the built-in sandbox."), QStringLiteral("S")};
    QCommandLineOption receiverPort{QStringLiteral("receiver-port"),
                                    CommandLineWords::tr("Receive webhooks on this port in this run (1-65535; 0 takes a free one). The secret comes from WEBHOOK_SECRET or the keychain."),
                                    QStringLiteral("N")};
    QCommandLineOption localApiPort{QStringLiteral("local-api-port"),
                                    CommandLineWords::tr("Serve the local API on this port in this run (1-65535; 0 takes a free one). The token comes from LOCAL_API_TOKEN or the keychain."),
                                    QStringLiteral("N")};
    QCommandLineOption help{{QStringLiteral("h"), QStringLiteral("help")}, CommandLineWords::tr("Show this help.")};
    QCommandLineOption version{{QStringLiteral("v"), QStringLiteral("version")}, CommandLineWords::tr("Show the version.")};

    Parser()
    {
        parser.setApplicationDescription(CommandLineWords::tr("Desktop console for the Novita.ai GPU cloud."));
        parser.addOptions({sandbox, profile, apiRoot, dataDir, page, tour, logLevel, sandboxInstances, sandboxTimeScale, sandboxSeed, receiverPort, localApiPort, help, version});
    }
};

/// What else decides how the program starts.
QString environmentHelp()
{
    QStringList settings;
    keys::forEach([&settings](const auto &key) {
        if (!key.environment.isEmpty())
            settings.append(key.environment);
    });
    return CommandLineWords::tr("Environment:\n"
              "  NOVITA_API_KEY             API key for this run; written nowhere.\n"
              "  NOVITA_API_BASE_URL,\n"
              "  NOVITA_API_URL             Root of the API for this run, if --api-root is not given.\n"
              "  WEBHOOK_SECRET             Signing secret of received webhooks for this run; written nowhere.\n"
              "  WEBHOOK_URL                Where webhooks are sent in this run, signed with WEBHOOK_SECRET; written nowhere.\n"
              "  WEBHOOK_PATH_TOKEN         Token in the path of unsigned task events for this run; written nowhere.\n"
              "  LOCAL_API_TOKEN            Token of the local API for this run; written nowhere.\n"
              "Settings for this run: %1.\n").arg(settings.join(QStringLiteral(", ")));
}

/// An option that was given must say something.
std::optional<Error> refuseEmpty(const Parser &p)
{
    const std::initializer_list<std::pair<const QCommandLineOption *, QString>> needs{
        {&p.profile, CommandLineWords::tr("--profile needs the name of a profile.")}, {&p.page, CommandLineWords::tr("--page needs the name of a page.")},
        {&p.dataDir, CommandLineWords::tr("--data-dir needs a folder.")}, {&p.tour, CommandLineWords::tr("--tour needs a folder.")}};
    for (const auto &[option, sentence] : needs) {
        if (p.parser.isSet(*option) && p.parser.value(*option).isEmpty())
            return bad(sentence);
    }
    return std::nullopt;
}

std::optional<Error> readApiRoot(const Parser &p, const QProcessEnvironment &environment, Options &options)
{
    QString text;
    if (p.parser.isSet(p.apiRoot)) {
        options.apiRootSource = QStringLiteral("--api-root");
        text = p.parser.value(p.apiRoot);
    } else {
        for (const QString &name : {QStringLiteral("NOVITA_API_BASE_URL"), QStringLiteral("NOVITA_API_URL")}) {
            if (!environment.value(name).isEmpty()) {
                options.apiRootSource = name;
                text = environment.value(name);
                break;
            }
        }
    }
    if (options.apiRootSource.isEmpty())
        return std::nullopt;
    const Result<QUrl> root = ProfileStore::validateApiRoot(text);
    if (!root)
        return bad(QStringLiteral("%1: %2").arg(options.apiRootSource, root.error().message));
    options.apiRoot = *root;
    return std::nullopt;
}

std::optional<Error> readSandbox(const Parser &p, Options &options)
{
    bool ok = true;
    if (p.parser.isSet(p.sandboxInstances)) {
        options.sandboxInstances = p.parser.value(p.sandboxInstances).toInt(&ok);
        if (!ok || options.sandboxInstances < 0 || options.sandboxInstances > 100000)
            return bad(CommandLineWords::tr("--sandbox-instances takes a whole number from 0 to 100000."));
    }
    if (p.parser.isSet(p.sandboxTimeScale)) {
        options.sandboxTimeScale = p.parser.value(p.sandboxTimeScale).toDouble(&ok);
        if (!ok || !(options.sandboxTimeScale >= 0.1 && options.sandboxTimeScale <= 10000))
            return bad(CommandLineWords::tr("--sandbox-time-scale takes a number from 0.1 to 10000."));
    }
    if (p.parser.isSet(p.sandboxSeed)) {
        options.sandboxSeed = p.parser.value(p.sandboxSeed).toULongLong(&ok);
        if (!ok)
            return bad(CommandLineWords::tr("--sandbox-seed takes a whole number."));
    }
    return std::nullopt;
}

std::optional<Error> readReceiver(const Parser &p, const QProcessEnvironment &environment, Options &options)
{
    options.webhookUrl = environment.value(QStringLiteral("WEBHOOK_URL")).trimmed();
    options.webhooks.secret = environment.value(QStringLiteral("WEBHOOK_SECRET"));
    options.webhooks.pathToken = environment.value(QStringLiteral("WEBHOOK_PATH_TOKEN")).trimmed();
    if (!p.parser.isSet(p.receiverPort))
        return std::nullopt;
    bool ok = false;
    options.webhooks.port = p.parser.value(p.receiverPort).toUShort(&ok);
    if (!ok)
        return bad(CommandLineWords::tr("--receiver-port takes a whole number from 0 to 65535."));
    return std::nullopt;
}

std::optional<Error> readLocalApi(const Parser &p, const QProcessEnvironment &environment, Options &options)
{
    options.localApi.token = environment.value(QStringLiteral("LOCAL_API_TOKEN")).trimmed();
    if (!p.parser.isSet(p.localApiPort))
        return std::nullopt;
    bool ok = false;
    options.localApi.port = p.parser.value(p.localApiPort).toUShort(&ok);
    if (!ok)
        return bad(CommandLineWords::tr("--local-api-port takes a whole number from 0 to 65535."));
    return std::nullopt;
}

} // namespace

Result<CommandLineOutcome> parseCommandLine(const QStringList &arguments, const QProcessEnvironment &environment)
{
    Parser p;
    CommandLineOutcome outcome;
    if (!p.parser.parse(arguments))
        return bad(p.parser.errorText() + QLatin1Char(' ') + CommandLineWords::tr("Use --help to see what is possible."));
    if (p.parser.isSet(p.help)) {
        outcome.kind = CommandLineOutcome::Kind::PrintAndExit;
        // The parser takes the name from the application object, which does not exist yet.
        outcome.text = p.parser.helpText().replace(QLatin1String("<executable_name>"), QLatin1String("novita-console"))
                       + QLatin1Char('\n') + environmentHelp();
        return outcome;
    }
    if (p.parser.isSet(p.version)) {
        outcome.kind = CommandLineOutcome::Kind::PrintAndExit;
        outcome.text = QStringLiteral("novita-console " NOVITA_VERSION "\n");
        return outcome;
    }
    if (!p.parser.positionalArguments().isEmpty())
        return bad(CommandLineWords::tr("“%1” is not an option. Use --help to see what is possible.").arg(p.parser.positionalArguments().first()));

    if (auto error = refuseEmpty(p))
        return *error;
    Options &options = outcome.options;
    options.sandbox = p.parser.isSet(p.sandbox);
    options.profileName = p.parser.value(p.profile);
    options.page = p.parser.value(p.page);
    options.environmentKey = environment.value(QStringLiteral("NOVITA_API_KEY")).trimmed();
    options.dataDir = p.parser.isSet(p.dataDir) ? QDir(p.parser.value(p.dataDir)).absolutePath()
                                                : QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    if (p.parser.isSet(p.tour))
        options.tourDir = QDir(p.parser.value(p.tour)).absolutePath();
    options.logLevel = p.parser.value(p.logLevel);
    static const QStringList levels{QStringLiteral("error"), QStringLiteral("warn"), QStringLiteral("info"), QStringLiteral("debug")};
    if (p.parser.isSet(p.logLevel) && !levels.contains(options.logLevel))
        return bad(CommandLineWords::tr("--log-level takes error, warn, info or debug."));
    if (options.sandbox && p.parser.isSet(p.apiRoot))
        return bad(CommandLineWords::tr("--sandbox and --api-root exclude each other."));
    if (options.sandbox && p.parser.isSet(p.profile))
        return bad(CommandLineWords::tr("--sandbox and --profile exclude each other."));
    if (auto error = readSandbox(p, options))
        return *error;
    if (auto error = readReceiver(p, environment, options))
        return *error;
    if (auto error = readLocalApi(p, environment, options))
        return *error;
    if (!options.sandbox) {
        if (auto error = readApiRoot(p, environment, options))
            return *error;
    }
    return outcome;
}

} // namespace novita
