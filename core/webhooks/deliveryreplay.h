// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/webhooks/delivery.h"
#include "core/webhooks/signature.h"
#include "core/webhooks/webhookposter.h"

#include <QObject>

#include <functional>
#include <optional>

namespace novita {

class DeliveryStore;

/// What became of a delivery that was sent once more.
struct ReplayReport
{
    PostReport post;
    QString sentence; ///< for the person who asked; translated
    std::optional<qint64> came; ///< the delivery that came of it, as the own receiver says; none for what it refused unsigned

    bool isSuccess() const { return post.isSuccess(); }
};

/// Sends stored deliveries once more: to the own receiver as they were, edited, or on to another address. Redirects are not followed.
/// A call fails with NotFound when the delivery is not kept any more or its body never was, and with Validation when it cannot be sent at all.
/// Thread: that of its owner.
class DeliveryReplay final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeliveryReplay)

public:
    /// Where the own receiver is, and how it trusts.
    struct Receiver
    {
        QUrl signedUrl;
        QUrl taskUrl;           ///< empty without a path token
        SigningSecret secret;   ///< empty without one
        QSslCertificate pinned; ///< of the receiver itself, when it speaks TLS
    };
    /// Validation while it does not listen.
    using FindReceiver = std::function<Result<Receiver>()>;

    /// All must outlive it.
    DeliveryReplay(DeliveryStore &store, WebhookPoster &poster, const Clock &clock, FindReceiver find, QObject *parent = nullptr);

    Call<ReplayReport> *replay(qint64 id);
    Call<ReplayReport> *replayEdited(qint64 id, const QByteArray &body, bool resign);
    /// `url`: see TargetPolicy.
    Call<ReplayReport> *forward(qint64 id, const QUrl &url, bool resign, const TargetPolicy &policy);

private:
    struct Order
    {
        std::optional<QUrl> target; ///< none: the own receiver
        std::optional<TargetPolicy> policy;
        std::optional<QByteArray> body;
        bool resign = false;
    };

    Call<ReplayReport> *send(qint64 id, const Order &order);
    Result<PostRequest> requestFor(const Delivery &delivery, const Order &order) const;
    QString describe(const PostReport &report, bool own) const;

    DeliveryStore &m_store;
    WebhookPoster &m_poster;
    const Clock &m_clock;
    FindReceiver m_find;
};

} // namespace novita
