// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/webhooks/selftest.h"
#include "core/webhooks/webhookposter.h"
#include "core/webhooks/webhookreceiver.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace novita {

/// Sends test deliveries the whole way, directly and through the tunnel, and finds the step that failed. One test at a time.
/// Thread: that of its owner.
class SelfTester final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SelfTester)

public:
    static constexpr Milliseconds kUntilStored{3000}; ///< an answered delivery shows in the inbox by then, or it went elsewhere

    struct Plan
    {
        SelfTest::Reason reason = SelfTest::Reason::Asked;
        QString notListening;   ///< why the receiver does not listen; empty: it does
        QUrl directUrl;
        QUrl tunnelUrl;         ///< empty: none
        SigningSecret secret;   ///< empty: the URLs have the path token, and nothing is signed
        QSslCertificate pinned; ///< of this receiver, when it speaks TLS
    };

    /// Both must outlive it.
    SelfTester(WebhookPoster &poster, const Clock &clock, QObject *parent = nullptr);
    ~SelfTester() override;

    bool isRunning() const { return m_run != nullptr; }
    /// Never fails but for Canceled; a test that is under way is told of to both.
    Call<SelfTest> *start(const Plan &plan);
    /// Is this a test delivery? One that is waited for is taken note of.
    bool takeArrived(const ReceivedWebhook &webhook);
    /// So many arrived that not each is told of: what is waited for may be among those.
    void takeMissed();

private:
    using Way = SelfTestHop::Way;
    using Kind = SelfTestHop::Kind;
    using State = SelfTestHop::State;
    struct Run;

    void begin(Way way);
    void post(Way way, const QUrl &url);
    void takeReport(const PostReport &report);
    void takeStored(bool stored);
    void endWay();
    void finish();
    void note(Kind kind, State state, const QString &sentence = {});
    void fail(Kind kind, const QString &sentence);
    QString answerProblem(const PostReport &report) const;

    WebhookPoster &m_poster;
    const Clock &m_clock;
    std::unique_ptr<Run> m_run;
    QTimer m_wait;
};

} // namespace novita
