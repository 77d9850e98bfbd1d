// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/noticebar.h"

#include "core/workflows/sessioncontroller.h"
#include "ui/theme.h"
#include "ui/widgets/errorbanner.h"

#include <QEvent>
#include <QLabel>
#include <QTimer>
#include <QVBoxLayout>

namespace novita {

NoticeBar::NoticeBar(UiContext context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_production(new QLabel(this))
    , m_banners(new QWidget(this))
    , m_rejection(new ErrorBanner(context.theme, m_banners))
    , m_keychain(new ErrorBanner(context.theme, m_banners))
    , m_notice(new ErrorBanner(context.theme, m_banners))
    , m_news(new ErrorBanner(context.theme, m_banners))
    , m_newsEnd(new QTimer(this))
{
    m_production->setObjectName(QStringLiteral("productionBar"));
    m_production->setProperty("bar", QStringLiteral("production"));
    m_production->setTextFormat(Qt::PlainText);
    m_production->setAlignment(Qt::AlignCenter);
    m_keychain->setDismissible(true);
    m_notice->setDismissible(true);
    m_news->setDismissible(true);
    m_newsEnd->setSingleShot(true);
    m_newsEnd->setInterval(kGoodNewsStay);
    auto *banners = new QVBoxLayout(m_banners);
    banners->setContentsMargins(space::kPage, space::kRelated, space::kPage, 0);
    banners->setSpacing(space::kInside);
    banners->addWidget(m_rejection);
    banners->addWidget(m_keychain);
    banners->addWidget(m_notice);
    banners->addWidget(m_news);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_production);
    layout->addWidget(m_banners);
    connect(&context.profiles, &ProfileStore::activeChanged, this, &NoticeBar::showProduction);
    connect(&context.profiles, &ProfileStore::profilesChanged, this, &NoticeBar::showProduction);
    connect(&context.theme, &Theme::changed, this, &NoticeBar::showProduction);
    connect(&context.session, &SessionController::keychainNoticeChanged, this, [this] {
        m_keychainDismissed = false;
        showKeychain();
    });
    connect(&context.session, &SessionController::connectionChanged, this, &NoticeBar::showRejection);
    connect(m_rejection, &ErrorBanner::actionTriggered, this, [this] { m_context.session.retryKey(); });
    connect(m_keychain, &ErrorBanner::dismissed, this, [this] {
        m_keychainDismissed = true;
        showOrHideBanners();
    });
    connect(m_notice, &ErrorBanner::dismissed, this, &NoticeBar::showOrHideBanners);
    connect(m_news, &ErrorBanner::dismissed, this, &NoticeBar::showOrHideBanners);
    connect(m_news, &ErrorBanner::actionTriggered, this, [this] {
        emit pageRequested(m_newsTarget);
        showNews(StateTone::Idle, {});
    });
    connect(m_newsEnd, &QTimer::timeout, this, [this] { showNews(StateTone::Idle, {}); });
    connect(m_keychain, &ErrorBanner::actionTriggered, this, [this] {
        m_unlock.reset(m_context.session.unlockKeychain())->onFinished(this, [this](const Result<KeychainState> &) { showKeychain(); });
    });
    showProduction();
    showRejection();
    showKeychain();
}

void NoticeBar::showNotice(const QString &sentence)
{
    const QString before = m_notice->isShowing() ? m_notice->sentence() : QString();
    const QLatin1Char newLine('\n');
    if ((newLine + before + newLine).contains(newLine + sentence + newLine))
        return;
    m_notice->showMessage(StateTone::Warn, before.isEmpty() ? sentence : before + newLine + sentence);
    showOrHideBanners();
}

void NoticeBar::showNews(StateTone tone, const QString &sentence, const QString &actionLabel, const QString &target)
{
    const bool grave = tone == StateTone::Warn || tone == StateTone::Bad;
    m_newsEnd->stop();
    m_newsTarget = target;
    if (grave && !sentence.isEmpty())
        showNotice(sentence);
    if (grave || sentence.isEmpty())
        m_news->clear();
    else
        m_news->showMessage(tone, sentence, actionLabel);
    if (tone == StateTone::Good)
        m_newsEnd->start();
    showOrHideBanners();
}

void NoticeBar::showOrHideBanners()
{
    // Its margins must not stay behind when there is nothing to say.
    m_banners->setVisible(m_rejection->isShowing() || m_keychain->isShowing() || m_notice->isShowing() || m_news->isShowing());
}

void NoticeBar::showProduction()
{
    const std::optional<Profile> profile = m_context.profiles.active();
    m_production->setVisible(profile && profile->production);
    if (!profile)
        return;
    m_production->setText(tr("Production profile: %1").arg(profile->name));
    m_production->setFont(m_context.theme.font(TextStyle::Small, true));
}

void NoticeBar::showRejection()
{
    if (m_context.session.connection() == ConnectionState::KeyRejected) {
        const bool given = m_context.session.keySource() == KeySource::Environment;
        m_rejection->showMessage(StateTone::Bad,
                                 given ? tr("The API key from NOVITA_API_KEY was rejected. Nothing is sent until it is tried again or replaced.")
                                       : tr("The API key was rejected. Nothing is sent until it is tried again or replaced."),
                                 tr("Try again"));
    } else {
        m_rejection->clear();
    }
    showOrHideBanners();
}

void NoticeBar::showKeychain()
{
    const QString sentence = m_context.session.keychainNotice();
    if (sentence.isEmpty() || m_keychainDismissed) {
        m_keychain->clear();
        showOrHideBanners();
        return;
    }
    const bool locked = m_context.session.keychainState() == KeychainState::Locked;
    m_keychain->showMessage(StateTone::Warn, sentence, locked ? tr("Unlock…") : QString());
    showOrHideBanners();
}

void NoticeBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        showProduction();
        showRejection();
        showKeychain();
    }
}

} // namespace novita
