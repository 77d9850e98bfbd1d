// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/media/endpointswitch.h"

#include <QJsonObject>

namespace novita {

const EndpointTable &sandboxEndpoints()
{
    static const EndpointTable table = EndpointTable::builtIn();
    return table;
}

bool isServedEndpoint(const EndpointSpec &spec)
{
    return spec.family != EndpointFamily::WebUi;
}

QString endpointLifeName(EndpointLife life)
{
    return life == EndpointLife::Alive ? QStringLiteral("alive") : life == EndpointLife::Gone ? QStringLiteral("retired") : QStringLiteral("forbidden");
}

std::optional<EndpointLife> endpointLifeFromName(const QString &name)
{
    for (const EndpointLife life : {EndpointLife::Alive, EndpointLife::Gone, EndpointLife::Forbidden}) {
        if (endpointLifeName(life) == name)
            return life;
    }
    return {};
}

bool EndpointSwitch::isKnown(const QString &which)
{
    const EndpointSpec *spec = sandboxEndpoints().find(which);
    return which == QLatin1String("*") || which == QLatin1String("dated") || (spec && isServedEndpoint(*spec));
}

bool EndpointSwitch::setIn(Lives &lives, const QString &which, EndpointLife life, const QDate &today)
{
    if (!isKnown(which))
        return false;
    for (const EndpointSpec &spec : sandboxEndpoints().all()) {
        const bool over = spec.availability.status == EndpointAvailability::Retired && spec.availability.date < today;
        if (isServedEndpoint(spec) && (spec.id == which || which == QLatin1String("*") || (which == QLatin1String("dated") && over)))
            lives.insert(spec.id, life);
    }
    return true;
}

bool EndpointSwitch::set(const QString &which, EndpointLife life, const QDate &today)
{
    return setIn(m_set, which, life, today);
}

bool EndpointSwitch::setFault(const QString &which, EndpointLife life, const QDate &today)
{
    return setIn(m_faults, which, life, today);
}

QJsonArray EndpointSwitch::toJson() const
{
    QJsonArray rows;
    for (const EndpointSpec &spec : sandboxEndpoints().all()) {
        if (isServedEndpoint(spec))
            rows.append(QJsonObject{{QStringLiteral("endpoint"), spec.id}, {QStringLiteral("path"), spec.path}, {QStringLiteral("state"), endpointLifeName(lifeOf(spec.id))}});
    }
    return rows;
}

} // namespace novita
