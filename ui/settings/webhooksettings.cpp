// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/webhooksettings.h"

#include "core/settings/settingskeys.h"
#include "core/webhooks/webhookservice.h"
#include "ui/settings/linesettings.h"
#include "ui/settings/settingchecks.h"
#include "ui/settings/settingeditors.h"
#include "ui/settings/settingssection.h"
#include "ui/settings/webhooksecretbox.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

namespace novita {

namespace {

const char *toneOf(const WebhookStatus &status)
{
    switch (status.state) {
    case WebhookStatus::State::Listening: return status.storeNotice.isEmpty() ? "good" : "bad";
    case WebhookStatus::State::Failed: return "bad";
    case WebhookStatus::State::NeedsSecret: return "warn";
    default: return "text2";
    }
}

} // namespace

WebhookStateLine::WebhookStateLine(const UiContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_sentence(makeWords("text2", this)), m_warnings(makeWords("warn", this))
{
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kInside);
    layout->addWidget(m_sentence);
    layout->addWidget(m_warnings);
    connect(&context.webhooks, &WebhookService::statusChanged, this, [this] {
        if (isVisible()) // in a flood it comes many times a second
            showState();
    });
    showState();
}

void WebhookStateLine::showState()
{
    const WebhookStatus &status = m_context.webhooks.status();
    QStringList sentences{status.sentence};
    if (!status.storeNotice.isEmpty())
        sentences.append(status.storeNotice);
    m_sentence->setText(sentences.join(QLatin1Char('\n')));
    setTone(m_sentence, toneOf(status));
    m_warnings->setText(status.warnings.join(QLatin1Char('\n')));
    m_warnings->setVisible(!status.warnings.isEmpty());
}

void WebhookStateLine::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    showState();
}

void WebhookStateLine::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        m_context.webhooks.retranslate();
}

void fillWebhookSettings(SettingsSection *section, const UiContext &context)
{
    Settings &settings = context.settings;
    const Theme &theme = context.theme;
    const auto number = [&](const SettingKey<int> &key) { section->add(new IntSetting(settings, theme, key, section)); };
    const auto text = [&](const SettingKey<QString> &key, const TextCheck &check) { section->add(new TextSetting(settings, theme, key, check, nullptr, section)); };
    const auto file = [&](const SettingKey<QString> &key) { section->add(new TextSetting(settings, theme, key, &checkReadableFile, &context.prompts, section)); };

    section->addWidget(new WebhookStateLine(context, section));
    section->add(new BoolSetting(settings, theme, keys::kReceiverEnabled, section));
    section->addWidget(new WebhookSecretBox(context, WebhookSecretBox::Kind::SigningSecret, section));
    section->addWidget(new WebhookSecretBox(context, WebhookSecretBox::Kind::PathToken, section));
    number(keys::kReceiverPort);
    text(keys::kReceiverAddress, &WebhookOptions::checkAddress);
    text(keys::kReceiverPublicUrl, &WebhookOptions::checkPublicUrl);
    text(keys::kReceiverAllowed, &WebhookOptions::checkAddressList);
    text(keys::kReceiverProxies, &WebhookOptions::checkAddressList);
    number(keys::kReceiverPerMinute);
    number(keys::kReceiverBodyKiB);
    file(keys::kReceiverCertificate);
    file(keys::kReceiverKey);
    number(keys::kDeliveryDays);
    number(keys::kDeliveryMiB);
    section->add(new BoolSetting(settings, theme, keys::kPrivateTargets, section));
}

} // namespace novita
