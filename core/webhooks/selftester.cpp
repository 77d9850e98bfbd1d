// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/selftester.h"

#include "core/base/displaytext.h"
#include "core/base/redact.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <array>
#include <utility>

namespace novita {

namespace {

constexpr qsizetype kMostReason = 200;

/// What this receiver says to a delivery; whoever stands before it answers in other words.
struct OwnAnswer
{
    bool isOurs = false;
    QString error;
};

OwnAnswer readAnswer(const QByteArray &body)
{
    const QJsonObject json = QJsonDocument::fromJson(body).object();
    const QString error = json.value(QLatin1String("error")).toString();
    const bool received = json.value(QLatin1String("received")).toBool();
    return {json.size() <= 2 && (received || !error.isEmpty()), displayLine(redact(error.left(kMostReason)), kMostReason)};
}

bool isGatewayProblem(int status)
{
    // 520-530: a tunnel provider's own.
    return status == 502 || status == 503 || status == 504 || (status >= 520 && status <= 530);
}

} // namespace

struct SelfTester::Run
{
    Plan plan;
    SelfTest test;
    Way way = Way::Direct;
    QString nonce;
    bool arrived = false;
    bool waiting = false; ///< answered well; now the inbox has its say
    std::vector<QPointer<Call<SelfTest>>> calls;
    CallGuard post;
};

SelfTester::SelfTester(WebhookPoster &poster, const Clock &clock, QObject *parent) : QObject(parent), m_poster(poster), m_clock(clock)
{
    m_wait.setSingleShot(true);
    connect(&m_wait, &QTimer::timeout, this, [this] { takeStored(false); });
}

SelfTester::~SelfTester() = default;

Call<SelfTest> *SelfTester::start(const Plan &plan)
{
    auto *call = Call<SelfTest>::create(this);
    if (m_run) {
        m_run->calls.emplace_back(call);
        return call;
    }
    m_run = std::make_unique<Run>();
    m_run->plan = plan;
    m_run->test.reason = plan.reason;
    m_run->calls.emplace_back(call);
    begin(Way::Direct);
    return call;
}

void SelfTester::begin(Way way)
{
    m_run->way = way;
    const Plan &plan = m_run->plan;
    if (way == Way::Direct) {
        if (!plan.notListening.isEmpty())
            return fail(Kind::Listening, plan.notListening);
        note(Kind::Listening, State::Ok, tr("The receiver listens."));
        return post(way, plan.directUrl);
    }
    note(Kind::Listening, State::Ok, tr("The public address is %1.").arg(plan.tunnelUrl.host()));
    post(way, plan.tunnelUrl);
}

void SelfTester::post(Way way, const QUrl &url)
{
    const TimePoint now = m_clock.now();
    m_run->nonce = WebhookConfig::generateToken();
    m_run->arrived = false;
    m_run->waiting = false;
    PostRequest request;
    request.url = url;
    request.body = SelfTest::body(m_run->nonce, now, m_run->plan.secret.isEmpty());
    request.headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}, {"User-Agent", "novita-console self-test"}};
    request.headers += signature::headers(m_run->plan.secret, "selftest_" + m_run->nonce.toLatin1(), now, request.body);
    if (way == Way::Direct)
        request.pinned = m_run->plan.pinned;
    m_run->post.reset(m_poster.post(request))->onFinished(this, [this](const Result<PostReport> &report) {
        if (report)
            takeReport(*report);
    });
}

void SelfTester::takeReport(const PostReport &report)
{
    if (!report.isAnswered()) {
        const QString detail = report.error ? report.error->message : QString();
        const bool connected = report.stage == PostReport::Stage::Waiting;
        if (connected)
            note(Kind::Connected, State::Ok);
        return fail(connected ? Kind::Answered : Kind::Connected, detail);
    }
    note(Kind::Connected, State::Ok, tr("Answered after %1 ms.").arg(report.took.count()));
    const OwnAnswer answer = readAnswer(report.body);
    // Through a tunnel the delivery itself is the proof: it may stand in the inbox although the answer was changed on its way.
    if (!answer.isOurs && !report.isSuccess())
        return fail(Kind::Answered, answerProblem(report));
    note(Kind::Answered, State::Ok, tr("The answer is %1.").arg(report.status));
    if (!report.isSuccess())
        return fail(report.status == 503 ? Kind::Stored : Kind::Verified, tr("The receiver answered %1: %2.").arg(report.status).arg(answer.error));
    m_run->waiting = true;
    if (m_run->arrived)
        takeStored(true);
    else
        m_wait.start(kUntilStored);
}

QString SelfTester::answerProblem(const PostReport &report) const
{
    if (report.status >= 300 && report.status < 400)
        return tr("The answer is %1, a redirect. It is not followed: enter the address that it leads to.").arg(report.status);
    if (isGatewayProblem(report.status))
        return tr("The tunnel is up, but it does not reach this receiver (%1). Does it lead to this computer's port?").arg(report.status);
    if (report.status == 401 || report.status == 403)
        return tr("Somebody on the way asks for a login (%1); senders have none.").arg(report.status);
    return tr("Something else answers there (%1).").arg(report.status);
}

bool SelfTester::takeArrived(const ReceivedWebhook &webhook)
{
    const QString nonce = SelfTest::nonceOf(webhook.event);
    if (nonce.isEmpty())
        return false;
    if (m_run && nonce == m_run->nonce) {
        m_run->arrived = true;
        if (m_run->waiting)
            takeStored(true);
    }
    return true;
}

void SelfTester::takeMissed()
{
    if (!m_run)
        return;
    m_run->arrived = true;
    if (m_run->waiting)
        takeStored(true);
}

void SelfTester::takeStored(bool stored)
{
    m_wait.stop();
    m_run->waiting = false;
    if (!stored)
        return fail(Kind::Verified, tr("It was answered well, but it never came here: the address leads to another receiver."));
    note(Kind::Verified, State::Ok, m_run->plan.secret.isEmpty() ? tr("The path token was right; nothing is signed.") : tr("The signature was verified."));
    note(Kind::Stored, State::Ok, tr("It is in the inbox."));
    endWay();
}

void SelfTester::note(Kind kind, State state, const QString &sentence)
{
    m_run->test.hops.append({m_run->way, kind, state, sentence});
}

void SelfTester::fail(Kind kind, const QString &sentence)
{
    note(kind, State::Failed, sentence);
    static constexpr std::array kOrder{Kind::Listening, Kind::Connected, Kind::Answered, Kind::Verified, Kind::Stored};
    for (const Kind later : kOrder) {
        if (later > kind)
            note(later, State::NotReached);
    }
    endWay();
}

void SelfTester::endWay()
{
    // What does not work here cannot work through a tunnel; its failure would only hide the reason.
    if (m_run->way == Way::Direct && !m_run->plan.tunnelUrl.isEmpty() && m_run->test.isOk())
        begin(Way::Tunnel);
    else
        finish();
}

void SelfTester::finish()
{
    m_run->test.at = m_clock.now();
    const std::unique_ptr<Run> run = std::exchange(m_run, nullptr);
    for (const QPointer<Call<SelfTest>> &call : run->calls) {
        if (call)
            call->resolve(run->test);
    }
}

} // namespace novita
