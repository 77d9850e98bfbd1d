// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/welcome/welcomepage.h"

#include "core/workflows/sessioncontroller.h"
#include "ui/accountgate.h"
#include "ui/theme.h"
#include "ui/welcome/connectform.h"
#include "ui/widgets/errorbanner.h"

#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr int kCardWidth = 520;

QLabel *plainLabel(QWidget *parent, const char *tone = nullptr)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    if (tone)
        label->setProperty("tone", QString::fromLatin1(tone));
    return label;
}

QFrame *hairline(QWidget *parent)
{
    auto *line = new QFrame(parent);
    line->setFrameShape(QFrame::HLine);
    line->setFrameShadow(QFrame::Plain);
    line->setFixedHeight(1);
    line->setProperty("hairline", true);
    return line;
}

} // namespace

WelcomePage::WelcomePage(UiContext context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_title(plainLabel(this))
    , m_lead(plainLabel(this, "text2"))
    , m_sandboxText(plainLabel(this, "text2"))
    , m_sandbox(new QPushButton(this))
    , m_connectTitle(plainLabel(this))
    , m_form(new ConnectForm(context, this))
    , m_banner(new ErrorBanner(context.theme, this))
    , m_othersLabel(plainLabel(this, "text2"))
    , m_others(new QVBoxLayout)
    , m_othersBox(new QWidget(this))
{
    m_sandbox->setAutoDefault(false);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(buildCard());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
    connect(m_sandbox, &QPushButton::clicked, this, [this] { m_context.gate.passToProfile(this, [this] { startSandbox(); }); });
    connect(m_form, &ConnectForm::connected, this, &WelcomePage::connected);
    connect(m_form, &ConnectForm::openPageRequested, this, &WelcomePage::openPageRequested);
    connect(&context.session, &SessionController::keychainNoticeChanged, this, &WelcomePage::showKeychain);
    connect(&context.profiles, &ProfileStore::profilesChanged, this, &WelcomePage::showOtherProfiles);
    connect(&context.profiles, &ProfileStore::activeChanged, this, &WelcomePage::showOtherProfiles);
    connect(&context.theme, &Theme::changed, this, &WelcomePage::applyFonts);
    connect(m_banner, &ErrorBanner::actionTriggered, this, [this] {
        m_unlock.reset(m_context.session.unlockKeychain())->onFinished(this, [this](const Result<KeychainState> &result) {
            if (!result)
                m_banner->setError(result.error());
            else
                showKeychain();
        });
    });
    retranslate();
    applyFonts();
}

QWidget *WelcomePage::buildCard()
{
    auto *column = new QWidget;
    column->setMaximumWidth(kCardWidth);
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(space::kPage, space::kPage, space::kPage, space::kPage);
    layout->setSpacing(space::kRelated);
    auto *others = new QVBoxLayout(m_othersBox);
    others->setContentsMargins(0, space::kRelated, 0, 0);
    others->addWidget(m_othersLabel);
    others->addLayout(m_others);
    layout->addStretch(1);
    layout->addWidget(m_title);
    layout->addWidget(m_lead);
    layout->addSpacing(space::kGroup);
    layout->addWidget(m_banner);
    layout->addWidget(m_connectTitle);
    layout->addWidget(m_form);
    layout->addSpacing(space::kGroup);
    layout->addWidget(hairline(column));
    layout->addSpacing(space::kGroup);
    layout->addWidget(m_sandboxText);
    layout->addWidget(m_sandbox, 0, Qt::AlignLeft);
    layout->addWidget(m_othersBox);
    layout->addStretch(2);

    auto *page = new QWidget;
    auto *row = new QHBoxLayout(page);
    row->setContentsMargins(0, 0, 0, 0);
    row->addStretch(1);
    row->addWidget(column, 100);
    row->addStretch(1);
    return page;
}

void WelcomePage::activate()
{
    m_form->fillFromActive();
    showKeychain();
    showOtherProfiles();
    m_form->focusFirst();
}

void WelcomePage::startSandbox()
{
    const QList<Profile> profiles = m_context.profiles.all();
    for (const Profile &profile : profiles) {
        if (profile.sandbox) {
            m_context.session.switchTo(profile.id);
            return;
        }
    }
    Profile sandbox;
    sandbox.name = tr("Sandbox");
    sandbox.color = QStringLiteral("green");
    sandbox.apiRoot = QUrl(QStringLiteral("http://127.0.0.1"));
    sandbox.sandbox = true;
    const Result<Profile> saved = m_context.profiles.save(sandbox);
    if (saved)
        m_context.session.switchTo(saved->id);
    else
        m_banner->setError(saved.error());
}

void WelcomePage::showKeychain()
{
    const QString sentence = m_context.session.keychainNotice();
    if (sentence.isEmpty()) {
        m_banner->clear();
        return;
    }
    const bool locked = m_context.session.keychainState() == KeychainState::Locked;
    m_banner->showMessage(StateTone::Warn, sentence, locked ? tr("Unlock…") : QString());
}

void WelcomePage::showOtherProfiles()
{
    while (QLayoutItem *item = m_others->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    const std::optional<Profile> active = m_context.profiles.active();
    bool any = false;
    const QList<Profile> profiles = m_context.profiles.all();
    for (const Profile &profile : profiles) {
        if (profile.sandbox || (active && active->id == profile.id))
            continue;
        auto *button = new QPushButton(QString(profile.name).replace(QLatin1Char('&'), QLatin1String("&&")), m_othersBox);
        button->setProperty("link", true);
        button->setAutoDefault(false);
        button->setAccessibleName(tr("Use profile %1").arg(profile.name));
        connect(button, &QPushButton::clicked, this, [this, id = profile.id] {
            m_context.gate.passToProfile(this, [this, id] { m_context.session.switchTo(id); });
        });
        m_others->addWidget(button, 0, Qt::AlignLeft);
        any = true;
    }
    m_othersBox->setVisible(any);
}

void WelcomePage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void WelcomePage::applyFonts()
{
    m_title->setFont(m_context.theme.font(TextStyle::Title, true));
    m_connectTitle->setFont(m_context.theme.font(TextStyle::Subtitle, true));
}

void WelcomePage::retranslate()
{
    m_title->setText(tr("Novita Console"));
    m_lead->setText(tr("GPU instances by point and click, with what they cost always in view."));
    m_connectTitle->setText(tr("Connect my Novita account"));
    m_sandboxText->setText(tr("No account at hand? The sandbox is a simulated cloud on this computer: everything works, nothing costs money."));
    m_sandbox->setText(tr("Try it with the built-in sandbox"));
    m_othersLabel->setText(tr("Or use another profile:"));
    showOtherProfiles();
    showKeychain();
}

} // namespace novita
