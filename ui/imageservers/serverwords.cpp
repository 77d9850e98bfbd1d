// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/imageservers/serverwords.h"

#include "core/cloud/stores/instancestore.h"

#include <QCoreApplication>

#include <algorithm>

namespace novita::serverwords {

namespace {

struct ServerWords
{
    Q_DECLARE_TR_FUNCTIONS(ServerWords)
};

QString stepName(ImageServerReport::Step step)
{
    using Step = ImageServerReport::Step;
    switch (step) {
    case Step::Address: return ServerWords::tr("Address");
    case Step::Connection: return ServerWords::tr("Connection");
    case Step::Login: return ServerWords::tr("Login");
    case Step::Api: return ServerWords::tr("WebUI API");
    case Step::Done: break;
    }
    return {};
}

int checkpointsOf(const ImageServerReport &report)
{
    return static_cast<int>(
        std::count_if(report.lists.models.begin(), report.lists.models.end(), [](const ImageModel &model) { return model.type == ImageModelType::Checkpoint; }));
}

} // namespace

QString state(const ImageServers &servers, const ImageServerView &view)
{
    switch (view.state) {
    case ImageServerState::Ready:
        if (!servers.listsProblem(view.server.id).isEmpty())
            return ServerWords::tr("no usable answer");
        return servers.lists(view.server.id) ? ServerWords::tr("has answered") : ServerWords::tr("not asked yet");
    case ImageServerState::Finding: return ServerWords::tr("looking for it");
    case ImageServerState::Stopped: return ServerWords::tr("instance stopped");
    case ImageServerState::Gone: return ServerWords::tr("instance gone");
    case ImageServerState::Locked: return ServerWords::tr("password missing");
    case ImageServerState::Unwelcome: return ServerWords::tr("login refused");
    case ImageServerState::Refused: return ServerWords::tr("address refused");
    }
    return {};
}

QString place(const ImageServerView &view, const InstanceStore &instances)
{
    if (!view.server.isOnInstance())
        return view.server.url.toDisplayString();
    const Instance *instance = instances.find(view.server.instance);
    return ServerWords::tr("%1, port %2").arg(instance ? instance->displayName() : view.server.instance.toString()).arg(view.server.port);
}

QString report(const ImageServerReport &report)
{
    if (report.error)
        return ServerWords::tr("%1 failed: %2").arg(stepName(report.failed), report.error->message);
    const int checkpoints = checkpointsOf(report);
    if (checkpoints == 0)
        return ServerWords::tr("It answers, but lists no checkpoint: it can make nothing until it has one.");
    const int samplers = static_cast<int>(report.lists.samplers.size());
    const QString found = QCoreApplication::translate("ServerWords", "It answers: %n checkpoint(s)", nullptr, checkpoints) + QStringLiteral(", ")
                          + QCoreApplication::translate("ServerWords", "%n sampler(s)", nullptr, samplers);
    return report.lists.options.checkpoint.isEmpty() ? found + QLatin1Char('.') : ServerWords::tr("%1; loaded is %2.").arg(found, report.lists.options.checkpoint);
}

const char *toneOf(const ImageServerReport &report)
{
    if (report.error)
        return "bad";
    return checkpointsOf(report) == 0 ? "warn" : "good";
}

QString readable(bool hasLogin)
{
    return hasLogin ? ServerWords::tr("Not encrypted: prompts, pictures and the password can be read on the way.") : ServerWords::tr("Not encrypted: prompts and pictures can be read on the way.");
}

} // namespace novita::serverwords
