// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guards/metricssource.h"

#include "core/cloud/services/metricsservice.h"

#include <algorithm>
#include <map>

namespace novita {

namespace {

constexpr Seconds kStep{60};
/// A day in minutes is more than the cloud likes to send for many cards.
constexpr Seconds kLongStep{120};
constexpr std::chrono::hours kShortSpan{6};

} // namespace

QList<Utilisation> utilisationOf(const InstanceMetrics &metrics, Seconds step)
{
    std::map<qint64, Utilisation> points;
    const auto add = [&points, step](const QList<MetricPoint> &series, std::optional<double> Utilisation::*member) {
        for (const MetricPoint &point : series) {
            Utilisation &slot = points[point.at.time_since_epoch() / std::max(step, Seconds(1))];
            slot.at = std::max(slot.at, point.at);
            slot.*member = std::max((slot.*member).value_or(point.value), point.value);
        }
    };
    add(metrics.cpu, &Utilisation::cpu);
    add(metrics.gpu, &Utilisation::gpu);
    for (const GpuSeries &card : metrics.gpus)
        add(card.points, &Utilisation::gpu);
    QList<Utilisation> out;
    for (const auto &[slot, point] : points)
        out.append(point);
    return out;
}

UtilisationSource metricsSource(ApiClient &client, const Clock &clock, QObject *owner)
{
    return [&client, &clock, owner](const InstanceId &id, Seconds span) {
        const Seconds step = span <= kShortSpan ? kStep : kLongStep;
        auto *call = Call<QList<Utilisation>>::create(owner);
        Call<InstanceMetrics> *asked = MetricsService(client).read(id, clock.now() - span, clock.now(), step);
        asked->onFinished(call, [call, step](const Result<InstanceMetrics> &answer) {
            call->resolve(answer ? Result<QList<Utilisation>>(utilisationOf(*answer, step)) : Result<QList<Utilisation>>(answer.error()));
        });
        call->setCanceler([asked = QPointer<CallBase>(asked)] {
            if (asked)
                asked->cancel();
        });
        return call;
    };
}

} // namespace novita
