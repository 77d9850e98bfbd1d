// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/createobstacle.h"

#include "core/images/imageservers.h"
#include "core/images/imageworkspace.h"
#include "core/workflows/sessioncontroller.h"
#include "ui/images/backendpicker.h"

#include <QCoreApplication>

namespace novita {

EndpointOutlook outlookOf(const UiContext &context)
{
    const std::optional<Profile> profile = context.profiles.active();
    return EndpointOutlook::at(context.clock.now(), context.images.retired(), profile && profile->sandbox);
}

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CreateObstacle)
};

CreateObstacle ofSession(const UiContext &context)
{
    const QString profiles = QStringLiteral("settings/profiles");
    switch (context.session.connection()) {
    case ConnectionState::NoProfile:
    case ConnectionState::NoKey: return {Text::tr("This profile has no key yet."), profiles, {}};
    case ConnectionState::KeyRejected: return {Text::tr("The cloud has rejected the key of this profile."), profiles, {}};
    default: break;
    }
    if (context.session.isReadOnly())
        return {Text::tr("This profile is read-only: nothing that costs money is sent."), profiles, {}};
    return {};
}

/// One's own: what it makes is not on the bill of the profile.
CreateObstacle ofServer(const ImageServers *servers, const QString &backend)
{
    const std::optional<ImageServerView> server = servers ? servers->findBackend(backend) : std::nullopt;
    if (!server)
        return {Text::tr("This image server is not there any more."), {}, {}};
    return server->state == ImageServerState::Ready ? CreateObstacle() : CreateObstacle{server->sentence, {}, {}};
}

CreateObstacle ofDatabase(const ImageWorkspace &images)
{
    const DatabaseStatus &status = images.status();
    if (status.isOpen())
        return {};
    if (status.state == DatabaseStatus::State::Unavailable)
        return {Text::tr("There is no place to keep jobs and pictures. %1", "then why").arg(status.notice), {}, {}};
    return {Text::tr("The gallery is being opened…"), {}, {}};
}

CreateObstacle ofEndpoint(const UiContext &context, const EndpointSpec *endpoint)
{
    if (!endpoint)
        return {Text::tr("No endpoint does this."), {}, {}};
    // Since when, and why, stands beside the endpoint.
    const EndpointStanding standing = outlookOf(context).of(*endpoint);
    return standing.isOver ? CreateObstacle{Text::tr("%1 is retired.", "an endpoint").arg(endpoint->title), {}, {}, true} : CreateObstacle();
}

} // namespace

CreateObstacle surroundingObstacle(const UiContext &context, const QString &backend, const EndpointSpec *endpoint)
{
    CreateObstacle found = backend == BackendPicker::novitaId() ? ofSession(context) : ofServer(context.images.servers(), backend);
    if (!found.isThere())
        found = ofDatabase(context.images);
    return found.isThere() ? found : ofEndpoint(context, endpoint);
}

} // namespace novita
