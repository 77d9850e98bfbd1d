// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/dialectcloud.h"

#include "core/http/httpmessage.h"

#include <QDateTime>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace novita {

namespace {

const QString kArea = QStringLiteral("/gpu-instance/openapi/v1");

HttpResponse error(int status, const QString &message)
{
    return HttpResponse::json(status, QJsonObject{{QStringLiteral("code"), status}, {QStringLiteral("message"), message}});
}

/// What a machine becomes once it was looked at twice.
QString arrival(const QString &status)
{
    static const QHash<QString, QString> ends{{QStringLiteral("toCreate"), QStringLiteral("running")},
                                              {QStringLiteral("toStart"), QStringLiteral("running")},
                                              {QStringLiteral("toRestart"), QStringLiteral("running")},
                                              {QStringLiteral("toStop"), QStringLiteral("exited")},
                                              {QStringLiteral("toRemove"), QString()}};
    return ends.value(status, status);
}

QString queryValue(const HttpRequest &request, const QString &name)
{
    return request.queryValues(name).value(0);
}

} // namespace

DialectCloud::DialectCloud()
    : m_server(*this, {}, HttpServer::Threading::Caller)
{
    const Result<quint16> port = m_server.listen(QHostAddress::LocalHost, 0);
    if (!port)
        qFatal("No port: %s", qPrintable(port.error().message));
}

DialectCloud::~DialectCloud() = default;

QUrl DialectCloud::apiRoot() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_server.port()));
}

void DialectCloud::addInstances(int count, const QString &status)
{
    for (int i = 0; i < count; ++i) {
        const QString id = QStringLiteral("d%1").arg(++m_made);
        m_instances[id] = {QJsonObject{{QStringLiteral("id"), id},
                                       {QStringLiteral("name"), QStringLiteral("dialect-%1").arg(m_made)},
                                       {QStringLiteral("productId"), 4090},
                                       {QStringLiteral("gpuNum"), 2},
                                       {QStringLiteral("cpuNum"), 16},
                                       {QStringLiteral("memory"), 64},
                                       {QStringLiteral("rootfsSize"), QStringLiteral("60")},
                                       {QStringLiteral("createdAt"), 1767225600},
                                       {QStringLiteral("billingMode"), QStringLiteral("onDemand")},
                                       {QStringLiteral("portMappings"), QJsonValue::Null},
                                       {QStringLiteral("volumeMounts"), QJsonValue::Null}},
                           status, 0};
    }
}

QString DialectCloud::statusOf(const QString &id) const
{
    const auto it = m_instances.find(id);
    return it == m_instances.end() ? QString() : it->second.status;
}

QJsonObject DialectCloud::look(Machine &machine)
{
    if (++machine.reads >= 3)
        machine.status = arrival(machine.status);
    QJsonObject row = machine.row;
    row.insert(QStringLiteral("status"), machine.status);
    return row;
}

void DialectCloud::handle(const HttpRequest &request, HttpResponder responder)
{
    m_requests.append(QString::fromLatin1(request.method) + QLatin1Char(' ') + request.path);
    responder.send(answer(request));
}

HttpResponse DialectCloud::answer(const HttpRequest &request)
{
    if (!request.headers.value("Authorization").startsWith("Bearer sk_"))
        return error(401, QStringLiteral("unauthorized"));
    if (!request.path.startsWith(kArea))
        return error(404, QStringLiteral("no such path"));
    const QString path = request.path.mid(kArea.size());
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    const bool post = request.method == "POST";
    if (!post && path == QLatin1String("/gpu/instances"))
        return listPage(request);
    if (!post && path == QLatin1String("/gpu/instance"))
        return detail(queryValue(request, QStringLiteral("instanceId")));
    if (post && path == QLatin1String("/gpu/instance/create"))
        return create(body);
    if (post && path.startsWith(QLatin1String("/gpu/instance/")))
        return act(path.section(QLatin1Char('/'), 3), body);
    if (!post && path == QLatin1String("/products"))
        return products(request);
    if (!post && path == QLatin1String("/templates"))
        return HttpResponse::json(200, QJsonObject{{QStringLiteral("template"), QJsonArray{QJsonObject{
                                           {QStringLiteral("Id"), 107001},
                                           {QStringLiteral("name"), QStringLiteral("PyTorch")},
                                           {QStringLiteral("channel"), queryValue(request, QStringLiteral("channel"))},
                                           {QStringLiteral("image"), QStringLiteral("docker.io/pytorch:2")},
                                           {QStringLiteral("ports"), QJsonValue::Null}}}}});
    if (!post && path == QLatin1String("/clusters"))
        return HttpResponse::json(200, QJsonObject{{QStringLiteral("data"), QJsonValue::Null}});
    return error(404, QStringLiteral("no such path"));
}

HttpResponse DialectCloud::listPage(const HttpRequest &request)
{
    const int page = std::max(1, queryValue(request, QStringLiteral("pageNum")).toInt());
    const int size = std::clamp(queryValue(request, QStringLiteral("pageSize")).toInt(), 1, 50);
    const QString name = queryValue(request, QStringLiteral("name"));
    QStringList ids;
    for (const auto &[id, machine] : m_instances) {
        if (name.isEmpty() || machine.row.value(QStringLiteral("name")).toString().contains(name))
            ids.append(id);
    }
    QJsonArray rows;
    for (const QString &id : ids.mid((page - 1) * size, size)) {
        const QJsonObject row = look(m_instances[id]);
        if (m_instances[id].status.isEmpty())
            m_instances.erase(id);
        else
            rows.append(row);
    }
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("instances"), rows.isEmpty() ? QJsonValue() : QJsonValue(rows)},
                                               {QStringLiteral("total"), QString::number(ids.size())},
                                               {QStringLiteral("pageSize"), size}});
}

HttpResponse DialectCloud::detail(const QString &id)
{
    const auto it = m_instances.find(id);
    if (it == m_instances.end())
        return error(404, QStringLiteral("instance not found"));
    const QJsonObject row = look(it->second);
    if (it->second.status.isEmpty()) {
        m_instances.erase(it);
        return error(404, QStringLiteral("instance not found"));
    }
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("instance"), row}});
}

HttpResponse DialectCloud::create(const QJsonObject &body)
{
    addInstances(1, QStringLiteral("toCreate"));
    const QString id = QStringLiteral("d%1").arg(m_made);
    m_instances[id].row.insert(QStringLiteral("name"), body.value(QStringLiteral("name")));
    m_instances[id].row.insert(QStringLiteral("productId"), body.value(QStringLiteral("productId")));
    m_instances[id].row.insert(QStringLiteral("createdAt"), QDateTime::currentSecsSinceEpoch());
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("id"), id}});
}

HttpResponse DialectCloud::act(const QString &verb, const QJsonObject &body)
{
    const QString id = body.value(QStringLiteral("instanceId")).toString();
    const auto it = m_instances.find(id);
    if (it == m_instances.end())
        return error(404, QStringLiteral("instance not found"));
    const auto become = [&it](const QString &status) {
        it->second.status = status;
        it->second.reads = 0;
    };
    if (verb == QLatin1String("start")) {
        become(QStringLiteral("toStart"));
        return HttpResponse::empty(204);
    }
    if (verb == QLatin1String("stop")) {
        become(QStringLiteral("toStop"));
        return HttpResponse::json(200, QJsonObject());
    }
    if (verb == QLatin1String("restart")) {
        become(QStringLiteral("toRestart"));
        return HttpResponse::empty(200);
    }
    if (verb == QLatin1String("delete")) {
        become(QStringLiteral("toRemove"));
        return HttpResponse::text(200, QByteArray());
    }
    return error(404, QStringLiteral("no such path"));
}

HttpResponse DialectCloud::products(const HttpRequest &request) const
{
    const QString mode = queryValue(request, QStringLiteral("billingMethod"));
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("data"), QJsonArray{QJsonObject{
                                       {QStringLiteral("id"), QStringLiteral("4090")},
                                       {QStringLiteral("name"), QStringLiteral("RTX 4090 24GB")},
                                       {QStringLiteral("cpuPerGpu"), QStringLiteral("16")},
                                       {QStringLiteral("memoryPerGpu"), 62},
                                       {QStringLiteral("price"), QStringLiteral("35000")},
                                       {QStringLiteral("spotPrice"), mode == QLatin1String("spot") ? QJsonValue(20000) : QJsonValue(QStringLiteral(""))},
                                       {QStringLiteral("monthlyPrice"), QJsonValue::Null},
                                       {QStringLiteral("billingMethods"), QJsonArray{QStringLiteral("onDemand"), QStringLiteral("spot")}},
                                       {QStringLiteral("regions"), QJsonValue::Null}}}}});
}

} // namespace novita
