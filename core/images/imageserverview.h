// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/cloud/types/webui.h"
#include "core/images/imageserver.h"

#include <QString>
#include <QUrl>

#include <cstdint>
#include <optional>

namespace novita {

enum class ImageServerState : std::uint8_t {
    Ready,   ///< its address is known; whether it answers shows when it is asked
    Finding, ///< the instance, its address or the password is being read
    Stopped, ///< its instance does not run
    Gone,    ///< its instance is not among those of the account, or has no such port
    Locked,  ///< the password cannot be had
    Unwelcome, ///< it does not take the login that is kept; its lists may be asked for all the same
    Refused, ///< it may not be asked at this address
};

/// A server as it stands now.
struct ImageServerView
{
    ImageServer server;
    ImageServerState state = ImageServerState::Finding;
    QString sentence;        ///< what is the matter; empty when it is ready
    QUrl address;            ///< when it is known
    bool isReadable = false; ///< isReadableOnTheWay(address)
    QString backend;         ///< ImageJob::backend of its jobs
    bool operator==(const ImageServerView &) const = default;
};

/// How far a test came.
struct ImageServerReport
{
    enum class Step : std::uint8_t { Address, Connection, Login, Api, Done };
    Step failed = Step::Done;  ///< the one that failed, or Done
    std::optional<Error> error;
    WebUiLists lists;          ///< when none failed
};

/// How far the question for what a server has has come.
enum class ServerListsState : std::uint8_t {
    Unasked,
    Loading,
    Loaded, ///< what it said last is there, even while it is asked once more
    Failed, ///< it has never said, and the last question has failed
};

} // namespace novita
