// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/webhooksender.h"

#include "core/base/redact.h"
#include "core/net/retryafter.h"

#include <QPointer>

namespace novita {

WebhookSender::WebhookSender(const Clock &clock, QObject *parent) : QObject(parent), m_clock(clock), m_poster(clock) {}

void WebhookSender::configure(const Config &config)
{
    m_config = config;
    m_poster.configure(config.proxyUrl, config.caFile);
}

QList<HttpHeaders::Field> WebhookSender::headers(const WebhookPost &post, TimePoint at)
{
    const QList<HttpHeaders::Field> common{
        {"Content-Type", "application/json"}, {"Accept", "application/json, text/plain, */*"}, {"User-Agent", "novita-console"}};
    // Without a signature it still has an id, by which a repeat is known.
    if (post.secret.isEmpty())
        return common + QList<HttpHeaders::Field>{{"webhook-id", post.id}, {"webhook-timestamp", signature::timestampText(at)}};
    return common + signature::headers(post.secret, post.id, at, post.body);
}

Call<WebhookPosted> *WebhookSender::post(const WebhookPost &post)
{
    const TimePoint at = m_clock.now();
    PostRequest request;
    request.url = post.target;
    request.headers = headers(post, at);
    request.body = post.body;
    request.policy = TargetPolicy(m_config.privateTargets);
    request.timeout = m_timeout;
    auto *call = Call<WebhookPosted>::create(this);
    const QPointer<Call<PostReport>> way(m_poster.post(request));
    call->setCanceler([way] {
        if (way)
            way->cancel();
    });
    way->onFinished(this, [this, at, out = QPointer(call)](const Result<PostReport> &report) {
        if (out && report)
            out->resolve(posted(*report, at));
    });
    return call;
}

WebhookPosted WebhookSender::posted(const PostReport &report, TimePoint at) const
{
    WebhookPosted out;
    out.at = at;
    out.took = report.took;
    out.address = report.address.toString();
    out.refusedHere = report.stage == PostReport::Stage::Refused;
    if (!report.isAnswered()) {
        out.problem = report.error ? report.error->message : tr("No answer.");
        return out;
    }
    out.status = report.status;
    if (out.isDelivered())
        return out;
    out.retryAfter = parseRetryAfter(report.retryAfter, {}, m_clock.now());
    out.answer = redactedExcerpt(QString::fromUtf8(report.body), kMostAnswerText);
    out.problem = out.status >= 300 && out.status < 400
                      ? tr("The target answered %1, a redirect. Redirects are not followed: enter the address it leads to.").arg(out.status)
                      : tr("The target answered %1.").arg(out.status);
    return out;
}

} // namespace novita
