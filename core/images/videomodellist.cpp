// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/videomodellist.h"

#include "core/base/jsonreader.h"
#include "core/base/logging.h"
#include "core/cloud/endpoints/schemaform.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <algorithm>

namespace novita {

QList<EndpointSpec> VideoModelList::endpoints() const
{
    QList<EndpointSpec> specs;
    specs.reserve(models.size());
    for (const VideoModel &model : models)
        specs.append(model.endpoint);
    return specs;
}

namespace videomodels {

namespace {

constexpr qint64 kVersion = 1;
constexpr qint64 kEnvelopeBytes = 256; // of written(), around the models
constexpr qsizetype kMostRows = 2000; // looked at, of which kMostModels are taken

QJsonValue firstOf(const QJsonObject &object, std::initializer_list<QLatin1String> keys)
{
    for (const QLatin1String key : keys) {
        const QJsonValue value = object.value(key);
        if (!value.isUndefined() && !value.isNull())
            return value;
    }
    return QJsonValue::Undefined;
}

QJsonObject schemaOf(const QJsonValue &given)
{
    QJsonObject schema =
        given.isString() ? QJsonDocument::fromJson(given.toString().toUtf8()).object() : given.toObject();
    if (!schema.contains(QLatin1String("properties")) && schema.value(QLatin1String("schema")).isObject())
        schema = schema.value(QLatin1String("schema")).toObject();
    return schema;
}

void tellWhen(VideoModel &model, TimePoint readAt)
{
    model.endpoint.availability.status =
        model.seenAt < readAt ? EndpointAvailability::Unlisted : EndpointAvailability::Listed;
    model.endpoint.availability.date = QDateTime::fromMSecsSinceEpoch(model.seenAt.time_since_epoch().count()).date();
}

/// Keeps what can be used of `rows`, each name once.
class Taking
{
public:
    explicit Taking(TimePoint readAt) { m_list.readAt = readAt; }

    void take(const QString &name, const QJsonObject &schema, TimePoint seenAt)
    {
        if (m_list.models.size() >= kMostModels || m_names.contains(name))
            return;
        Result<EndpointSpec> spec = endpointOfSchema(name, schema);
        if (!spec) {
            qCInfo(lcCloud) << "a video model is left out:" << spec.error().toLogString();
            return;
        }
        VideoModel model{name, schema, seenAt, *std::move(spec)};
        tellWhen(model, m_list.readAt);
        m_names.insert(name);
        m_list.models.append(std::move(model));
    }
    VideoModelList list() { return std::move(m_list); }

private:
    VideoModelList m_list;
    QSet<QString> m_names;
};

QJsonObject rowOf(const VideoModel &model)
{
    return {{QStringLiteral("name"), model.name},
            {QStringLiteral("json_schema"), model.schema},
            {QStringLiteral("seenAt"), qint64(model.seenAt.time_since_epoch().count())}};
}

/// In written(), with what stands between two.
qint64 writtenBytes(const VideoModel &model)
{
    return QJsonDocument(rowOf(model)).toJson(QJsonDocument::Compact).size() + 1;
}

Error unreadable(const QString &what)
{
    return Error::protocol(ProtocolFault::Unreadable, what);
}

} // namespace

Result<VideoModelList> decode(const QByteArray &answer, TimePoint now)
{
    if (answer.size() > kMostBytes)
        return unreadable(QStringLiteral("The list of video models is too large"));
    const Result<QJsonValue> json = parseJson(answer);
    if (!json)
        return json.error();
    QJsonValue rows = *json;
    for (const QLatin1String key : {QLatin1String("data"), QLatin1String("configs")}) {
        if (rows.isObject() && rows.toObject().contains(key))
            rows = rows.toObject().value(key);
    }
    if (!rows.isArray() && !rows.isNull())
        return unreadable(QStringLiteral("The list of video models is no list"));
    const QJsonArray list = rows.toArray();
    Taking taking(now);
    for (qsizetype i = 0; i < std::min(list.size(), kMostRows); ++i) {
        const QJsonObject row = list.at(i).toObject();
        taking.take(firstOf(row, {QLatin1String("name"), QLatin1String("model"), QLatin1String("model_name"),
                                  QLatin1String("id")})
                        .toString(),
                    schemaOf(firstOf(
                        row, {QLatin1String("json_schema"), QLatin1String("schema"), QLatin1String("input_schema")})),
                    now);
    }
    VideoModelList out = taking.list();
    // What a list lacks is taken for withdrawn: one of which nothing is understood must not withdraw all.
    if (out.isEmpty() && !list.isEmpty())
        return unreadable(QStringLiteral("None of %1 video models can be read").arg(list.size()));
    return out;
}

VideoModelList merged(const VideoModelList &read, const VideoModelList &older)
{
    VideoModelList out;
    out.readAt = read.readAt;
    QSet<QString> names;
    qint64 bytes = kEnvelopeBytes;
    const auto take = [&](const VideoModel &model) {
        if (out.models.size() >= kMostModels || names.contains(model.name))
            return;
        const qint64 size = writtenBytes(model);
        if (bytes + size > kMostKeptBytes)
            return;
        bytes += size;
        names.insert(model.name);
        out.models.append(model);
        tellWhen(out.models.last(), read.readAt);
    };
    for (const VideoModel &model : read.models)
        take(model);
    for (const VideoModel &model : older.models) {
        if (read.readAt - model.seenAt < kKept)
            take(model);
    }
    return out;
}

QByteArray written(const VideoModelList &list)
{
    QJsonArray rows;
    for (const VideoModel &model : list.models)
        rows.append(rowOf(model));
    return QJsonDocument(QJsonObject{{QStringLiteral("version"), kVersion},
                                     {QStringLiteral("readAt"), qint64(list.readAt.time_since_epoch().count())},
                                     {QStringLiteral("configs"), rows}})
        .toJson(QJsonDocument::Compact);
}

Result<VideoModelList> readKept(const QByteArray &bytes)
{
    const QJsonObject json = QJsonDocument::fromJson(bytes).object();
    const qint64 readAt = json.value(QLatin1String("readAt")).toInteger(-1);
    if (json.value(QLatin1String("version")).toInteger() != kVersion || readAt <= 0)
        return Error::make(ErrorKind::Storage, QStringLiteral("The kept list of video models is damaged"));
    Taking taking{TimePoint(Milliseconds(readAt))};
    const QJsonArray rows = json.value(QLatin1String("configs")).toArray();
    for (qsizetype i = 0; i < std::min(rows.size(), kMostRows); ++i) {
        const QJsonObject row = rows.at(i).toObject();
        const qint64 seenAt = std::clamp<qint64>(row.value(QLatin1String("seenAt")).toInteger(), 0, readAt);
        taking.take(row.value(QLatin1String("name")).toString(), row.value(QLatin1String("json_schema")).toObject(),
                    TimePoint(Milliseconds(seenAt)));
    }
    return taking.list();
}

} // namespace videomodels

} // namespace novita
