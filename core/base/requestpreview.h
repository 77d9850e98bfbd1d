// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QString>

namespace novita {

/// A request to the cloud as a person may look at it or take it along: exactly what goes over the wire but for the key.
/// May hold secrets (environment values): redact before it is shown or copied.
struct RequestPreview
{
    QString method;   ///< "POST"
    QString url;      ///< complete, percent-encoded
    QJsonValue body;  ///< undefined when there is none
    bool operator==(const RequestPreview &) const = default;
};

} // namespace novita
