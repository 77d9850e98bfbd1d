// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/endpointwords.h"

#include "ui/format.h"

#include <QCoreApplication>

namespace novita {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(EndpointWords)
};

} // namespace

QString endpointText(const EndpointStatus &endpoint)
{
    switch (endpoint.state) {
    case EndpointStatus::State::Alive:
        return endpoint.last.httpStatus > 0
                   ? Text::tr("answers HTTP %1 · %2").arg(endpoint.last.httpStatus).arg(format::milliseconds(endpoint.last.took))
                   : Text::tr("accepts connections · %1").arg(format::milliseconds(endpoint.last.took));
    case EndpointStatus::State::Asking: return Text::tr("being asked, attempt %1").arg(endpoint.attempts);
    case EndpointStatus::State::Waiting:
        return endpoint.problem.isEmpty() ? Text::tr("waits") : Text::tr("%1 · asked again soon").arg(endpoint.problem);
    default: return endpoint.problem.isEmpty() ? Text::tr("no answer") : endpoint.problem;
    }
}

} // namespace novita
