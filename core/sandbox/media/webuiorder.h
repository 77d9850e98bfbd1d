// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/sandbox/media/painter.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace novita {

/// The body of a txt2img or img2img request of a WebUI server, understood.
struct WebUiOrder
{
    PaintOrder picture;     ///< seed -1: to be drawn
    int count = 1;
    QJsonObject parameters; ///< with the server's defaults filled in, without pictures
};

/// Error with the server's sentence as its message and the status as its httpStatus.
Result<WebUiOrder> readWebUiOrder(const QJsonObject &body, bool fromImage);

/// The file in a text of base64, with or without "data:image/png;base64," before it; empty when it is none.
QByteArray webUiPicture(const QString &text);

} // namespace novita
