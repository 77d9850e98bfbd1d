// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/httpmessage.h"
#include "core/webhooks/signature.h"
#include "core/webhooks/webhookposter.h"

#include <QObject>
#include <QUrl>

namespace novita {

/// One delivery of the program's own, ready to be posted.
struct WebhookPost
{
    QUrl target;
    QByteArray id;         ///< webhook-id
    QByteArray body;       ///< sent as it is
    SigningSecret secret;  ///< empty: not signed
};

/// What became of one post.
struct WebhookPosted
{
    TimePoint at{};            ///< the timestamp that was sent
    int status = 0;            ///< 0: no answer was read
    Milliseconds took{0};
    QString address;           ///< that was connected to last; empty when none was
    QString problem;           ///< a sentence when it was not taken
    QString answer;            ///< beginning of what a receiver said that did not take it; redacted
    bool refusedHere = false;  ///< nothing was sent: such a target is not allowed
    std::optional<Milliseconds> retryAfter; ///< as the answer asked, 1-300 s

    bool isDelivered() const { return status >= 200 && status < 300; }
};

/// Signs and posts the program's own webhooks, and puts what became of it into a sentence. One attempt; WebhookNotifier makes the next.
///
/// Owner: WebhookNotifier. One thread; never blocks.
class WebhookSender final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WebhookSender)

public:
    static constexpr Milliseconds kTimeout{10000}; ///< absolute, from the look-up to the end of the answer
    static constexpr qsizetype kMostAnswerText = 500;

    struct Config
    {
        QString proxyUrl; ///< as of the API
        QString caFile;
        bool privateTargets = false; ///< see TargetPolicy
    };

    /// `clock` must outlive it.
    explicit WebhookSender(const Clock &clock, QObject *parent = nullptr);

    void configure(const Config &config);
    const Config &config() const { return m_config; }
    void setTimeout(Milliseconds timeout) { m_timeout = timeout; }

    /// Never fails but by cancel: that nobody took it is a result.
    Call<WebhookPosted> *post(const WebhookPost &post);

    /// Of a delivery sent at `at`: media type, user agent, webhook-id and webhook-timestamp; with a secret the signatures of both schemes
    /// and X-Webhook-Timestamp.
    static QList<HttpHeaders::Field> headers(const WebhookPost &post, TimePoint at);

private:
    WebhookPosted posted(const PostReport &report, TimePoint at) const;

    const Clock &m_clock;
    WebhookPoster m_poster;
    Config m_config;
    Milliseconds m_timeout = kTimeout;
};

} // namespace novita
