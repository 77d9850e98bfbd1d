// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/redact.h"
#include "core/net/apiclient.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenam.h"

#include <QTest>

#include <functional>
#include <memory>
#include <optional>

namespace novita {

/// What became of a request; shared with the listener, so that it may outlive the test's interest.
struct Outcome
{
    std::optional<Result<ApiReply>> result;

    bool done() const { return result.has_value(); }
    bool ok() const { return result && result->ok(); }
    const Error &error() const { return result->error(); }
};

inline ApiRequest get(const QString &path, RequestPriority priority = RequestPriority::Interactive)
{
    ApiRequest request;
    request.operation = QStringLiteral("get");
    request.area = ApiArea::Root;
    request.path = path;
    request.priority = priority;
    return request;
}

inline ApiRequest post(const QString &path)
{
    ApiRequest request = get(path);
    request.operation = QStringLiteral("post");
    request.method = HttpMethod::Post;
    request.body = QJsonObject{{QStringLiteral("a"), 1}};
    return request;
}

/// An ApiClient with a key, on a fake network and a clock that stands still: a new one for each test function.
class ApiClientBench : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_nam = std::make_unique<FakeNam>();
        m_client = std::make_unique<ApiClient>(*m_nam, m_clock, [] { return 0.5; });
        m_client->setKey(QStringLiteral("test-key-1"));
    }
    void cleanup()
    {
        m_client.reset();
        m_nam.reset();
        clearRegisteredSecrets();
    }

protected:
    ApiClient &client() { return *m_client; }
    std::shared_ptr<Outcome> send(const ApiRequest &request, Call<ApiReply> **call = nullptr)
    {
        auto outcome = std::make_shared<Outcome>();
        auto *started = client().send(request);
        started->onFinished(&m_context, [outcome](const Result<ApiReply> &result) { outcome->result = result; });
        if (call)
            *call = started;
        return outcome;
    }
    void configure(const std::function<void(ApiClientConfig &)> &change)
    {
        ApiClientConfig config = client().config();
        change(config);
        client().setConfig(config);
    }
    /// Moves the clock and lets the client see it.
    void advance(Milliseconds by)
    {
        m_clock.advance(by);
        client().recheck();
    }
    void openBreaker()
    {
        configure([](ApiClientConfig &config) { config.maxRetries = 0; });
        for (int i = 0; i < 5; ++i) {
            m_nam->script(FakeAnswer::transportError(QNetworkReply::ConnectionRefusedError));
            const auto outcome = send(get(QStringLiteral("/x")));
            QTRY_VERIFY(outcome->done());
        }
        QCOMPARE(client().status().breaker, BreakerState::Open);
    }

    FakeClock m_clock;
    std::unique_ptr<FakeNam> m_nam;
    std::unique_ptr<ApiClient> m_client;
    QObject m_context;
};

} // namespace novita
