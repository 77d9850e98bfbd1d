// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/cloud/endpoints/endpointspec.h"

#include <QDate>
#include <QHash>
#include <QJsonObject>
#include <QString>

#include <optional>

namespace novita {

/// The provider has answered that an endpoint is gone. A value to be stored.
struct RetiredMark
{
    QString endpoint;  ///< EndpointSpec::id
    QString reason;    ///< "API_NOT_FOUND" or "API_NOT_ALLOWED"
    TimePoint seenAt{};

    bool operator==(const RetiredMark &) const = default;

    QJsonObject toJson() const;
    static std::optional<RetiredMark> fromJson(const QJsonObject &json);
};

/// By endpoint id.
using RetiredMarks = QHash<QString, RetiredMark>;

/// The mark that `error`, an answer to a request to `endpoint`, gives rise to: only for the two reasons above. API_NOT_ALLOWED can also
/// mean that this account may not: a mark is lifted by the next success.
std::optional<RetiredMark> markRetired(const QString &endpoint, const Error &error, TimePoint now);

/// How an endpoint stands on a day, seen from all that is known.
struct EndpointStanding
{
    EndpointAvailability status = EndpointAvailability::Listed;
    bool answeredSo = false;           ///< Retired because the provider answered so, whatever the table says
    bool isOver = false;               ///< Retired where requests would go: nothing is to be sent to it
    std::optional<QDate> retiresOn;    ///< a last day that is still to come
    QString sentence;                  ///< translated: "Retired by its provider on 22 July 2026. Named instead: …"; empty for Listed
};

/// `inSandbox`: the sandbox serves what has ended elsewhere, until it answers that it does not; a last day that is past ends nothing there.
EndpointStanding standingOn(const EndpointSpec &spec, QDate day, const RetiredMarks &marks = {}, bool inSandbox = false);

/// What the standing of any endpoint is seen from.
struct EndpointOutlook
{
    QDate day;
    RetiredMarks marks;
    bool inSandbox = false;

    /// The day that it is at `now`, here.
    static EndpointOutlook at(TimePoint now, const RetiredMarks &marks, bool inSandbox);
    EndpointStanding of(const EndpointSpec &spec) const { return standingOn(spec, day, marks, inSandbox); }
};

} // namespace novita
