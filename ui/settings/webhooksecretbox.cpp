// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/webhooksecretbox.h"

#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/webhooks/webhookservice.h"
#include "ui/prompts.h"
#include "ui/theme.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/makers.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace novita {

WebhookSecretBox::WebhookSecretBox(const UiContext &context, Kind kind, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_kind(kind)
    , m_title(new QLabel(this))
    , m_about(makeWords("text2", this))
    , m_state(makeWords("", this))
    , m_generate(new QPushButton(this))
    , m_replace(new QPushButton(this))
    , m_copy(new QPushButton(this))
    , m_own(new QPushButton(this))
    , m_remove(new QPushButton(this))
    , m_typed(new QLineEdit(this))
    , m_use(new QPushButton(this))
    , m_result(makeWords("text2", this))
    , m_banner(new ErrorBanner(context.theme, this))
{
    m_typed->setEchoMode(QLineEdit::Password);
    m_typed->setMaxLength(static_cast<int>(SigningSecret::kMaxTextBytes));
    m_banner->setDismissible(true);
    buildLayout();
    setEditing(false);
    m_result->hide();
    retranslate();
    connect(m_generate, &QPushButton::clicked, this, &WebhookSecretBox::generate);
    connect(m_replace, &QPushButton::clicked, this, [this] { setEditing(m_typed->isHidden()); });
    connect(m_copy, &QPushButton::clicked, this, &WebhookSecretBox::copy);
    connect(m_own, &QPushButton::clicked, this, isToken() ? &WebhookSecretBox::copyAddress : &WebhookSecretBox::dropPrevious);
    connect(m_remove, &QPushButton::clicked, this, &WebhookSecretBox::remove);
    connect(m_typed, &QLineEdit::textChanged, this, &WebhookSecretBox::showState);
    connect(m_typed, &QLineEdit::returnPressed, this, &WebhookSecretBox::useTyped);
    connect(m_use, &QPushButton::clicked, this, &WebhookSecretBox::useTyped);
    connect(&context.webhooks, &WebhookService::statusChanged, this, [this] {
        if (isVisible()) // in a flood it comes many times a second
            showState();
    });
    connect(&m_clipboard, &SecretClipboard::cleared, this, [this] { m_result->hide(); });
    connect(&context.theme, &Theme::changed, this, &WebhookSecretBox::applyFonts);
}

void WebhookSecretBox::applyFonts()
{
    m_title->setFont(m_context.theme.font(TextStyle::Subtitle, true));
    m_about->setFont(m_context.theme.font(TextStyle::Small));
}

void WebhookSecretBox::buildLayout()
{
    m_title->setTextFormat(Qt::PlainText);
    applyFonts();
    // Two rows: with large text one would be wider than the page.
    const auto rowOf = [](const QList<QPushButton *> &buttons) {
        auto *row = new QHBoxLayout;
        row->setSpacing(space::kRelated);
        for (QPushButton *button : buttons) {
            button->setAutoDefault(false);
            row->addWidget(button);
        }
        row->addStretch(1);
        return row;
    };
    m_use->setAutoDefault(false);
    auto *typing = new QHBoxLayout;
    typing->setSpacing(space::kRelated);
    typing->addWidget(m_typed, 1);
    typing->addWidget(m_use);
    auto *controls = new QVBoxLayout;
    controls->setSpacing(space::kRelated);
    controls->addLayout(rowOf({m_generate, m_replace, m_copy, m_remove}));
    controls->addLayout(rowOf({m_own}));
    controls->addLayout(typing);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kInside);
    layout->addWidget(m_title);
    layout->addWidget(m_about);
    layout->addWidget(m_state);
    layout->addSpacing(space::kInside);
    layout->addLayout(controls);
    layout->addWidget(m_result);
    layout->addWidget(m_banner);
}

const SecretState &WebhookSecretBox::state() const
{
    const WebhookStatus &status = m_context.webhooks.status();
    return isToken() ? status.pathToken : status.secret;
}

QString WebhookSecretBox::stateText() const
{
    if (state().fromEnvironment)
        return isToken() ? tr("Comes from the environment (WEBHOOK_PATH_TOKEN) for this run and is written nowhere.")
                         : tr("Comes from the environment (WEBHOOK_SECRET) for this run and is written nowhere.");
    if (state().sessionOnly)
        return tr("Set for this session only: the keychain did not take it.");
    if (!state().isSet) {
        const QString problem = m_context.webhooks.secrets().problem();
        if (!problem.isEmpty())
            return problem;
        return m_context.webhooks.status().secretsRead ? tr("Not set.") : tr("The keychain is asked…");
    }
    const bool rotating = !isToken() && m_context.webhooks.status().previousSecret.isSet;
    return rotating ? tr("Set, kept in the keychain. The old one is accepted, too, until every sender has the new one.") : tr("Set, kept in the keychain.");
}

void WebhookSecretBox::showState()
{
    const bool busy = m_change.isBusy();
    const SecretState &now = state();
    m_state->setText(stateText());
    m_generate->setEnabled(!busy && !now.fromEnvironment);
    m_replace->setEnabled(!busy && !now.fromEnvironment);
    m_copy->setVisible(now.isSet);
    m_own->setVisible(isToken() ? now.isSet : m_context.webhooks.status().previousSecret.isSet);
    m_own->setEnabled(isToken() ? m_context.webhooks.status().isListening() : !busy);
    m_remove->setVisible(now.isSet && !now.fromEnvironment);
    m_remove->setEnabled(!busy);
    m_use->setEnabled(!busy && !m_typed->text().trimmed().isEmpty());
}

void WebhookSecretBox::setEditing(bool editing)
{
    m_typed->clear();
    m_typed->setVisible(editing);
    m_use->setVisible(editing);
    if (editing)
        m_typed->setFocus();
}

void WebhookSecretBox::say(const QString &sentence, const char *tone)
{
    m_result->setText(sentence);
    setTone(m_result, tone);
    m_result->show();
}

void WebhookSecretBox::follow(Call<Done> *call, const QString &sentence)
{
    m_banner->clear();
    m_result->hide();
    m_change.reset(call)->onFinished(this, [this, sentence](const Result<Done> &result) {
        if (result) {
            setEditing(false);
            say(sentence, "good");
        } else {
            m_banner->setError(result.error());
        }
        showState();
    });
    showState();
}

void WebhookSecretBox::generate()
{
    WebhookSecrets &secrets = m_context.webhooks.secrets();
    if (!isToken()) {
        // Nothing is lost: the old one goes on being accepted.
        const QString sentence = state().isSet ? tr("There is a new secret. Copy it to every sender, then stop accepting the old one.")
                                               : tr("There is a secret. Copy it to the sender.");
        follow(secrets.rotateSecret(SigningSecret::generate()), sentence);
        return;
    }
    const auto make = [this] {
        follow(m_context.webhooks.secrets().setPathToken(WebhookConfig::generateToken()), tr("There is a path token. Copy the address for task events."));
    };
    if (!state().isSet) {
        make();
        return;
    }
    ask(tr("Make a new path token?"), tr("Task events that are sent to the old address are refused from then on."), tr("Make a new one"), make);
}

void WebhookSecretBox::useTyped()
{
    const QString text = m_typed->text().trimmed();
    if (text.isEmpty() || m_change.isBusy())
        return;
    if (isToken())
        follow(m_context.webhooks.secrets().setPathToken(text), tr("The path token is set."));
    else
        follow(m_context.webhooks.secrets().rotateSecret(text), tr("The secret is set."));
}

void WebhookSecretBox::putOnClipboard(const QString &text)
{
    const int keepFor = m_context.settings.value(keys::kClipboardClearSeconds);
    m_clipboard.copy(text, Seconds(keepFor));
    say(tr("Copied. It leaves the clipboard by itself after %n seconds.", nullptr, keepFor), "text2");
}

void WebhookSecretBox::copy()
{
    WebhookSecrets &secrets = m_context.webhooks.secrets();
    m_reveal.reset(isToken() ? secrets.revealPathToken() : secrets.revealSecret())->onFinished(this, [this](const Result<QString> &text) {
        if (!text) {
            m_banner->setError(text.error());
            return;
        }
        putOnClipboard(*text);
    });
}

void WebhookSecretBox::copyAddress()
{
    m_reveal.reset(m_context.webhooks.revealTaskUrl())->onFinished(this, [this](const Result<QUrl> &url) {
        if (!url) {
            m_banner->setError(url.error());
            return;
        }
        putOnClipboard(url->toString());
    });
}

void WebhookSecretBox::remove()
{
    const QString title = isToken() ? tr("Remove the path token?") : tr("Remove the signing secret?");
    const QString text = isToken() ? tr("Task events are refused from then on.") : tr("Signed deliveries are refused from then on, also those that are signed with the old one.");
    ask(title, text, tr("Remove"), [this] {
        WebhookSecrets &secrets = m_context.webhooks.secrets();
        follow(isToken() ? secrets.removePathToken() : secrets.removeSecret(), tr("Removed."));
    });
}

void WebhookSecretBox::dropPrevious()
{
    ask(tr("Stop accepting the old secret?"), tr("Senders that still sign with it are refused from then on."), tr("Stop accepting it"),
        [this] { follow(m_context.webhooks.secrets().dropPrevious(), tr("Only the new secret is accepted.")); });
}

void WebhookSecretBox::ask(const QString &title, const QString &text, const QString &confirmLabel, const std::function<void()> &agreed)
{
    ConfirmRequest request;
    request.title = title;
    request.text = text;
    request.confirmLabel = confirmLabel;
    m_context.prompts.confirm(window(), request, [agreed](bool yes) {
        if (yes)
            agreed();
    });
}

/// Nobody asks the keychain for a receiver that is off until its secrets are to be seen.
void WebhookSecretBox::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_context.webhooks.secrets().load();
    showState();
}

void WebhookSecretBox::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void WebhookSecretBox::retranslate()
{
    m_title->setText(isToken() ? tr("Path token") : tr("Signing secret"));
    m_about->setText(isToken() ? tr("Part of the address of task events, which the cloud does not sign. What they say is read back before it counts.")
                               : tr("Senders sign with it, and the receiver checks it: both need the same one."));
    m_generate->setText(tr("Generate"));
    m_generate->setAccessibleName(isToken() ? tr("Generate path token") : tr("Generate signing secret"));
    m_replace->setText(tr("Replace…"));
    m_replace->setAccessibleName(isToken() ? tr("Replace path token") : tr("Replace signing secret"));
    m_copy->setText(tr("Copy"));
    m_copy->setAccessibleName(isToken() ? tr("Copy path token") : tr("Copy signing secret"));
    m_own->setText(isToken() ? tr("Copy address") : tr("Stop accepting the old one…"));
    m_own->setAccessibleName(isToken() ? tr("Copy address for task events") : tr("Stop accepting the old signing secret"));
    m_remove->setText(tr("Remove…"));
    m_remove->setAccessibleName(isToken() ? tr("Remove path token") : tr("Remove signing secret"));
    m_typed->setPlaceholderText(isToken() ? tr("22 to 128 letters, digits, - or _") : tr("whsec_… or any text"));
    m_typed->setAccessibleName(isToken() ? tr("New path token") : tr("New signing secret"));
    m_use->setText(tr("Use it"));
    m_use->setAccessibleName(isToken() ? tr("Use new path token") : tr("Use new signing secret"));
    showState();
}

} // namespace novita
