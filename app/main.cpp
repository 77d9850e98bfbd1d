// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"
#include "app/commandline.h"
#include "app/logsink.h"
#include "app/posixsignals.h"
#include "app/singleinstance.h"
#include "core/base/logbuffer.h"
#include "core/base/logging.h"
#include "core/base/redact.h"
#include "core/settings/settings.h"
#include "ui/testids.h"

#include <QApplication>
#include <QDir>

#include <cstdio>

using namespace novita;

namespace {

int fail(const QString &sentence)
{
    std::fputs(qPrintable(QStringLiteral("novita-console: ") + sentence + QLatin1Char('\n')), stderr);
    return 2;
}

/// Without one Qt ends the process with a hint at a broken installation. Platforms that need none are asked for by name.
bool hasDisplay()
{
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")
        || !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
}

/// To the person at the terminal, who asked for a console and gets one that was there already.
void tellOfTheFirst(const Options &options)
{
    QString text = QCoreApplication::translate("main", "The console that uses %1 is running already; its window was brought to the front.").arg(options.dataDir);
    if (options.choosesAccount())
        text += QLatin1Char(' ') + QCoreApplication::translate("main", "It keeps its profile: use another --data-dir for a second console.");
    std::fputs(qPrintable(text + QLatin1Char('\n')), stdout);
}

int run(QApplication &qt, const Options &options)
{
    SingleInstance single(options.dataDir);
    if (options.tourDir.isEmpty() && !single.claim()) {
        single.forward({{QStringLiteral("page"), options.page}}, [&options](bool ok) {
            if (ok)
                tellOfTheFirst(options);
            QCoreApplication::exit(ok ? 0 : fail(QCoreApplication::translate("main", "Another console uses %1, but does not answer.").arg(options.dataDir)));
        });
        return qt.exec();
    }

    LogBuffer log;
    LogSink sink(options.dataDir + QStringLiteral("/log"), log);
    Settings settings(options.dataDir, QProcessEnvironment::systemEnvironment());
    Application application(qt, options, settings, sink, log);
    QObject::connect(&single, &SingleInstance::messageReceived, &application, &Application::handleForwarded);
    const PosixSignals posixSignals;
    QObject::connect(&posixSignals, &PosixSignals::terminateRequested, &application, &Application::end);
    if (const Result<Done> started = application.start(); !started)
        return fail(started.error().message);
    return qt.exec();
}

} // namespace

int main(int argc, char *argv[])
{
    PosixSignals::forbidCoreDumps();
    QCoreApplication::setApplicationName(QStringLiteral("novita-console"));
    QCoreApplication::setApplicationVersion(QStringLiteral(NOVITA_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("novita-console"));

    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    // Before QApplication: --help must work without a display.
    const Result<CommandLineOutcome> outcome = parseCommandLine(arguments, QProcessEnvironment::systemEnvironment());
    if (!outcome)
        return fail(outcome.error().message);
    if (outcome->kind == CommandLineOutcome::Kind::PrintAndExit) {
        std::fputs(qPrintable(outcome->text), stdout);
        return 0;
    }
    registerSecret(outcome->options.environmentKey);
    if (const QString reason = PosixSignals::makePrivateDirectory(outcome->options.dataDir); !reason.isEmpty())
        return fail(QCoreApplication::translate("main", "The folder %1 cannot be used: %2.").arg(outcome->options.dataDir, reason));
    if (!hasDisplay())
        return fail(QCoreApplication::translate("main", "There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set."));
    QApplication qt(argc, argv);
    QApplication::setQuitOnLastWindowClosed(true);
    installTestIds(qt);
    return run(qt, outcome->options);
}
