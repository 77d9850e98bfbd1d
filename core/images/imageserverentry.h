// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/backends/webuibackend.h"
#include "core/images/imageservers.h"

#include <memory>
#include <optional>

namespace novita {

/// What ImageServers knows of one of its servers.
struct ImageServers::Entry
{
    ImageServer server;
    std::unique_ptr<WebUiBackend> backend;
    std::optional<QString> password; ///< once it is read
    QString passwordProblem;
    CallGuard reading;
    ImageServerView view;
    std::optional<WebUiLists> lists;
    QString listsProblem;
    CallGuard listing;
};

/// What came of a test of a server that was not kept as it was tested: news of the one that is saved so.
struct ImageServers::Tested
{
    WebUiTarget target;
    Result<WebUiLists> lists;
};

} // namespace novita
