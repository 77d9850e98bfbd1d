// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/cloud/types/webui.h"
#include "core/net/replydecoder.h"
#include "core/net/wireexchange.h"

#include <QByteArray>
#include <QObject>
#include <QUrl>

#include <functional>
#include <optional>

class QNetworkAccessManager;

namespace novita {

/// A Stable Diffusion WebUI server and who asks it.
struct WebUiTarget
{
    QUrl address;     ///< http or https, with a path or without one: "https://x.example.net/webui"
    QString user;     ///< empty: no login is sent
    QString password; ///< secret
    bool operator==(const WebUiTarget &) const = default;

    QUrl url(const QString &path) const; ///< "/sdapi/v1/options", with a query or without one
};

/// The API of a Stable Diffusion WebUI server. It gets no key of the account, no cookie and nothing that tells of it; user and password go to
/// its own address alone, and no redirect is followed: one is ErrorKind::Protocol with ProtocolFault::Redirect, and says where it would lead.
///
/// Every question is asked once. Answers are capped while they are read, and decoded in a worker thread when they are large. Errors are those of
/// webUiError(); an answer that is no JSON is ErrorKind::Protocol. Thread: the one that made it; never blocks.
class WebUiService final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WebUiService)

public:
    static constexpr qint64 kMostAnswer = 96 * 1024 * 1024;
    static constexpr qint64 kMostList = 16 * 1024 * 1024;
    static constexpr Milliseconds kListTime{20'000};
    static constexpr Milliseconds kPictureTime{120'000}; ///< for one that takes a whole picture along
    /// For a question that comes every second: a server that loads a model answers late.
    static constexpr Milliseconds kProgressTime{10'000};
    /// A job may take as long as it likes. Whether its server is still there is to be asked by progress().
    static constexpr Milliseconds kJobTime{12 * 3600 * 1000};

    /// `network`: used by nobody that sends a key, outlives the service.
    explicit WebUiService(QNetworkAccessManager &network, QObject *parent = nullptr);
    ~WebUiService() override;

    /// What is under way goes on with the one it was begun with.
    void setTarget(const WebUiTarget &target);
    const WebUiTarget &target() const { return m_target; }

    /// Makes pictures at `path`; `json` is the body. Error::effectUnknown: the server may have begun.
    Call<WebUiAnswer> *generate(const QString &path, const QByteArray &json);
    Call<WebUiProgress> *progress();
    /// Of the job that was sent with this name; servers without a page of their own (--nowebui) and some others do not have this question.
    Call<WebUiTaskProgress> *taskProgress(const QString &task);
    Call<Done> *interrupt(); ///< what the server does now, whoever asked for it
    /// What a picture says of how it was made; `body` of pngInfoBody().
    Call<QString> *pngInfo(const QByteArray &body);
    /// The question about the bytes of a picture's file, which may be large: for a worker. Any thread.
    static QByteArray pngInfoBody(const QByteArray &file);

    Call<WebUiOptions> *options();
    Call<QList<ImageModel>> *models(ImageModelType type); ///< Checkpoint, Lora or Vae
    Call<QList<ImageModel>> *embeddings(); ///< those that go with the loaded checkpoint
    Call<QStringList> *samplers();
    Call<QStringList> *schedulers();
    Call<QStringList> *upscalers();
    /// Options and checkpoints, which every server has, and of the rest what this one knows: one that is older than a list goes without it.
    Call<WebUiLists> *lists();

private:
    struct Request
    {
        QString path;
        std::optional<QByteArray> json; ///< POST, else GET
        Milliseconds time = kListTime;
        qint64 mostBytes = kMostList;
    };
    template<typename T>
    Call<T> *ask(const Request &request, std::function<T(const QJsonValue &, DecodeLog &)> decode);
    /// `taken` gets a complete answer of 2xx, else `failed` is called; one of them, once, unless the exchange is aborted.
    WireExchange *send(const Request &request, std::function<void(const QByteArray &)> taken, std::function<void(const Error &)> failed);

    QNetworkAccessManager &m_network;
    WebUiTarget m_target;
    ReplyDecoder m_decoder;
};

} // namespace novita
