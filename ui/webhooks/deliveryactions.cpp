// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/deliveryactions.h"

#include "core/base/plainfile.h"
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
#include <QWidget>

namespace novita {

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
    judge();
    update();
}

void DeliveryActions::judge()
{
    const QString none = tr("Select a delivery first");
    m_whyNoBody = m_delivery ? deliverywords::whyNoBody(*m_delivery) : none;
    m_whyNoEdit = m_delivery ? EditReplayDialog::whyNot(*m_delivery) : none;
    m_whyNoCopy = !m_whyNoBody.isEmpty() ? m_whyNoBody : whyNoCopy(*m_delivery);
}

void DeliveryActions::apply(DeliveryAction which, const QString &why, const QString &tip)
{
    QAction *one = action(which);
    one->setEnabled(why.isEmpty());
    one->setToolTip(why.isEmpty() ? tip : format::actionTip(why));
}

void DeliveryActions::update()
{
    const QString off = m_context.webhooks.status().isListening() ? QString() : tr("The receiver is not listening");
    apply(DeliveryAction::Replay, m_whyNoBody.isEmpty() ? off : m_whyNoBody, tr("Sends the same bytes to the receiver again"));
    apply(DeliveryAction::Edit, m_whyNoEdit.isEmpty() ? off : m_whyNoEdit, tr("Changes the body before it is sent to the receiver again"));
    apply(DeliveryAction::Forward, m_whyNoBody, tr("Sends the same bytes to another address"));
    apply(DeliveryAction::CopyCurl, m_whyNoBody, tr("A command that sends it to this receiver again"));
    apply(DeliveryAction::CopyBody, m_whyNoCopy, tr("Copies the body as it was sent"));
    apply(DeliveryAction::Save, m_whyNoBody, tr("Writes the exact bytes of the body to a file"));
}

QString DeliveryActions::whyNoCopy(const Delivery &delivery)
{
    const bool isText = !delivery.body.contains('\0') && QString::fromUtf8(delivery.body).toUtf8() == delivery.body;
    return isText ? QString() : tr("The body is not text: save it instead");
}

void DeliveryActions::say(qint64 about, StateTone tone, const QString &sentence, qint64 came)
{
    emit reported(about, tone, sentence, came);
}

// ---- sending

void DeliveryActions::replay()
{
    follow(m_delivery->id, m_context.webhooks.replay(m_delivery->id));
}

void DeliveryActions::edit()
{
    const SecretState secret = m_context.webhooks.status().secret;
    auto *dialog = new EditReplayDialog(m_context.theme, m_context.prompts, *m_delivery, secret.isSet, m_parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RuleDialog::saveRequested, this, [this, dialog, id = m_delivery->id] { sendEdited(id, dialog); });
    dialog->open();
}

/// The dialog stays until there is an answer: what was typed would be lost.
void DeliveryActions::sendEdited(qint64 about, EditReplayDialog *dialog)
{
    dialog->setBusy(true);
    Call<ReplayReport> *call = m_context.webhooks.replayEdited(about, dialog->body(), dialog->signAnew());
    call->onFinished(this, [this, about, dialog = QPointer(dialog)](const Result<ReplayReport> &report) {
        const bool isAnswered = report && report->post.isAnswered();
        if (dialog && !isAnswered) {
            dialog->setBusy(false);
            dialog->setProblem(report ? report->sentence : report.error().message);
            return;
        }
        if (dialog)
            dialog->accept();
        tell(about, report);
    });
}

void DeliveryActions::forward()
{
    const SecretState secret = m_context.webhooks.status().secret;
    auto *dialog = new ForwardDialog(*m_delivery, m_lastUrl, secret.isSet, m_parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RuleDialog::saveRequested, this, [this, dialog, id = m_delivery->id] {
        const QUrl url = dialog->url();
        if (url.isEmpty()) {
            dialog->setProblem(tr("This is not an address that begins with https:// or http://."));
            return;
        }
        m_lastUrl = dialog->typed();
        follow(id, m_context.webhooks.forward(id, url, dialog->signAnew()));
        dialog->accept();
    });
    dialog->open();
}

void DeliveryActions::follow(qint64 about, Call<ReplayReport> *call)
{
    say(about, StateTone::Wait, tr("Sending…"));
    call->onFinished(this, [this, about](const Result<ReplayReport> &report) { tell(about, report); });
}

void DeliveryActions::tell(qint64 about, const Result<ReplayReport> &report)
{
    if (!report) {
        if (!report.error().isCanceled())
            say(about, StateTone::Bad, report.error().message);
        return;
    }
    const StateTone tone = report->isSuccess() ? StateTone::Good : report->post.isAnswered() ? StateTone::Warn : StateTone::Bad;
    say(about, tone, report->sentence, report->came.value_or(0));
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
        const Result<Done> saved = plainfile::write(path, body);
        if (saved)
            self->say(id, StateTone::Wait, tr("%n byte(s) saved as %1.", nullptr, static_cast<int>(body.size())).arg(QDir::toNativeSeparators(path)));
        else
            self->say(id, StateTone::Bad, tr("Could not save the body: %1").arg(saved.error().message));
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
    judge();
    update();
}

} // namespace novita
