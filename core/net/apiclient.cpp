// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/apiclient.h"

#include "core/base/logging.h"
#include "core/net/requestpipeline.h"

#include <utility>

namespace novita {

ApiClient::ApiClient(QNetworkAccessManager &network, const Clock &clock, std::function<double()> random, QObject *parent)
    : QObject(parent), m_pipeline(std::make_unique<RequestPipeline>(network, clock, std::move(random)))
{
    connect(m_pipeline.get(), &RequestPipeline::statusChanged, this, &ApiClient::statusChanged);
    connect(m_pipeline.get(), &RequestPipeline::requestFinished, this, &ApiClient::requestFinished);
    connect(m_pipeline.get(), &RequestPipeline::keyRejected, this, &ApiClient::keyRejected);
}

ApiClient::~ApiClient() = default;

void ApiClient::setConfig(const ApiClientConfig &config)
{
    m_pipeline->setConfig(config);
}

const ApiClientConfig &ApiClient::config() const
{
    return m_pipeline->config();
}

void ApiClient::setKey(const QString &key)
{
    m_pipeline->setKey(key);
}

bool ApiClient::hasKey() const
{
    return m_pipeline->hasKey();
}

Call<ApiReply> *ApiClient::send(const ApiRequest &request)
{
    auto *out = Call<ApiReply>::create(this);
    const QPointer<Call<ApiReply>> guarded(out);
    const auto keep = [guarded](const ApiReply &reply) -> std::function<void()> {
        return [guarded, reply] {
            if (guarded)
                guarded->resolve(reply);
        };
    };
    const auto fail = [guarded](const Error &error) {
        if (guarded)
            guarded->resolve(error);
    };
    start(request, out, {keep, fail});
    return out;
}

void ApiClient::start(const ApiRequest &request, CallBase *call, ReplyHandler handler)
{
    m_pipeline->start(request, call, std::move(handler));
}

bool ApiClient::isUnsent(const CallBase &call) const
{
    return m_pipeline->isUnsent(call);
}

void ApiClient::cancelAll()
{
    m_pipeline->cancelAll();
}

void ApiClient::invalidateCache(const QString &kind)
{
    m_pipeline->invalidateCache(kind);
}

void ApiClient::tryNow()
{
    m_pipeline->tryNow();
}

void ApiClient::recheck()
{
    m_pipeline->recheck();
}

ClientStatus ApiClient::status() const
{
    return m_pipeline->status();
}

void ApiClient::reportWarnings(const QString &operation, const DecodeLog &log)
{
    for (const QString &warning : log.warnings)
        qCWarning(lcCloud).noquote() << operation << warning;
}

} // namespace novita
