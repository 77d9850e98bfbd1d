// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxroutes.h"

#include <algorithm>

namespace novita {

namespace {

const QStringList kChannels{QStringLiteral("private"), QStringLiteral("community"), QStringLiteral("official")};
const QStringList kTypes{QStringLiteral("instance"), QStringLiteral("serverless")};

HttpResponse notFound()
{
    // Not 404: the live API answers 400 for templates.
    return apiError(400, QStringLiteral("TEMPLATE_NOT_FOUND"), QStringLiteral("template not found"));
}

HttpResponse listTemplates(ApiCall &call)
{
    QueryReader query(call);
    const PageWindow asked = readPage(query, QStringLiteral("pageNum"), 0);
    const QString name = query.text(QStringLiteral("name"));
    const QString type = query.text(QStringLiteral("type"), kTypes);
    const QStringList channels = query.texts(QStringLiteral("channel"));
    const bool mine = query.boolean(QStringLiteral("isMyCommunity"));
    for (const QString &channel : channels) {
        if (!kChannels.contains(channel))
            query.refuse(QStringLiteral("channel has an unknown value"));
    }
    query.noteUnknown();
    if (query.failed())
        return query.refusal();
    QList<QJsonObject> matching;
    for (const QJsonObject &row : call.world.templates) {
        const QString channel = row.value(QLatin1String("channel")).toString();
        if (row.value(QLatin1String("name")).toString().contains(name, Qt::CaseInsensitive)
            && (type.isEmpty() || row.value(QLatin1String("type")).toString() == type) && (channels.isEmpty() || channels.contains(channel))
            && (!mine || channel == QLatin1String("private")))
            matching.prepend(row);
    }
    const PageWindow page = windowOn(asked, 0, matching.size());
    QJsonArray rows;
    for (qsizetype i = page.begin; i < page.end; ++i)
        rows.append(matching.at(i));
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("template"), rows}, {QStringLiteral("pageSize"), page.size},
                                               {QStringLiteral("pageNum"), page.number}, {QStringLiteral("total"), matching.size()}});
}

HttpResponse getTemplate(ApiCall &call)
{
    QueryReader query(call);
    const QString id = query.text(QStringLiteral("templateId"), {}, true);
    query.noteUnknown();
    if (query.failed())
        return query.refusal();
    const qint64 key = SandboxWorld::find(call.world.templates, QLatin1String("Id"), id);
    if (key < 0)
        return notFound();
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("template"), call.world.templates.value(key)}});
}

QJsonArray readPortGroups(BodyReader &body, ApiCall &call)
{
    QJsonArray groups;
    for (const QJsonValue &item : body.array(QStringLiteral("ports"))) {
        BodyReader group(call, item.toObject(), QStringLiteral("template.ports[]."));
        const QString type = group.text(QStringLiteral("type"), {true, 0, {QStringLiteral("tcp"), QStringLiteral("http")}});
        QJsonArray numbers;
        for (const QJsonValue &port : group.array(QStringLiteral("ports"), true, 10)) {
            const qint64 number = port.isString() ? port.toString().toLongLong() : port.toInteger();
            if (checkPort(group, number, type))
                numbers.append(number);
        }
        group.noteUnknown();
        body.absorb(group);
        groups.append(QJsonObject{{QStringLiteral("type"), type}, {QStringLiteral("ports"), numbers}});
    }
    return groups;
}

/// The template of a create or update request; `body` holds a refusal when it is not acceptable.
QJsonObject readTemplate(BodyReader &body, ApiCall &call)
{
    QJsonObject row;
    row.insert(QStringLiteral("name"), body.text(QStringLiteral("name"), {true, 255, {}}));
    row.insert(QStringLiteral("readme"), body.text(QStringLiteral("readme"), {false, 102400, {}}));
    row.insert(QStringLiteral("type"), body.text(QStringLiteral("type"), {true, 0, kTypes}));
    row.insert(QStringLiteral("channel"), body.text(QStringLiteral("channel"), {true, 0, {kChannels.at(0), kChannels.at(1)}}));
    row.insert(QStringLiteral("image"), body.text(QStringLiteral("image"), {true, 500, {}}));
    row.insert(QStringLiteral("imageAuth"), body.text(QStringLiteral("imageAuth"), {false, 255, {}}));
    row.insert(QStringLiteral("startCommand"), body.text(QStringLiteral("startCommand"), {false, 2047, {}}));
    row.insert(QStringLiteral("entrypoint"), body.text(QStringLiteral("entrypoint"), {false, 2047, {}}));
    row.insert(QStringLiteral("rootfsSize"), body.integer(QStringLiteral("rootfsSize"), true, 1, 6144));
    row.insert(QStringLiteral("ports"), readPortGroups(body, call));
    row.insert(QStringLiteral("volumes"), body.array(QStringLiteral("volumes")));
    row.insert(QStringLiteral("envs"), envsJson(parseEnvs(body, call, body.array(QStringLiteral("envs"), false, 100))));
    row.insert(QStringLiteral("minCudaVersion"), body.text(QStringLiteral("minCudaVersion"), {false, 255, {}}));
    row.insert(QStringLiteral("tools"), QJsonArray());
    row.insert(QStringLiteral("recommendCards"), QJsonValue::Null);
    row.insert(QStringLiteral("user"), QStringLiteral("u-1"));
    row.insert(QStringLiteral("logo"), QString());
    row.insert(QStringLiteral("description"), QString());
    return row;
}

HttpResponse templateId(const QString &id)
{
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("templateId"), id}});
}

HttpResponse createTemplate(ApiCall &call)
{
    BodyReader outer(call, call.body);
    BodyReader body(call, outer.object(QStringLiteral("template"), true), QStringLiteral("template."));
    QJsonObject row = readTemplate(body, call);
    body.noteUnknown();
    outer.noteUnknown();
    outer.absorb(body);
    if (outer.failed())
        return outer.refusal();
    QString id;
    do
        id = QString::number(110000 + call.world.randomBelow(800000));
    while (SandboxWorld::find(call.world.templates, QLatin1String("Id"), id) >= 0 && call.world.templates.size() < 800000);
    row.insert(QStringLiteral("Id"), id);
    row.insert(QStringLiteral("createTime"), unixText(call.world.now()));
    row.insert(QStringLiteral("createdAt"), unixText(call.world.now()));
    call.world.append(call.world.templates, row);
    return templateId(id);
}

HttpResponse updateTemplate(ApiCall &call)
{
    BodyReader outer(call, call.body);
    BodyReader body(call, outer.object(QStringLiteral("template"), true), QStringLiteral("template."));
    const QString id = body.text(QStringLiteral("Id"), {true, 0, {}});
    const QJsonObject changes = readTemplate(body, call);
    body.noteUnknown();
    outer.noteUnknown();
    outer.absorb(body);
    if (outer.failed())
        return outer.refusal();
    const qint64 key = SandboxWorld::find(call.world.templates, QLatin1String("Id"), id);
    if (key < 0)
        return notFound();
    QJsonObject &row = call.world.templates[key];
    if (row.value(QLatin1String("channel")).toString() == QLatin1String("official"))
        return apiError(403, QStringLiteral("FORBIDDEN"), QStringLiteral("access denied"));
    for (auto it = changes.begin(); it != changes.end(); ++it)
        row.insert(it.key(), it.value());
    row.insert(QStringLiteral("updatedAt"), unixText(call.world.now()));
    return HttpResponse::json(200, QJsonObject());
}

HttpResponse deleteTemplate(ApiCall &call)
{
    BodyReader body(call, call.body);
    const QString id = body.text(QStringLiteral("templateId"), {true, 0, {}});
    body.noteUnknown();
    if (body.failed())
        return body.refusal();
    const qint64 key = SandboxWorld::find(call.world.templates, QLatin1String("Id"), id);
    if (key < 0)
        return notFound();
    if (call.world.templates.value(key).value(QLatin1String("channel")).toString() == QLatin1String("official"))
        return apiError(403, QStringLiteral("FORBIDDEN"), QStringLiteral("access denied"));
    call.world.templates.remove(key);
    return templateId(id);
}

} // namespace

QList<ApiOperation> templateOperations()
{
    return {{"GET", "/gpu-instance/openapi/v1/templates", "listTemplates", listTemplates},
            {"GET", "/gpu-instance/openapi/v1/template", "getTemplate", getTemplate},
            {"POST", "/gpu-instance/openapi/v1/template/create", "createTemplate", createTemplate},
            {"POST", "/gpu-instance/openapi/v1/template/update", "updateTemplate", updateTemplate},
            {"POST", "/gpu-instance/openapi/v1/template/delete", "deleteTemplate", deleteTemplate}};
}

} // namespace novita
