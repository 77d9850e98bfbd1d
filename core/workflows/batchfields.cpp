// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/batchfields.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <utility>

namespace novita::batchfields {

namespace {

using L1 = QLatin1String;
using Setter = std::function<QString(InstanceDraft &, const QJsonValue &)>;

/// Up to here a JSON number names one whole number and no other.
constexpr double kMostExact = 9007199254740991.0;

struct BatchTableWords
{
    Q_DECLARE_TR_FUNCTIONS(BatchTable)
};

/// Text, or a whole number that somebody left without quotes. Not 12.10: that is 12.1 as a number.
std::optional<QString> plainText(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    const double number = value.toDouble();
    if (value.isDouble() && std::abs(number) <= kMostExact && std::floor(number) == number)
        return QString::number(value.toInteger());
    return std::nullopt;
}

QString noText()
{
    return BatchTableWords::tr("must be text.");
}

template<typename Value>
Setter text(Value InstanceDraft::*field)
{
    return [field](InstanceDraft &draft, const QJsonValue &value) {
        const std::optional<QString> plain = plainText(value);
        if (!plain)
            return noText();
        draft.*field = Value(plain->trimmed());
        return QString();
    };
}

Setter number(int InstanceDraft::*field)
{
    return [field](InstanceDraft &draft, const QJsonValue &value) {
        bool ok = false;
        const QString shown = value.isDouble() ? QString::number(value.toDouble()) : value.toString();
        const int parsed = plainText(value).value_or(QString()).trimmed().toInt(&ok);
        if (!ok)
            return BatchTableWords::tr("“%1” is no whole number.").arg(shown.left(40));
        draft.*field = parsed;
        return QString();
    };
}

QString wordOf(const QJsonValue &value)
{
    if (value.isBool())
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    return plainText(value).value_or(QString()).trimmed();
}

QString setKind(InstanceDraft &draft, const QJsonValue &value)
{
    const QString kind = wordOf(value).toLower();
    if (kind != L1("gpu") && kind != L1("cpu"))
        return BatchTableWords::tr("must be gpu or cpu.");
    draft.kind = kind == L1("gpu") ? ProductKind::Gpu : ProductKind::Cpu;
    return {};
}

QString setBilling(InstanceDraft &draft, const QJsonValue &value)
{
    draft.billing = billingModeFromWire(wordOf(value));
    return draft.billing == BillingMode::Unknown ? BatchTableWords::tr("must be onDemand, spot or monthly.") : QString();
}

QString setAutoRenew(InstanceDraft &draft, const QJsonValue &value)
{
    const QString word = wordOf(value).toLower();
    draft.autoRenew = word == L1("true");
    return draft.autoRenew || word == L1("false") ? QString() : BatchTableWords::tr("must be true or false.");
}

QString setPorts(InstanceDraft &draft, const QJsonValue &value)
{
    draft.ports.clear();
    const std::optional<QString> plain = plainText(value);
    if (!plain)
        return BatchTableWords::tr("must be one text such as 8080/http,5432/tcp.");
    const QStringList parts = plain->split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        bool ok = false;
        const int port = part.section(QLatin1Char('/'), 0, 0).trimmed().toInt(&ok);
        if (!ok || part.count(QLatin1Char('/')) != 1)
            return BatchTableWords::tr("“%1” is not of the form 8080/http.").arg(part.trimmed().left(40));
        draft.ports.append({port, part.section(QLatin1Char('/'), 1, 1).trimmed().toLower()});
    }
    return {};
}

QString setEnvs(InstanceDraft &draft, const QJsonValue &value)
{
    draft.envs.clear();
    const QJsonArray items = value.toArray();
    for (const QJsonValue &item : items) {
        const std::optional<QString> content = plainText(item[L1("value")].isUndefined() ? QJsonValue(QString()) : item[L1("value")]);
        if (!item.isObject() || !content)
            return BatchTableWords::tr("each must be an object with a key and a value, both text.");
        draft.envs.append({item[L1("key")].toString(), *content});
    }
    if (value.isArray())
        return {};
    if (!value.isString())
        return noText();
    const QStringList lines = value.toString().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        const qsizetype equals = line.indexOf(QLatin1Char('='));
        if (equals < 1)
            return BatchTableWords::tr("a line is not of the form KEY=value."); // the line itself may be a secret
        draft.envs.append({line.left(equals).trimmed(), line.mid(equals + 1).remove(QLatin1Char('\r'))});
    }
    return {};
}

/// False when it is not Jupyter, not a port, or not served by http.
bool useTool(InstanceDraft &draft, const QString &name, const QString &port, const QString &type)
{
    bool ok = port.isEmpty();
    draft.jupyterPort = port.isEmpty() ? InstanceDraft().jupyterPort : port.toInt(&ok);
    draft.jupyter = ok && name.compare(L1("Jupyter"), Qt::CaseInsensitive) == 0 && (type.isEmpty() || type == L1("http"));
    return draft.jupyter;
}

QString setTools(InstanceDraft &draft, const QJsonValue &value)
{
    draft.jupyter = false;
    const QString problem = BatchTableWords::tr("must be of the form Jupyter:8888; the cloud knows no other tool, and serves it by http.");
    const QJsonArray items = value.toArray();
    for (const QJsonValue &item : items) {
        if (draft.jupyter || !useTool(draft, wordOf(item[L1("name")]), wordOf(item[L1("port")]), wordOf(item[L1("type")])))
            return problem;
    }
    if (value.isArray())
        return {};
    const QString word = wordOf(value);
    const QString port = word.section(QLatin1Char(':'), 1).trimmed();
    return useTool(draft, word.section(QLatin1Char(':'), 0, 0).trimmed(), port, QString()) ? QString() : problem;
}

QString setMounts(InstanceDraft &draft, const QJsonValue &value)
{
    draft.mounts.clear();
    const QJsonArray items = value.toArray();
    for (const QJsonValue &item : items) {
        const QString wire = item[L1("Id")].toString();
        draft.mounts.append({StorageId(wire.isEmpty() ? item[L1("id")].toString() : wire), item[L1("mountPoint")].toString(DraftMount().mountPoint)});
    }
    if (value.isArray())
        return {};
    const std::optional<QString> plain = plainText(value);
    if (!plain)
        return noText();
    const QStringList lines = plain->split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        const qsizetype colon = line.indexOf(QLatin1Char(':'));
        if (colon < 1)
            return BatchTableWords::tr("“%1” is not of the form id:/mount.").arg(line.trimmed().left(40));
        draft.mounts.append({StorageId(line.left(colon).trimmed()), line.mid(colon + 1).trimmed()});
    }
    return {};
}

/// A table is kept, pasted and shown: no place for a password. The value is not looked at.
QString refuseImageAuth(InstanceDraft &, const QJsonValue &)
{
    return BatchTableWords::tr("a password does not belong into a table. Store the credentials on the Templates page and name them in imageAuthId.");
}

struct Field
{
    QString name;
    Setter setter;
    bool gpuOnly = false;
    bool monthlyOnly = false;
    QString neutral = {}; ///< what may stand there all the same, since it asks for nothing
};

const QList<Field> &fields()
{
    static const QList<Field> all{
        {QStringLiteral("name"), text(&InstanceDraft::name)},
        {QStringLiteral("productId"), text(&InstanceDraft::productId)},
        {QStringLiteral("gpuNum"), number(&InstanceDraft::gpuNum), true},
        {QStringLiteral("rootfsSize"), number(&InstanceDraft::rootfsGb), true},
        {QStringLiteral("imageUrl"), text(&InstanceDraft::imageUrl)},
        {QStringLiteral("imageAuthId"), text(&InstanceDraft::imageAuthId)},
        {QStringLiteral("ports"), setPorts},
        {QStringLiteral("envs"), setEnvs},
        {QStringLiteral("tools"), setTools},
        {QStringLiteral("command"), text(&InstanceDraft::command)},
        {QStringLiteral("entrypoint"), text(&InstanceDraft::entrypoint)},
        {QStringLiteral("clusterId"), text(&InstanceDraft::clusterId)},
        {QStringLiteral("localStorageMountPoint"), text(&InstanceDraft::localMountPoint)},
        {QStringLiteral("networkStorages"), setMounts},
        {QStringLiteral("networkId"), text(&InstanceDraft::networkId)},
        {QStringLiteral("kind"), setKind},
        {QStringLiteral("month"), number(&InstanceDraft::months), true, true, QStringLiteral("0")},
        {QStringLiteral("billingMode"), setBilling, true, false, QStringLiteral("onDemand")},
        {QStringLiteral("autoRenew"), setAutoRenew, true, true, QStringLiteral("false")},
        {QStringLiteral("autoRenewMonth"), number(&InstanceDraft::autoRenewMonths), true, true},
        {QStringLiteral("minCudaVersion"), text(&InstanceDraft::minCudaVersion), true},
    };
    return all;
}

} // namespace

QStringList names()
{
    QStringList out;
    for (const Field &field : fields())
        out.append(field.name);
    return out;
}

QString set(InstanceDraft &draft, const QString &name, const QJsonValue &value)
{
    if (name == L1("imageAuth"))
        return refuseImageAuth(draft, value);
    const auto field = std::find_if(fields().begin(), fields().end(), [&name](const Field &one) { return one.name == name; });
    return field == fields().end() ? BatchTableWords::tr("no such column.") : field->setter(draft, value);
}

QStringList unsaid(const InstanceDraft &draft, const QJsonObject &row)
{
    const bool gpu = draft.kind == ProductKind::Gpu;
    QStringList out;
    for (const Field &field : fields()) {
        const QJsonValue value = row.value(field.name);
        if (isEmpty(value) || (!field.neutral.isEmpty() && wordOf(value).compare(field.neutral, Qt::CaseInsensitive) == 0))
            continue;
        QString why;
        if (field.gpuOnly && !gpu)
            why = BatchTableWords::tr("a CPU instance has no such field.");
        else if (field.monthlyOnly && draft.billing != BillingMode::Monthly)
            why = BatchTableWords::tr("is for monthly billing: set billingMode to monthly.");
        else if (gpu && field.name == L1("localStorageMountPoint"))
            why = BatchTableWords::tr("a GPU instance has no such field.");
        if (!why.isEmpty())
            out.append(field.name + QStringLiteral(": ") + why);
    }
    return out;
}

bool isEmpty(const QJsonValue &value)
{
    return value.isNull() || value.isUndefined() || (value.isString() && value.toString().trimmed().isEmpty());
}

} // namespace novita::batchfields
