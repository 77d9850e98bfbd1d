// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/base/jsonreader.h"
#include "core/cloud/types/imagetask.h"

#include <QByteArray>
#include <QJsonValue>
#include <QList>
#include <QString>

namespace novita {

/// One picture that came with the answer itself, as bytes or as an address.
struct SyncImage
{
    QByteArray bytes;  ///< decoded from base64; not looked into. Empty when there is an address
    MediaLink link;    ///< `type` also goes for the bytes
};

/// Answer of an endpoint that does its work while one waits, in any of its forms (media-notes 2): `image_file` in base64,
/// `images` as task links or plain addresses, `image_urls`, `binary_data_base64`, or a prompt that describes a picture; and those
/// of a WebUI server: `images` or `image` in base64, `caption`.
struct SyncImageAnswer
{
    static constexpr qint64 kMostBytes = 64 * 1024 * 1024; ///< of all pictures after base64

    QList<SyncImage> images; ///< at most ImageTask::kMostLinks
    QString prompt;          ///< of image → prompt: `prompt`, else `text` or `caption`
    TaskId task;             ///< only named, there is nothing to wait for
};

/// Fatal when the answer holds neither picture nor prompt, base64 is broken, or it is larger than kMostBytes.
SyncImageAnswer decodeSyncImageAnswer(const QJsonValue &answer, DecodeLog &log);

} // namespace novita
