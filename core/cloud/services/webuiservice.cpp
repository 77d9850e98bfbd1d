// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/webuiservice.h"

#include "core/base/redact.h"
#include "core/net/keylessexchange.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>

#include <memory>
#include <utility>

namespace novita {

namespace {

QString api(const char *name)
{
    return QStringLiteral("/sdapi/v1/") + QLatin1String(name);
}

Error redirectError(const QUrl &to)
{
    const QString where = redact(to.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment).toString());
    return Error::protocol(ProtocolFault::Redirect, to.isEmpty() ? WebUiService::tr("The server leads on to another address, which is not followed.")
                                                                 : WebUiService::tr("The server leads on to %1, which is not followed. If that is your server, enter that address.").arg(where));
}

/// Of a body that is no JSON, or not the one that was asked for.
Error unreadable(const QByteArray &body, const Error &error)
{
    const QByteArray start = body.left(512).trimmed().toLower();
    if (error.fault != ProtocolFault::Unreadable || !(start.startsWith("<!doctype html") || start.startsWith("<html")))
        return error;
    return Error::protocol(ProtocolFault::Unreadable, WebUiService::tr("A web page answers at this address, not the WebUI API. Was the server started with --api, and is this its address?"));
}

/// Of JSON that is another than what was asked for.
Error foreign(const Error &error)
{
    if (error.fault != ProtocolFault::Unreadable)
        return error;
    return Error::protocol(ProtocolFault::Unreadable, WebUiService::tr("What answers at this address does not speak as a WebUI server does."), error.message);
}

} // namespace

QUrl WebUiTarget::url(const QString &path) const
{
    QUrl out = address;
    QString base = out.path();
    while (base.endsWith(QLatin1Char('/')))
        base.chop(1);
    out.setPath(base + path.section(QLatin1Char('?'), 0, 0));
    out.setQuery(path.section(QLatin1Char('?'), 1));
    return out;
}

WebUiService::WebUiService(QNetworkAccessManager &network, QObject *parent) : QObject(parent), m_network(network) {}

WebUiService::~WebUiService() = default;

void WebUiService::setTarget(const WebUiTarget &target)
{
    registerSecret(target.password);
    m_target = target;
}

WireExchange *WebUiService::send(const Request &request, std::function<void(const QByteArray &)> taken, std::function<void(const Error &)> failed)
{
    const KeylessRequest sent{m_target.url(request.path), request.json, m_target.user, m_target.password, request.time, request.mostBytes};
    const auto told = [taken = std::move(taken), failed = std::move(failed), isWrite = sent.json.has_value(), isNamed = !sent.user.isEmpty()](const Result<KeylessAnswer> &answer) {
        if (!answer)
            failed(answer.error());
        else if (answer->status >= 200 && answer->status <= 299)
            taken(answer->body);
        else if (answer->status >= 300 && answer->status <= 399)
            failed(redirectError(answer->leadsTo));
        else
            failed(webUiError(answer->status, answer->body, isWrite, isNamed));
    };
    return sendKeyless(m_network, sent, told, this);
}

template<typename T>
Call<T> *WebUiService::ask(const Request &request, std::function<T(const QJsonValue &, DecodeLog &)> decode)
{
    auto *call = Call<T>::create(this);
    const QPointer<Call<T>> out(call);
    const auto failed = [out](const Error &error) {
        if (out)
            out->resolve(error);
    };
    const auto taken = [this, out, failed, decode = std::move(decode)](const QByteArray &body) {
        const auto decodeReply = [out, decode](const ApiReply &reply) -> std::function<void()> {
            DecodeLog log;
            auto value = std::make_shared<T>(decode(reply.json, log));
            if (log.fatal) {
                return [out, error = foreign(*log.fatal)] {
                    if (out)
                        out->resolve(error);
                };
            }
            return [out, value] {
                if (out)
                    out->resolve(std::move(*value));
            };
        };
        ReplyDecoder::Work work;
        work.body = body;
        work.bytes = body.size();
        work.decoders = {decodeReply};
        m_decoder.run(std::move(work), [failed, start = body.left(512)](const ReplyDecoder::Decoded &decoded) {
            if (!decoded.reply)
                failed(unreadable(start, decoded.reply.error()));
            for (const std::function<void()> &deliver : decoded.deliveries)
                deliver();
        });
    };
    call->setCanceler([exchange = QPointer<WireExchange>(send(request, taken, failed))] {
        if (exchange)
            exchange->abort();
    });
    return call;
}

Call<WebUiAnswer> *WebUiService::generate(const QString &path, const QByteArray &json)
{
    return ask<WebUiAnswer>({path, json, kJobTime, kMostAnswer}, &decodeWebUiAnswer);
}

Call<WebUiProgress> *WebUiService::progress()
{
    return ask<WebUiProgress>({api("progress?skip_current_image=true"), {}, kProgressTime, kMostList}, &decodeWebUiProgress);
}

Call<WebUiTaskProgress> *WebUiService::taskProgress(const QString &task)
{
    const QJsonObject body{{QStringLiteral("id_task"), task}, {QStringLiteral("id_live_preview"), -1}, {QStringLiteral("live_preview"), false}};
    return ask<WebUiTaskProgress>({QStringLiteral("/internal/progress"), QJsonDocument(body).toJson(QJsonDocument::Compact), kProgressTime, kMostList}, &decodeWebUiTaskProgress);
}

Call<Done> *WebUiService::interrupt()
{
    return ask<Done>({api("interrupt"), QByteArrayLiteral("{}"), kProgressTime, kMostList}, [](const QJsonValue &, DecodeLog &) { return Done{}; });
}

Call<QString> *WebUiService::pngInfo(const QByteArray &body)
{
    return ask<QString>({api("png-info"), body, kPictureTime, kMostList}, &decodeWebUiPngInfo);
}

QByteArray WebUiService::pngInfoBody(const QByteArray &file)
{
    return "{\"image\":\"data:image/png;base64," + file.toBase64() + "\"}";
}

Call<WebUiOptions> *WebUiService::options()
{
    return ask<WebUiOptions>({api("options"), {}}, &decodeWebUiOptions);
}

Call<QList<ImageModel>> *WebUiService::models(ImageModelType type)
{
    const char *name = type == ImageModelType::Lora ? "loras" : type == ImageModelType::Vae ? "sd-vae" : "sd-models";
    return ask<QList<ImageModel>>({api(name), {}}, [type](const QJsonValue &answer, DecodeLog &log) { return decodeWebUiModels(answer, type, log); });
}

Call<QList<ImageModel>> *WebUiService::embeddings()
{
    return ask<QList<ImageModel>>({api("embeddings"), {}}, &decodeWebUiEmbeddings);
}

Call<QStringList> *WebUiService::samplers()
{
    return ask<QStringList>({api("samplers"), {}}, &decodeWebUiNames);
}

Call<QStringList> *WebUiService::schedulers()
{
    return ask<QStringList>({api("schedulers"), {}}, &decodeWebUiNames);
}

Call<QStringList> *WebUiService::upscalers()
{
    return ask<QStringList>({api("upscalers"), {}}, &decodeWebUiNames);
}

namespace {

/// The lists of one server while they are being asked for, one after the other: a server of one thread answers them so anyway.
struct Listing
{
    QPointer<WebUiService> service;
    QPointer<Call<WebUiLists>> out;
    WebUiLists lists;
    CallGuard asking;
};

template<typename T>
void next(const std::shared_ptr<Listing> &listing, Call<T> *call, bool needed, const std::function<void(const T &)> &take, const std::function<void()> &then)
{
    listing->asking.reset(call)->onFinished(listing->service, [listing, needed, take, then](const Result<T> &result) {
        if (!listing->out || !listing->service)
            return;
        if (result)
            take(*result);
        else if (needed || (result.error().httpStatus == 0 && result.error().kind != ErrorKind::Protocol)) { // not even an answer: the rest would wait in vain
            listing->out->resolve(result.error());
            return;
        }
        then();
    });
}

} // namespace

Call<WebUiLists> *WebUiService::lists()
{
    auto *call = Call<WebUiLists>::create(this);
    const auto listing = std::make_shared<Listing>();
    listing->service = this;
    listing->out = call;
    call->setCanceler([listing] { listing->asking.reset(); });
    WebUiLists &lists = listing->lists;
    const auto addModels = [&lists](const QList<ImageModel> &models) { lists.models += models; };
    const std::function<void()> done = [listing] {
        if (listing->out)
            listing->out->resolve(listing->lists);
    };
    using Names = QStringList;
    using Models = QList<ImageModel>;
    const std::function<void()> embedding = [=, this] { next<Models>(listing, embeddings(), false, addModels, done); };
    const std::function<void()> vaes = [=, this] { next<Models>(listing, models(ImageModelType::Vae), false, addModels, embedding); };
    const std::function<void()> loras = [=, this] { next<Models>(listing, models(ImageModelType::Lora), false, addModels, vaes); };
    const std::function<void()> upscaling = [=, this, &lists] { next<Names>(listing, upscalers(), false, [&lists](const Names &names) { lists.upscalers = names; }, loras); };
    const std::function<void()> scheduling = [=, this, &lists] { next<Names>(listing, schedulers(), false, [&lists](const Names &names) { lists.schedulers = names; }, upscaling); };
    const std::function<void()> sampling = [=, this, &lists] { next<Names>(listing, samplers(), false, [&lists](const Names &names) { lists.samplers = names; }, scheduling); };
    const std::function<void()> checkpoints = [=, this] { next<Models>(listing, models(ImageModelType::Checkpoint), true, addModels, sampling); };
    next<WebUiOptions>(listing, options(), true, [&lists](const WebUiOptions &options) { lists.options = options; }, checkpoints);
    return call;
}

} // namespace novita
