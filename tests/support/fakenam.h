// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>

#include <chrono>
#include <deque>
#include <functional>
#include <vector>

namespace novita {

/// What a FakeReply does.
struct FakeAnswer
{
    int status = 200;
    QByteArray body;
    QList<QNetworkReply::RawHeaderPair> headers;
    QNetworkReply::NetworkError error = QNetworkReply::NoError; ///< with status 0: a transport error
    std::chrono::milliseconds delay{0};
    bool hangs = false; ///< never answers; abort() ends it

    static FakeAnswer payload(const QByteArray &body, int status = 200);
    static FakeAnswer transportError(QNetworkReply::NetworkError error);
    static FakeAnswer hanging();
    static FakeAnswer delayed(const QByteArray &body, std::chrono::milliseconds delay);
    FakeAnswer withHeader(const QByteArray &name, const QByteArray &value) const;
};

/// One request as the manager was given it.
struct FakeRequest
{
    QByteArray verb;
    QNetworkRequest request;
    QByteArray body;
    bool bodyIsSequential = false;

    QByteArray header(const char *name) const { return request.rawHeader(name); }
    QString path() const { return request.url().path(); }
};

class FakeReply final : public QNetworkReply
{
    Q_OBJECT

public:
    FakeReply(const FakeRequest &request, const FakeAnswer &answer, QObject *parent);

    /// Told once when somebody ends the reply before its time.
    void setAbortListener(std::function<void()> listener) { m_onAbort = std::move(listener); }

    void abort() override;
    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override;
    /// Ends a hanging reply after all.
    void answer(const FakeAnswer &answer);

protected:
    qint64 readData(char *target, qint64 maxSize) override;

private:
    void complete();

    FakeAnswer m_answer;
    qint64 m_position = 0;
    std::function<void()> m_onAbort;
};

/// A manager without a network: answers what the test says. Requests beyond the scripted answers get the responder's
/// answer, or `{}` without one.
class FakeNam final : public QNetworkAccessManager
{
    Q_OBJECT

public:
    using Responder = std::function<FakeAnswer(const FakeRequest &)>;

    void setResponder(Responder responder) { m_responder = std::move(responder); }
    /// Answers the next request that has no scripted answer yet.
    void script(const FakeAnswer &answer) { m_script.push_back(answer); }

    const std::vector<FakeRequest> &requests() const { return m_requests; }
    int count() const { return static_cast<int>(m_requests.size()); }
    /// The reply to request `index`, or null once it is deleted.
    FakeReply *reply(int index) const { return m_replies.at(static_cast<size_t>(index)); }
    int abortedCount() const { return m_aborted; }

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request, QIODevice *body) override;

private:
    Responder m_responder;
    std::deque<FakeAnswer> m_script;
    std::vector<FakeRequest> m_requests;
    std::vector<QPointer<FakeReply>> m_replies;
    int m_aborted = 0;
};

} // namespace novita
