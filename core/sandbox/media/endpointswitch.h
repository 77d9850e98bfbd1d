// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/endpointtable.h"

#include <QDate>
#include <QHash>
#include <QJsonArray>
#include <QString>

#include <cstdint>
#include <optional>

namespace novita {

/// The built-in endpoint table; the sandbox serves all of it but the endpoints of WebUI servers.
const EndpointTable &sandboxEndpoints();
bool isServedEndpoint(const EndpointSpec &spec);

/// Whether an endpoint answers.
enum class EndpointLife : std::uint8_t {
    Alive,
    Gone,      ///< 404 API_NOT_FOUND
    Forbidden, ///< 403 API_NOT_ALLOWED
};
QString endpointLifeName(EndpointLife life); ///< "alive", "retired", "forbidden"
std::optional<EndpointLife> endpointLifeFromName(const QString &name);

/// Which endpoints are alive. All are at first, whatever the calendar says: the simulated provider keeps what the real one gave up.
class EndpointSwitch
{
public:
    /// `which`: an id of the table, "*" for all, or "dated" for those whose last day is before `today`. False when it is none of these.
    bool set(const QString &which, EndpointLife life, const QDate &today);
    void reset() { m_set.clear(); }
    /// What faults say, which counts before what was set.
    bool setFault(const QString &which, EndpointLife life, const QDate &today);
    void clearFaults() { m_faults.clear(); }

    EndpointLife lifeOf(const QString &id) const { return m_faults.value(id, m_set.value(id, EndpointLife::Alive)); }
    QJsonArray toJson() const;

    static bool isKnown(const QString &which);

private:
    using Lives = QHash<QString, EndpointLife>;
    static bool setIn(Lives &lives, const QString &which, EndpointLife life, const QDate &today);

    Lives m_set, m_faults;
};

} // namespace novita
