// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/receiverstrip.h"

#include "core/base/clock.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/webhooks/webhookservice.h"
#include "ui/format.h"
#include "ui/widgets/statechip.h"
#include "ui/models/instancetext.h"
#include "ui/theme.h"
#include "ui/webhooks/deliverywords.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/copyfield.h"
#include "ui/widgets/makers.h"

#include <QAction>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr Milliseconds kTick{1000};
constexpr int kMostUrlWidth = 560;

instancetext::StateView look(const WebhookStatus &status)
{
    instancetext::StateView view;
    switch (status.state) {
    case WebhookStatus::State::Off:
        view.word = ReceiverStrip::tr("Off");
        view.icon = QStringLiteral("media-playback-stop");
        break;
    case WebhookStatus::State::NeedsSecret:
        view.word = ReceiverStrip::tr("No secret");
        view.icon = QStringLiteral("object-locked");
        view.tone = StateTone::Warn;
        break;
    case WebhookStatus::State::Starting:
        view.word = ReceiverStrip::tr("Starting");
        view.icon = QStringLiteral("clock");
        view.tone = StateTone::Wait;
        break;
    case WebhookStatus::State::Listening:
        view.word = ReceiverStrip::tr("Listening");
        view.icon = QStringLiteral("checkmark");
        view.tone = StateTone::Good;
        if (!status.storeNotice.isEmpty()) { // and keeps nothing, or not for long
            view.icon = QStringLiteral("emblem-warning");
            view.tone = StateTone::Bad;
        }
        break;
    case WebhookStatus::State::Failed:
        view.word = ReceiverStrip::tr("Not listening");
        view.icon = QStringLiteral("dialog-close");
        view.tone = StateTone::Bad;
        break;
    }
    return view;
}

} // namespace

ReceiverStrip::ReceiverStrip(const UiContext &context, QWidget *parent)
    : QFrame(parent)
    , m_context(context)
    , m_chip(new StateChip(context.theme, this))
    , m_sentence(makeWords("text", this))
    , m_last(makeWords("text2", this))
    , m_url(new CopyField(CopyField::Kind::Plain, this))
    , m_test(new QAction(this))
    , m_settings(new QAction(this))
    , m_switch(new QCheckBox(this))
{
    setProperty("card", true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    buildLayout();
    m_tick.setInterval(kTick);
    connect(&m_tick, &QTimer::timeout, this, &ReceiverStrip::presentLast);
    connect(&context.webhooks, &WebhookService::statusChanged, this, [this] {
        presentTest(); // also in menus, where the strip is not seen
        if (isVisible()) // in a flood it comes many times a second
            present();
    });
    connect(m_test, &QAction::triggered, this, [this] { m_context.webhooks.sendTest(); });
    connect(m_settings, &QAction::triggered, this, &ReceiverStrip::settingsRequested);
    connect(m_switch, &QCheckBox::toggled, this, &ReceiverStrip::switchOn);
    connect(&context.settings, &Settings::changed, this, [this](const QString &key) {
        if (key == keys::kReceiverEnabled.name)
            present();
    });
    retranslate();
}

void ReceiverStrip::buildLayout()
{
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *words = new QVBoxLayout;
    words->setSpacing(space::kInside);
    words->addWidget(m_sentence);
    words->addWidget(m_last);
    auto *upper = new QHBoxLayout;
    upper->setSpacing(space::kRelated);
    upper->addWidget(m_chip, 0, Qt::AlignTop);
    upper->addLayout(words, 1);
    upper->addWidget(m_switch, 0, Qt::AlignTop);
    auto *lower = new QHBoxLayout;
    lower->setSpacing(space::kRelated);
    m_url->setMaximumWidth(kMostUrlWidth);
    lower->addWidget(m_url, 1);
    lower->addStretch();
    lower->addWidget(new ActionButton(m_test, this));
    lower->addWidget(new ActionButton(m_settings, this));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kGroup, space::kRelated, space::kGroup, space::kRelated);
    layout->setSpacing(space::kRelated);
    layout->addLayout(upper);
    layout->addLayout(lower);
}

void ReceiverStrip::switchOn(bool on)
{
    // A disk that cannot be written is told of by Settings::writeFailed; for this run it counts nevertheless.
    static_cast<void>(m_context.settings.setValue(keys::kReceiverEnabled, on));
    present();
}

QString ReceiverStrip::sentence(const WebhookStatus &status) const
{
    // Where it listens stands in the field below.
    QStringList sentences{status.isListening() ? QString() : status.sentence, status.storeNotice};
    sentences.append(status.warnings);
    sentences.removeAll(QString());
    return sentences.join(QLatin1Char(' '));
}

void ReceiverStrip::present()
{
    const WebhookStatus &status = m_context.webhooks.status();
    m_chip->setState(look(status));
    const QUrl url = status.publicUrl.isEmpty() ? status.localUrl : status.publicUrl;
    m_url->setVisible(status.isListening());
    m_url->setText(url.toString());
    const QSignalBlocker blocker(m_switch);
    m_switch->setChecked(status.state != WebhookStatus::State::Off);
    m_switch->setEnabled(!status.forThisRun);
    m_switch->setToolTip(status.forThisRun ? tr("Switched on for this run by --receiver-port") : QString());
    presentLast();
    presentTest();
}

void ReceiverStrip::presentLast()
{
    const WebhookStatus &status = m_context.webhooks.status();
    QString words = tr("No delivery yet");
    if (status.lastDeliveryAt) {
        const QString result = deliverywords::look(status.lastResult).word;
        const Milliseconds passed = m_context.clock.now() - *status.lastDeliveryAt;
        words = passed < kTick ? tr("Last delivery: %1, just now", "its result").arg(result)
                               : tr("Last delivery: %1, %2 ago", "its result, a span of time").arg(result, format::duration(passed));
    }
    // With nothing to complain of, the last delivery is what there is to say.
    const QString trouble = sentence(status);
    const QString upper = trouble.isEmpty() ? words : trouble;
    if (m_sentence->text() != upper)
        m_sentence->setText(upper);
    m_last->setVisible(!trouble.isEmpty() && status.lastDeliveryAt);
    if (m_last->text() != words)
        m_last->setText(words);
}

void ReceiverStrip::presentTest()
{
    const WebhookStatus &status = m_context.webhooks.status();
    m_test->setEnabled(status.isListening() && !status.isTesting);
    m_test->setText(status.isTesting ? tr("Testing…") : tr("Send a test delivery"));
    m_test->setToolTip(!status.isListening() ? tr("The receiver is not listening") : tr("Signs a delivery and sends it the whole way, through the tunnel if one is set"));
}

void ReceiverStrip::retranslate()
{
    setAccessibleName(tr("Webhook receiver"));
    m_settings->setText(tr("Receiver settings"));
    m_switch->setText(tr("Receive"));
    m_switch->setAccessibleName(tr("Receive webhooks"));
    m_url->setName(tr("webhook URL"));
    present();
}

void ReceiverStrip::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    present();
    m_tick.start();
}

void ReceiverStrip::hideEvent(QHideEvent *event)
{
    QFrame::hideEvent(event);
    m_tick.stop();
}

} // namespace novita
