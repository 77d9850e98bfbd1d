// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/httpmessage.h"
#include "core/http/httpresponder.h"
#include "core/sandbox/sandboxfaults.h"
#include "core/sandbox/sandboxworld.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>

#include <cstdint>
#include <functional>
#include <optional>

namespace novita {

/// The cloud's error envelope: {"code", "reason", "message", "metadata"}.
HttpResponse apiError(int status, const QString &reason, const QString &message);
/// 400 VALIDATOR_PARAM.
HttpResponse validatorError(const QString &message);
/// 400 INVALID_REQUEST_BODY, as media and language models have it.
HttpResponse bodyError(const QString &message);
/// 404 RESOURCE_NOT_FOUND, as instances have it; other things answer 400.
HttpResponse instanceNotFound();
/// 400 for a command that does not fit the state.
HttpResponse invalidStateChange();
/// The success that says nothing: {}.
HttpResponse emptyOk();

class SandboxMedia;

/// Which part of the cloud an operation belongs to; each refuses keys and bodies in its own words.
enum class ApiFamily : std::uint8_t {
    Gpu,   ///< 401 UNAUTHORIZED, VALIDATOR_PARAM
    Media, ///< 400 MISSING_API_KEY or 403 INVALID_API_KEY, INVALID_REQUEST_BODY
    Llm,   ///< 401 FAILED_TO_AUTH or 403 INVALID_API_KEY, INVALID_REQUEST_BODY
    Open,  ///< looks at the Authorization field, and at the body, itself
};

/// An answer that is still to come, and the faults that will spoil it.
struct DeferredAnswer
{
    HttpResponder responder;
    QList<SandboxFault> faults;

    /// From any thread.
    void send(HttpResponse response) const;
};

/// What a handler of the API gets: the world and the request, and where it notes departures from the contract.
struct ApiCall
{
    SandboxWorld &world;
    const HttpRequest &request;
    QJsonObject body;
    QStringList &violations;
    QString origin; ///< "http://127.0.0.1:PORT", for addresses that lead back to this server
    SandboxMedia *media = nullptr;
    ApiFamily family = ApiFamily::Gpu;
    QString taskFailure = {}; ///< why the job that this request starts will fail; empty = it will not
    bool spoiled = false; ///< a fault lies in wait for the answer: it must be sent whole
    /// Set by a handler whose answer comes later; what it returns only tells the request log the status. Called in the server's thread, with
    /// the service's mutex held.
    std::function<void(const DeferredAnswer &)> defer = {};
};

/// One operation of the contract.
struct ApiOperation
{
    QByteArray method;
    QByteArray path; ///< whole, or with a star for the rest: "/openai/v1/models/*"
    QByteArray operationId;
    std::function<HttpResponse(ApiCall &)> run;
    ApiFamily family = ApiFamily::Gpu;
    bool keyless = false; ///< a missing key is as good as one

    bool takes(const QString &requestPath) const;
};

/// Reads the members of a JSON request the way the cloud does: unknown members are passed over, numbers may come as decimal
/// text, null is absent. The first thing that is not acceptable makes a refusal; every departure from the contract, forgiven
/// or not, is noted as a violation.
class BodyReader
{
public:
    BodyReader(ApiCall &call, const QJsonObject &object, QString path = {});

    struct Text
    {
        bool required = false;
        int max = 0;          ///< characters; 0: any number
        QStringList oneOf;    ///< empty: anything
    };
    QString text(const QString &key, const Text &rule);
    QString text(const QString &key) { return text(key, {}); }
    qint64 integer(const QString &key, bool required, qint64 min, qint64 max, qint64 fallback = 0);
    double number(const QString &key, bool required, double min, double max, double fallback = 0);
    bool boolean(const QString &key, bool required = false);
    QJsonArray array(const QString &key, bool required = false, qsizetype maxItems = 0);
    QJsonObject object(const QString &key, bool required = false);
    bool has(const QString &key) const { return !m_object.value(key).isNull() && !m_object.value(key).isUndefined(); }
    /// Members that are known without being read.
    void know(const QString &key) { m_known.append(key); }
    void noteUnknown(); ///< call once all members have been read

    void refuse(const QString &message); ///< in the words of the family; the first one counts
    void absorb(const BodyReader &nested) { if (!m_refusal) m_refusal = nested.m_refusal; }
    bool failed() const { return m_refusal.has_value(); }
    HttpResponse refusal() const { return *m_refusal; }

private:
    QJsonValue take(const QString &key, bool required);
    QString name(const QString &key) const { return m_path + key; }

    ApiCall &m_call;
    QJsonObject m_object;
    QString m_path;
    QStringList m_known;
    std::optional<HttpResponse> m_refusal;
};

/// Reads the query of a GET likewise; unknown names are passed over and noted.
class QueryReader
{
public:
    explicit QueryReader(ApiCall &call) : m_call(call), m_items(call.request.queryItems()) {}

    QString text(const QString &key, const QStringList &oneOf = {}, bool required = false);
    QStringList texts(const QString &key); ///< repeated, or joined by commas
    std::optional<qint64> integer(const QString &key, qint64 min = 0);
    bool boolean(const QString &key); ///< every spelling that Go reads; any but "true" and "false" is noted
    void noteUnknown();

    void refuse(const QString &message);
    bool failed() const { return m_refusal.has_value(); }
    HttpResponse refusal() const { return *m_refusal; }

private:
    ApiCall &m_call;
    QList<std::pair<QString, QString>> m_items;
    QStringList m_known;
    std::optional<HttpResponse> m_refusal;
};

/// A window on a list of `total` rows.
struct PageWindow
{
    qsizetype begin = 0;
    qsizetype end = 0;
    qint64 size = 20;
    qint64 number = 0; ///< as asked for
};
/// Reads `numberKey` and pageSize. `base` is what the first page is called; a smaller number means the first page too.
PageWindow readPage(QueryReader &query, const QString &numberKey, qint64 base, qint64 defaultSize = 20);
/// The rows that `page` has of a list of `total`.
PageWindow windowOn(PageWindow page, qint64 base, qsizetype total);

inline constexpr int kMaxPorts = 15; ///< of one instance, tools included
/// {port, type} parsed from "8080/http, 5432/tcp"; rules of gpu-notes section 8. Refuses through `reader`.
QList<SandboxInstance::Port> parsePortSpec(BodyReader &reader, ApiCall &call, const QString &spec);
/// Range and reserved ports; false after a refusal.
bool checkPort(BodyReader &reader, qint64 port, const QString &type);
/// [{key, value}] with the contract's lengths.
QList<std::pair<QString, QString>> parseEnvs(BodyReader &reader, ApiCall &call, const QJsonArray &envs);
QJsonArray envsJson(const QList<std::pair<QString, QString>> &envs);

} // namespace novita
