// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/retirement.h"
#include "ui/uicontext.h"

#include <QString>

namespace novita {

struct EndpointSpec;

/// Why nothing can be generated now, and where that is mended.
struct CreateObstacle
{
    QString sentence; ///< empty = nothing stands in the way
    QString page;     ///< of the window: "settings/profiles"; empty = in the form
    QString field;    ///< of the form; "prompt" for a template, too
    bool canBeTried = false; ///< an endpoint that is held to be retired: whether it answers, the next job shows

    bool isThere() const { return !sentence.isEmpty(); }
};

/// What the endpoints are seen from by the profile in use, today.
EndpointOutlook outlookOf(const UiContext &context);

/// What has nothing to do with the values of the form: the profile, its key, the server, the file of the gallery, an endpoint that is retired.
/// `backend`: who is to make the pictures, see ImageJob; `endpoint`: nullptr when there is none for the mode.
CreateObstacle surroundingObstacle(const UiContext &context, const QString &backend, const EndpointSpec *endpoint);

} // namespace novita
