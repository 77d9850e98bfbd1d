// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/inboxempty.h"

#include "ui/theme.h"
#include "ui/widgets/copyfield.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/makers.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include <array>

namespace novita {

namespace {

constexpr int kMostWidth = 620;
constexpr std::array<const char *, 3> kTunnels{"cloudflared", "ngrok", "ssh"};

} // namespace

InboxEmpty::InboxEmpty(QWidget *parent)
    : QWidget(parent)
    , m_state(new EmptyState(this))
    , m_tunnels(new QWidget(this))
    , m_intro(makeWords("text2", m_tunnels))
{
    buildTunnels();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addStretch(1);
    layout->addWidget(m_state);
    auto *middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addWidget(m_tunnels, 100);
    middle->addStretch(1);
    layout->addLayout(middle);
    layout->addStretch(2);
    setFocusProxy(m_state);
    connect(m_state, &EmptyState::activated, this, [this] {
        switch (m_step) {
        case Step::SwitchOn: emit switchOnRequested(); break;
        case Step::Settings: emit settingsRequested(); break;
        case Step::Test: emit testRequested(); break;
        case Step::ClearFilter: emit clearFilterRequested(); break;
        case Step::None: break;
        }
    });
    retranslate();
}

void InboxEmpty::buildTunnels()
{
    auto *grid = new QGridLayout(m_tunnels);
    grid->setContentsMargins(space::kPage, space::kRelated, space::kPage, space::kPage);
    grid->setHorizontalSpacing(space::kGroup);
    grid->setVerticalSpacing(space::kRelated);
    grid->setColumnStretch(1, 1);
    grid->addWidget(m_intro, 0, 0, 1, 2);
    for (std::size_t i = 0; i < kTunnels.size(); ++i) {
        auto *label = new QLabel(QLatin1String(kTunnels[i]), m_tunnels);
        label->setTextFormat(Qt::PlainText);
        auto *field = new CopyField(CopyField::Kind::Plain, m_tunnels);
        label->setBuddy(field->field());
        const int row = static_cast<int>(i) + 1;
        grid->addWidget(label, row, 0);
        grid->addWidget(field, row, 1);
        m_commands.append(field);
    }
    m_tunnels->setMaximumWidth(kMostWidth);
    m_tunnels->hide();
}

void InboxEmpty::setContent(const QString &sentence, Step step, const QString &label)
{
    m_step = step;
    m_state->setContent(sentence, label);
}

void InboxEmpty::showStatus(const WebhookStatus &status)
{
    m_tunnels->hide();
    switch (status.state) {
    case WebhookStatus::State::Off:
        setContent(tr("The receiver is off. Once it is on, every webhook delivery shows up here, also those it refuses."), Step::SwitchOn, tr("Switch on"));
        return;
    case WebhookStatus::State::NeedsSecret:
        setContent(tr("The receiver needs a secret that it shares with the sender. Without one it takes nothing in."), Step::Settings, tr("Set a secret"));
        return;
    case WebhookStatus::State::Starting:
        setContent(tr("The receiver is starting."), Step::None, {});
        return;
    case WebhookStatus::State::Failed:
        setContent(status.sentence, Step::Settings, tr("Settings"));
        return;
    case WebhookStatus::State::Listening:
        break;
    }
    const QString test = tr("Send a test delivery");
    if (!status.storeNotice.isEmpty()) { // what came may have been refused for it
        setContent(tr("Nothing has been stored. %1").arg(status.storeNotice), Step::Test, test);
        return;
    }
    setContent(tr("Nothing has arrived yet. The receiver is listening."), Step::Test, test);
    showTunnels(status.localUrl);
}

void InboxEmpty::showFilteredOut(bool isSearching)
{
    m_tunnels->hide();
    if (isSearching)
        setContent(tr("Looking through older deliveries…"), Step::None, {});
    else
        setContent(tr("No delivery matches this filter."), Step::ClearFilter, tr("Clear filter"));
}

void InboxEmpty::showTunnels(const QUrl &local)
{
    if (local.isEmpty())
        return;
    const QString authority = local.host().contains(QLatin1Char(':')) ? QStringLiteral("[%1]:%2").arg(local.host()).arg(local.port())
                                                                      : QStringLiteral("%1:%2").arg(local.host()).arg(local.port());
    const QString root = QStringLiteral("%1://%2").arg(local.scheme(), authority);
    const QStringList commands{QStringLiteral("cloudflared tunnel --url ") + root, QStringLiteral("ngrok http ") + root,
                               QStringLiteral("ssh -R 9000:%1 user@your-server.example").arg(authority)};
    for (int i = 0; i < m_commands.size(); ++i)
        m_commands.at(i)->setText(commands.at(i));
    m_tunnels->show();
}

void InboxEmpty::retranslate()
{
    m_intro->setText(tr("Senders on the internet cannot reach this computer by themselves. A tunnel brings their deliveries here; put its https address into the settings. With ssh it ends at port 9000 of a server of your own, where a web server has to speak TLS to the senders:"));
    for (std::size_t i = 0; i < kTunnels.size(); ++i)
        m_commands.at(static_cast<qsizetype>(i))->setName(tr("%1 command", "name of a tunnel program").arg(QLatin1String(kTunnels[i])));
}

void InboxEmpty::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
