// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxfaults.h"

#include "core/sandbox/media/endpointswitch.h"
#include "core/sandbox/sandboxroutes.h"

#include <QHash>

#include <algorithm>
#include <array>
#include <cmath>

// Faults as JSON. Whoever writes one wants something to happen: what could not happen as written is refused.

namespace novita {

namespace {

constexpr qsizetype kMaxListed = 1000;
constexpr qsizetype kMaxPathLength = 512;
constexpr qsizetype kMaxWildcards = 8; // more could make matching a path expensive

struct NumberRule
{
    const char *name;
    double min, max;
    bool whole;
};
constexpr std::array kNumbers{NumberRule{"count", 1, 1e6, true},         NumberRule{"probability", 0, 1, false},
                              NumberRule{"ms", 0, 600'000, true},        NumberRule{"bytes", 0, 1e9, true},
                              NumberRule{"noticeSeconds", 0, 31'622'400, false}};

/// What each kind has besides the members that choose requests.
struct KindRule
{
    QStringList members;
    QString needed;
    bool byRequest = true; ///< takes the members that choose requests
};

const QHash<QString, KindRule> &kindRules()
{
    static const QString ms = QStringLiteral("ms"), status = QStringLiteral("status"), productId = QStringLiteral("productId");
    static const QHash<QString, KindRule> rules{
        {QStringLiteral("latency"), {{ms}, ms}},
        {QStringLiteral("dribble"), {{ms}, ms}},
        {QStringLiteral("hang"), {}},
        {QStringLiteral("rateLimit"), {{QStringLiteral("retryAfter")}, {}}},
        {QStringLiteral("serverError"), {{status, QStringLiteral("html")}, {}}},
        {QStringLiteral("apiError"), {{status, QStringLiteral("reason"), QStringLiteral("message")}, {}}},
        {QStringLiteral("reset"), {}},
        {QStringLiteral("close"), {}},
        {QStringLiteral("truncate"), {{QStringLiteral("bytes")}, {}}},
        {QStringLiteral("wrongTypes"), {}},
        {QStringLiteral("html"), {}},
        {QStringLiteral("replyLost"), {}},
        {QStringLiteral("spotReclaim"), {{QStringLiteral("instanceId"), QStringLiteral("noticeSeconds")}, {}, false}},
        {QStringLiteral("outOfStock"), {{productId}, productId, false}},
        {QStringLiteral("taskFailed"), {{QStringLiteral("reason")}, {}}},
        {QStringLiteral("retired"), {{QStringLiteral("endpoint"), status}, QStringLiteral("endpoint"), false}},
        {QStringLiteral("endpointLimits"), {{}, {}, false}}};
    return rules;
}

Error malformed(const QString &where, const QString &what)
{
    return Error::make(ErrorKind::Validation, QStringLiteral("%1: %2").arg(where, what));
}

/// A sentence about a number that is none, or out of range; nullopt when it is fine.
std::optional<QString> numberProblem(const QJsonValue &value, const NumberRule &rule)
{
    const double number = value.toDouble(std::nan(""));
    if (number >= rule.min && number <= rule.max && (!rule.whole || std::trunc(number) == number))
        return {};
    return QStringLiteral("expected a %1 of %2 to %3").arg(rule.whole ? QStringLiteral("whole number") : QStringLiteral("number"))
        .arg(rule.min, 0, 'f', 0).arg(rule.max, 0, 'f', 0);
}

std::optional<QString> textProblem(const QString &name, const QJsonValue &value)
{
    if (!value.isString())
        return QStringLiteral("expected a text");
    const QString text = value.toString();
    static const QStringList methods{QStringLiteral("GET"), QStringLiteral("HEAD"), QStringLiteral("POST"), QStringLiteral("PUT"), QStringLiteral("PATCH"),
                                     QStringLiteral("DELETE"), QStringLiteral("OPTIONS")};
    if (name == QLatin1String("method") && !methods.contains(text, Qt::CaseInsensitive))
        return QStringLiteral("expected one of %1").arg(methods.join(QStringLiteral(", ")));
    if (name == QLatin1String("path") && (text.isEmpty() || text.size() > kMaxPathLength || text.count(u'*') > kMaxWildcards))
        return QStringLiteral("expected 1 to %1 characters with at most %2 stars").arg(kMaxPathLength).arg(kMaxWildcards);
    if (name == QLatin1String("endpoint") && !EndpointSwitch::isKnown(text))
        return QStringLiteral("\"%1\" is no endpoint of the table; known besides are \"*\" and \"dated\"").arg(text);
    if (name == QLatin1String("operation")) {
        const QList<ApiOperation> known = allOperations();
        if (std::none_of(known.cbegin(), known.cend(), [&](const ApiOperation &o) { return text == QLatin1String(o.operationId); }))
            return QStringLiteral("\"%1\" is no operation of the API; an example is listInstances").arg(text);
    }
    return {};
}

std::optional<QString> memberProblem(const QString &kind, const QString &name, const QJsonValue &value)
{
    static const QStringList choosing{QStringLiteral("operation"), QStringLiteral("path"), QStringLiteral("method"), QStringLiteral("count"), QStringLiteral("probability")};
    const KindRule rule = kindRules().value(kind);
    if (!rule.members.contains(name) && !(rule.byRequest && choosing.contains(name)))
        return QStringLiteral("no member of %1").arg(kind);
    const auto number = std::find_if(kNumbers.begin(), kNumbers.end(), [&](const NumberRule &r) { return name == QLatin1String(r.name); });
    if (number != kNumbers.end())
        return numberProblem(value, *number);
    if (name == QLatin1String("status") && kind == QLatin1String("retired"))
        return value == 404 || value == 403 ? std::nullopt : std::optional(QStringLiteral("expected 404 or 403"));
    if (name == QLatin1String("status"))
        return numberProblem(value, kind == QLatin1String("serverError") ? NumberRule{"", 500, 599, true} : NumberRule{"", 400, 599, true});
    if (name == QLatin1String("retryAfter")) {
        const bool fits = value.isDouble() ? !numberProblem(value, {"", 0, 86'400, true}) : value.toString() == QLatin1String("date");
        return fits ? std::nullopt : std::optional(QStringLiteral("expected 0 to 86400 whole seconds or \"date\""));
    }
    if (name == QLatin1String("html"))
        return value.isBool() ? std::nullopt : std::optional(QStringLiteral("expected true or false"));
    return textProblem(name, value);
}

} // namespace

Result<SandboxFault> SandboxFault::fromJson(const QJsonObject &json, const QString &where)
{
    SandboxFault fault;
    fault.json = json;
    fault.kind = json.value(QLatin1String("kind")).toString();
    if (!kindRules().contains(fault.kind)) {
        QStringList kinds = kindRules().keys();
        kinds.sort();
        return malformed(where + QStringLiteral(".kind"), QStringLiteral("expected one of %1").arg(kinds.join(QStringLiteral(", "))));
    }
    for (auto it = json.begin(); it != json.end(); ++it) {
        if (it.key() == QLatin1String("kind"))
            continue;
        if (const auto problem = memberProblem(fault.kind, it.key(), it.value()))
            return malformed(where + u'.' + it.key(), *problem);
    }
    const QString needed = kindRules().value(fault.kind).needed;
    if (!needed.isEmpty() && (!json.contains(needed) || json.value(needed) == QJsonValue(QString())))
        return malformed(where + u'.' + needed, QStringLiteral("needed for %1").arg(fault.kind));

    fault.byRequest = kindRules().value(fault.kind).byRequest;
    fault.operation = json.value(QLatin1String("operation")).toString();
    fault.method = json.value(QLatin1String("method")).toString();
    if (json.contains(QLatin1String("path"))) {
        // The wildcards are ours alone ('*' crosses slashes), so that "*/instance/*" needs no counting of segments.
        QString pattern = QRegularExpression::escape(json.value(QLatin1String("path")).toString());
        pattern.replace(QStringLiteral("\\*"), QStringLiteral(".*")).replace(QStringLiteral("\\?"), QStringLiteral("."));
        fault.path = QRegularExpression(QRegularExpression::anchoredPattern(pattern));
    }
    fault.left = json.value(QLatin1String("count")).toInt(-1);
    fault.probability = json.value(QLatin1String("probability")).toDouble(1.0);
    return fault;
}

Result<QList<SandboxFault>> parseFaults(const QJsonValue &json)
{
    QList<SandboxFault> faults;
    if (json.isObject()) {
        const Result<SandboxFault> fault = SandboxFault::fromJson(json.toObject());
        if (!fault)
            return fault.error();
        return QList<SandboxFault>{*fault};
    }
    if (!json.isArray())
        return malformed(QStringLiteral("$"), QStringLiteral("expected a list of faults, or one fault"));
    const QJsonArray array = json.toArray();
    if (array.size() > kMaxListed)
        return malformed(QStringLiteral("$"), QStringLiteral("more than %1 faults").arg(kMaxListed));
    for (qsizetype i = 0; i < array.size(); ++i) {
        const QString where = QStringLiteral("$[%1]").arg(i);
        if (!array.at(i).isObject())
            return malformed(where, QStringLiteral("expected an object"));
        const Result<SandboxFault> fault = SandboxFault::fromJson(array.at(i).toObject(), where);
        if (!fault)
            return fault.error();
        faults.append(*fault);
    }
    return faults;
}

} // namespace novita
