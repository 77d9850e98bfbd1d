// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/deliveryactions.h"

#include "core/webhooks/webhookservice.h"
#include "ui/format.h"
#include "ui/prompts.h"
#include "ui/webhooks/deliverytext.h"
#include "ui/webhooks/deliverywords.h"
#include "ui/webhooks/editreplaydialog.h"
#include "ui/webhooks/forwarddialog.h"

#include <QAction>
#include <QClipboard>
#include <QDir>
#include <QGuiApplication>
#include <QMenu>
#include <QPointer>
#include <QSaveFile>
#include <QWidget>

namespace novita {

namespace {

constexpr int kLookedAt = 50;

} // namespace

DeliveryActions::DeliveryActions(const UiContext &context, QWidget *dialogParent)
    : QObject(dialogParent), m_context(context), m_parent(dialogParent), m_more(new QMenu(dialogParent))
{
    for (QAction *&action : m_actions)
        action = new QAction(this);
    m_more->setToolTipsVisible(true);
    for (const DeliveryAction which : {DeliveryAction::Edit, DeliveryAction::CopyCurl, DeliveryAction::CopyBody, DeliveryAction::Save})
        m_more->addAction(action(which));
    const auto on = [this](DeliveryAction which, void (DeliveryActions::*handler)()) {
        connect(action(which), &QAction::triggered, this, [this, handler] {
            if (m_delivery)
                (this->*handler)();
        });
    };
    on(DeliveryAction::Replay, &DeliveryActions::replay);
    on(DeliveryAction::Edit, &DeliveryActions::edit);
    on(DeliveryAction::Forward, &DeliveryActions::forward);
    on(DeliveryAction::CopyCurl, &DeliveryActions::copyCurl);
    on(DeliveryAction::CopyBody, &DeliveryActions::copyBody);
    on(DeliveryAction::Save, &DeliveryActions::save);
    connect(&context.webhooks, &WebhookService::statusChanged, this, &DeliveryActions::update);
    retranslate();
}

void DeliveryActions::setDelivery(const std::optional<Delivery> &delivery)
{
    m_delivery = delivery;
    update();
}

void DeliveryActions::apply(DeliveryAction which, const QString &why, const QString &tip)
{
    QAction *one = action(which);
    one->setEnabled(why.isEmpty());
    one->setToolTip(why.isEmpty() ? tip : format::actionTip(why));
}

void DeliveryActions::update()
{
    const QString none = m_delivery ? QString() : tr("Select a delivery first");
    const QString noBody = m_delivery ? deliverywords::whyNoBody(*m_delivery) : none;
    const QString off = m_context.webhooks.status().isListening() ? QString() : tr("The receiver does not listen");
    const QString noEdit = m_delivery ? EditReplayDialog::whyNot(*m_delivery) : none;
    const QString noText = !m_delivery || !noBody.isEmpty() ? noBody : whyNoCopy(*m_delivery);
    apply(DeliveryAction::Replay, noBody.isEmpty() ? off : noBody, tr("Sends the same bytes to the receiver again"));
    apply(DeliveryAction::Edit, noEdit.isEmpty() ? off : noEdit, tr("Changes the body before it is sent to the receiver again"));
    apply(DeliveryAction::Forward, noBody, tr("Sends the same bytes to another address"));
    apply(DeliveryAction::CopyCurl, noBody, tr("A command that sends it to this receiver again"));
    apply(DeliveryAction::CopyBody, noText, tr("Copies the body as it was sent"));
    apply(DeliveryAction::Save, noBody, tr("Writes the exact bytes of the body to a file"));
}

QString DeliveryActions::whyNoCopy(const Delivery &delivery)
{
    const bool isText = !delivery.body.contains('\0') && QString::fromUtf8(delivery.body).toUtf8() == delivery.body;
    return isText ? QString() : tr("The body is no text: save it instead");
}

void DeliveryActions::say(qint64 about, StateTone tone, const QString &sentence, qint64 came)
{
    emit reported(about, tone, sentence, came);
}

// ---- sending

void DeliveryActions::replay()
{
    follow(m_delivery->id, m_delivery->bytes, m_context.webhooks.replay(m_delivery->id));
}

void DeliveryActions::edit()
{
    const SecretState secret = m_context.webhooks.status().secret;
    auto *dialog = new EditReplayDialog(m_context.theme, *m_delivery, secret.isSet, m_parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RuleDialog::saveRequested, this, [this, dialog, id = m_delivery->id] {
        const QByteArray body = dialog->body();
        follow(id, body.size(), m_context.webhooks.replayEdited(id, body, dialog->signAnew()));
        dialog->accept();
    });
    dialog->open();
}

void DeliveryActions::forward()
{
    const SecretState secret = m_context.webhooks.status().secret;
    auto *dialog = new ForwardDialog(*m_delivery, m_lastUrl, secret.isSet, m_parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RuleDialog::saveRequested, this, [this, dialog, id = m_delivery->id] {
        const QUrl url = dialog->url();
        if (url.isEmpty()) {
            dialog->setProblem(tr("This is no address that begins with https:// or http://."));
            return;
        }
        m_lastUrl = dialog->typed();
        follow(id, 0, m_context.webhooks.forward(id, url, dialog->signAnew()));
        dialog->accept();
    });
    dialog->open();
}

/// Says how it ended. `bytes` went to the own receiver, so that there is a new delivery to lead to; 0: elsewhere.
void DeliveryActions::follow(qint64 about, qint64 bytes, Call<ReplayReport> *call)
{
    const TimePoint begun = m_context.clock.now();
    say(about, StateTone::Wait, tr("Sending…"));
    call->onFinished(this, [this, about, bytes, begun](const Result<ReplayReport> &report) {
        if (!report) {
            if (!report.error().isCanceled())
                say(about, StateTone::Bad, report.error().message);
            return;
        }
        const StateTone tone = report->isSuccess() ? StateTone::Good : report->post.isAnswered() ? StateTone::Warn : StateTone::Bad;
        say(about, tone, report->sentence);
        if (bytes > 0 && report->post.isAnswered())
            findWhatCame(about, bytes, begun, tone, report->sentence);
    });
}

/// An answer means stored: the newest of that length since then is the one.
void DeliveryActions::findWhatCame(qint64 about, qint64 bytes, TimePoint since, StateTone tone, const QString &sentence)
{
    DeliveryQuery query;
    query.limit = kLookedAt;
    m_context.webhooks.deliveries().list(query)->onFinished(this, [this, about, bytes, since, tone, sentence](const Result<DeliveryPage> &page) {
        if (!page)
            return;
        for (const Delivery &one : page->deliveries) {
            if (one.id > about && one.bytes == bytes && one.receivedAt >= since) {
                say(about, tone, sentence, one.id);
                return;
            }
        }
    });
}

// ---- taking along

void DeliveryActions::copyCurl()
{
    const WebhookStatus &status = m_context.webhooks.status();
    QUrl url = status.localUrl;
    if (url.isEmpty())
        url = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_context.webhooks.options().port));
    url.setPath({});
    QGuiApplication::clipboard()->setText(deliverytext::curlCommand(*m_delivery, url.toString() + m_delivery->path));
    say(m_delivery->id, StateTone::Wait, tr("The command is in the clipboard."));
}

void DeliveryActions::copyBody()
{
    QGuiApplication::clipboard()->setText(QString::fromUtf8(m_delivery->body));
    say(m_delivery->id, StateTone::Wait, tr("The body is in the clipboard."));
}

void DeliveryActions::save()
{
    m_context.prompts.saveFile(m_parent, tr("Save body"), QDir::home().filePath(deliverytext::fileName(*m_delivery)), tr("All files (*)"),
                               [self = QPointer(this), id = m_delivery->id, body = m_delivery->body](const QString &path) {
        if (!self || path.isEmpty())
            return;
        QSaveFile file(path);
        const bool saved = file.open(QIODevice::WriteOnly) && file.write(body) == body.size() && file.commit();
        if (saved)
            self->say(id, StateTone::Wait, tr("%n byte(s) saved as %1.", nullptr, static_cast<int>(body.size())).arg(QDir::toNativeSeparators(path)));
        else
            self->say(id, StateTone::Bad, tr("Could not save the body: %1").arg(file.errorString()));
    });
}

void DeliveryActions::retranslate()
{
    action(DeliveryAction::Replay)->setText(tr("Replay"));
    action(DeliveryAction::Edit)->setText(tr("Edit and replay…"));
    action(DeliveryAction::Forward)->setText(tr("Forward…"));
    action(DeliveryAction::CopyCurl)->setText(tr("Copy as curl"));
    action(DeliveryAction::CopyBody)->setText(tr("Copy body"));
    action(DeliveryAction::Save)->setText(tr("Save body…"));
    update();
}

} // namespace novita
