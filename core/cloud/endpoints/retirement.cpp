// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/retirement.h"

#include "core/cloud/endpoints/schemaform.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace novita {

namespace {

struct EndpointStandingWords
{
    Q_DECLARE_TR_FUNCTIONS(EndpointStanding)
};

QString dayText(QDate day)
{
    return QLocale().toString(day, QLocale::LongFormat);
}

QString withReplacement(const QString &sentence, const AvailabilityFact &fact)
{
    return fact.replacement.isEmpty() ? sentence : sentence + QLatin1Char(' ') + EndpointStandingWords::tr("Named instead: %1.").arg(fact.replacement);
}

bool isRetiringReason(const QString &reason)
{
    return reason == QLatin1String("API_NOT_FOUND") || reason == QLatin1String("API_NOT_ALLOWED");
}

} // namespace

QJsonObject RetiredMark::toJson() const
{
    return {{QStringLiteral("endpoint"), endpoint}, {QStringLiteral("reason"), reason}, {QStringLiteral("seenAt"), qint64(seenAt.time_since_epoch().count())}};
}

std::optional<RetiredMark> RetiredMark::fromJson(const QJsonObject &json)
{
    constexpr qint64 kYear2200 = 7'258'118'400'000;
    constexpr qsizetype kMostIdChars = 128;
    const QString endpoint = json.value(QLatin1String("endpoint")).toString();
    const QString reason = json.value(QLatin1String("reason")).toString();
    const qint64 seenAt = json.value(QLatin1String("seenAt")).toInteger(-1);
    if (endpoint.isEmpty() || endpoint.size() > kMostIdChars || !isRetiringReason(reason) || seenAt < 0 || seenAt > kYear2200)
        return std::nullopt;
    return RetiredMark{endpoint, reason, TimePoint(Milliseconds(seenAt))};
}

std::optional<RetiredMark> markRetired(const QString &endpoint, const Error &error, TimePoint now)
{
    if (!isRetiringReason(error.apiReason))
        return std::nullopt;
    return RetiredMark{endpoint, error.apiReason, now};
}

EndpointOutlook EndpointOutlook::at(TimePoint now, const RetiredMarks &marks, bool inSandbox)
{
    const qint64 since = std::chrono::duration_cast<Milliseconds>(now.time_since_epoch()).count();
    return {QDateTime::fromMSecsSinceEpoch(since).date(), marks, inSandbox};
}

EndpointStanding standingOn(const EndpointSpec &spec, QDate day, const RetiredMarks &marks, bool inSandbox)
{
    const AvailabilityFact &fact = spec.availability;
    EndpointStanding standing;
    standing.status = fact.status;
    const bool past = fact.status == EndpointAvailability::Retired && fact.date <= day;
    const bool isAnswered = marks.contains(spec.id);
    if (past && !(inSandbox && isAnswered)) {
        standing.isOver = !inSandbox;
        standing.sentence = withReplacement(EndpointStandingWords::tr("Retired by its provider on %1.").arg(dayText(fact.date)), fact);
        if (inSandbox)
            standing.sentence += QLatin1Char(' ') + EndpointStandingWords::tr("The sandbox goes on with it.");
    } else if (const auto mark = marks.constFind(spec.id); mark != marks.constEnd()) {
        const QDate seen = QDate(1970, 1, 1).addDays(std::chrono::floor<std::chrono::days>(mark->seenAt).time_since_epoch().count());
        standing.status = EndpointAvailability::Retired;
        standing.answeredSo = true;
        standing.isOver = true;
        standing.sentence = withReplacement(EndpointStandingWords::tr("Retired by its provider: it answered %1 on %2.").arg(mark->reason, dayText(seen)), fact);
    } else if (fact.status == EndpointAvailability::Retired) {
        standing.status = EndpointAvailability::Listed;
        standing.retiresOn = fact.date;
        standing.sentence = withReplacement(EndpointStandingWords::tr("Its provider retires it on %1.").arg(dayText(fact.date)), fact);
    } else if (isVideoModel(spec) && fact.date.isValid()) {
        standing.sentence = fact.status == EndpointAvailability::Listed ? EndpointStandingWords::tr("As the service described it on %1.").arg(dayText(fact.date))
                                                                        : EndpointStandingWords::tr("No longer among the video models that the service names, last named on %1: it may not answer.").arg(dayText(fact.date));
    } else if (fact.status == EndpointAvailability::Unlisted && fact.date.isValid()) {
        standing.sentence = EndpointStandingWords::tr("No longer in its provider's documentation, last seen there on %1: it may not answer.").arg(dayText(fact.date));
    } else if (fact.status == EndpointAvailability::Unlisted) {
        standing.sentence = EndpointStandingWords::tr("No longer in its provider's documentation: it may not answer.");
    }
    return standing;
}

} // namespace novita
