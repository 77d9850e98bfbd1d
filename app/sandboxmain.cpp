// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/posixsignals.h"
#include "core/sandbox/sandboxfaults.h"
#include "core/sandbox/sandboxserver.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QTextStream>

#include <algorithm>
#include <cstdlib>
#include <optional>

using namespace novita;

namespace {

constexpr qint64 kMaxFaultBytes = 1024 * 1024;
constexpr qsizetype kShortestKey = 8; // as without --key

void complain(const QString &message)
{
    QTextStream(stderr) << "novita-sandbox: " << message << Qt::endl;
}

/// Reads the option's number; nullopt, after a complaint, when it is none or out of range.
template<typename T, typename Convert>
std::optional<T> numberOf(const QCommandLineParser &parser, const QString &name, double min, double max, Convert convert)
{
    bool ok = false;
    const T value = convert(parser.value(name), &ok);
    if (ok && double(value) >= min && double(value) <= max)
        return value;
    complain(QCoreApplication::translate("Sandbox", "--%1: expected a number of %2 to %3, not \"%4\"").arg(name).arg(min).arg(max, 0, 'f', 0).arg(parser.value(name)));
    return {};
}

/// Line of a byte offset, from 1.
qsizetype lineAt(const QByteArray &text, qsizetype offset)
{
    return 1 + text.left(offset).count('\n');
}

std::optional<QJsonArray> readFaults(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly)) {
        complain(QStringLiteral("%1: %2").arg(fileName, file.errorString()));
        return {};
    }
    const QByteArray text = file.read(kMaxFaultBytes + 1);
    if (text.size() > kMaxFaultBytes) {
        complain(QCoreApplication::translate("Sandbox", "%1: longer than %2 bytes").arg(fileName).arg(kMaxFaultBytes));
        return {};
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text, &error);
    if (error.error != QJsonParseError::NoError) {
        complain(QStringLiteral("%1:%2: %3").arg(fileName).arg(lineAt(text, error.offset)).arg(error.errorString()));
        return {};
    }
    const QJsonValue json = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    const auto faults = parseFaults(json);
    if (!faults) {
        complain(QStringLiteral("%1: %2").arg(fileName, faults.error().message));
        return {};
    }
    return document.isArray() ? document.array() : QJsonArray{document.object()};
}

struct Arguments
{
    SandboxOptions options;
    QJsonArray faults;
};

void addOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(QCoreApplication::translate("Sandbox", "The Novita GPU cloud, simulated on 127.0.0.1."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({{QStringLiteral("port"), QCoreApplication::translate("Sandbox", "Port to listen on; 0 takes a free one."), QStringLiteral("N"), QStringLiteral("0")},
                       {QStringLiteral("seed"), QCoreApplication::translate("Sandbox", "Same seed, same world."), QStringLiteral("S"), QStringLiteral("1")},
                       {QStringLiteral("instances"), QCoreApplication::translate("Sandbox", "Instances that are there from the start."), QStringLiteral("N"), QStringLiteral("0")},
                       {QStringLiteral("time-scale"), QCoreApplication::translate("Sandbox", "State changes go X times faster."), QStringLiteral("X"), QStringLiteral("1")},
                       {QStringLiteral("faults"), QCoreApplication::translate("Sandbox", "JSON file with things that go wrong."), QStringLiteral("FILE")},
                       {QStringLiteral("key"), QCoreApplication::translate("Sandbox", "Accepted API key, of 8 characters or more; may be repeated. Default: any of 8 characters or more that does not begin with \"wrong\"."), QStringLiteral("K")},
                       {QStringLiteral("retired"), QCoreApplication::translate("Sandbox", "Image or video endpoint that is gone, by its id; may be repeated. \"*\": all; \"dated\": those whose last day is over."), QStringLiteral("ID")},
                       {QStringLiteral("webui-auth"), QCoreApplication::translate("Sandbox", "What WebUI servers ask for; default: nothing."), QStringLiteral("USER:PASSWORD")},
                       {QStringLiteral("activity"), QCoreApplication::translate("Sandbox", "Instances that are there from the start also change by themselves.")}});
}

std::optional<Arguments> readArguments(const QCommandLineParser &parser)
{
    const auto toInt = [](const QString &text, bool *ok) { return text.toInt(ok); };
    const auto port = numberOf<int>(parser, QStringLiteral("port"), 0, 65535, toInt);
    const auto seed = numberOf<quint64>(parser, QStringLiteral("seed"), 0, 1e19, [](const QString &text, bool *ok) { return text.toULongLong(ok); });
    const auto instances = numberOf<int>(parser, QStringLiteral("instances"), 0, 100000, toInt);
    const auto scale = numberOf<double>(parser, QStringLiteral("time-scale"), 0.001, 1e6, [](const QString &text, bool *ok) { return text.toDouble(ok); });
    if (!port || !seed || !instances || !scale)
        return {};
    if (!parser.positionalArguments().isEmpty()) {
        complain(QCoreApplication::translate("Sandbox", "unexpected argument \"%1\"; see --help").arg(parser.positionalArguments().first()));
        return {};
    }
    const QStringList keys = parser.values(QStringLiteral("key"));
    const auto isShort = [](const QString &key) { return key.size() < kShortestKey; };
    if (const auto shortKey = std::find_if(keys.begin(), keys.end(), isShort); shortKey != keys.end()) {
        complain(QCoreApplication::translate("Sandbox", "--key: expected %1 characters or more, not %2").arg(kShortestKey).arg(shortKey->size()));
        return {};
    }
    Arguments arguments;
    arguments.options.port = quint16(*port);
    arguments.options.seed = *seed;
    arguments.options.instances = *instances;
    arguments.options.timeScale = *scale;
    arguments.options.servesEndpoints = true;
    arguments.options.keys = keys;
    arguments.options.webUiCredentials = parser.value(QStringLiteral("webui-auth"));
    arguments.options.retired = parser.values(QStringLiteral("retired"));
    arguments.options.ambientActivity = parser.isSet(QStringLiteral("activity"));
    if (parser.isSet(QStringLiteral("faults"))) {
        const auto faults = readFaults(parser.value(QStringLiteral("faults")));
        if (!faults)
            return {};
        arguments.faults = *faults;
    }
    return arguments;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("novita-sandbox"));
    QCoreApplication::setApplicationVersion(QStringLiteral(NOVITA_VERSION));
    QCommandLineParser parser;
    addOptions(parser);
    parser.process(application);
    const auto arguments = readArguments(parser);
    if (!arguments)
        return EXIT_FAILURE;

    SandboxServer server(arguments->options);
    const Result<quint16> port = server.start();
    if (!port) {
        complain(port.error().message);
        return EXIT_FAILURE;
    }
    const Result<Done> faults = server.setFaults(arguments->faults);
    if (!faults) {
        complain(QStringLiteral("%1: %2").arg(parser.value(QStringLiteral("faults")), faults.error().message));
        return EXIT_FAILURE;
    }
    const PosixSignals posixSignals;
    QObject::connect(&posixSignals, &PosixSignals::terminateRequested, &application, &QCoreApplication::quit);
    QTextStream(stdout) << server.apiRoot().toString() << Qt::endl;
    return QCoreApplication::exec();
}
