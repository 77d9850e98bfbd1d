// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/profilekeybox.h"

#include "core/workflows/keychainnotice.h"
#include "core/workflows/sessioncontroller.h"
#include "ui/accountgate.h"
#include "ui/format.h"
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

namespace {

constexpr int kMaxKeyLength = 512;

} // namespace

ProfileKeyBox::ProfileKeyBox(UiContext context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_title(new QLabel(this))
    , m_state(new QLabel(this))
    , m_keyLabel(new QLabel(this))
    , m_key(new QLineEdit(this))
    , m_test(new QPushButton(this))
    , m_store(new QPushButton(this))
    , m_forget(new QPushButton(this))
    , m_unlock(new QPushButton(this))
    , m_result(new QLabel(this))
    , m_banner(new ErrorBanner(context.theme, this))
{
    m_key->setEchoMode(QLineEdit::Password);
    m_key->setMaxLength(kMaxKeyLength);
    buildLayout();
    retranslate();
    connect(m_key, &QLineEdit::textChanged, this, &ProfileKeyBox::showState);
    connect(m_test, &QPushButton::clicked, this, &ProfileKeyBox::test);
    connect(m_store, &QPushButton::clicked, this, [this] {
        if (m_inUse)
            m_context.gate.passToKey(this, [this] { storeKey(); });
        else
            storeKey();
    });
    connect(m_forget, &QPushButton::clicked, this, &ProfileKeyBox::forgetKey);
    connect(m_unlock, &QPushButton::clicked, this, &ProfileKeyBox::unlock);
    connect(&context.session, &SessionController::connectionChanged, this, &ProfileKeyBox::showState);
    connect(&context.session, &SessionController::keychainNoticeChanged, this, &ProfileKeyBox::showState);
    connect(&context.theme, &Theme::changed, this, [this] { m_title->setFont(m_context.theme.font(TextStyle::Subtitle, true)); });
}

void ProfileKeyBox::buildLayout()
{
    m_title->setFont(m_context.theme.font(TextStyle::Subtitle, true));
    m_state->setTextFormat(Qt::PlainText);
    m_state->setWordWrap(true);
    m_state->setProperty("tone", QStringLiteral("text2"));
    m_keyLabel->setBuddy(m_key);
    m_result->setTextFormat(Qt::PlainText);
    m_result->setWordWrap(true);
    m_result->hide();
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(0, space::kInside, 0, 0);
    buttons->setSpacing(space::kRelated);
    for (QPushButton *button : {m_test, m_store, m_forget, m_unlock}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kInside);
    layout->addWidget(m_title);
    layout->addWidget(m_state);
    layout->addSpacing(space::kInside);
    layout->addWidget(m_keyLabel);
    layout->addWidget(m_key);
    layout->addLayout(buttons);
    layout->addWidget(m_result);
    layout->addWidget(m_banner);
}

void ProfileKeyBox::setProfile(const Profile &profile, bool inUse)
{
    if (profile.id != m_profile.id) {
        m_call.reset();
        m_key->clear();
        m_result->hide();
        m_banner->clear();
    }
    m_profile = profile;
    m_inUse = inUse;
    showState();
}

/// What the keychain has to say about the key of the profile that is shown, which need not be the one in use.
QString ProfileKeyBox::notice() const
{
    const KeySource source = m_context.session.isKeySessionOnly(m_profile.id) ? KeySource::Session : KeySource::None;
    return keychainNotice(m_context.session.keychainState(), source, true);
}

QString ProfileKeyBox::keyStateText() const
{
    if (m_profile.sandbox)
        return tr("The built-in sandbox needs no key of yours.");
    if (!m_inUse) {
        const QString own = notice();
        return own.isEmpty() ? tr("Kept in the keychain under %1, once there is one.").arg(m_profile.secretName) : own;
    }
    const QString current = m_context.session.keychainNotice();
    switch (m_context.session.keySource()) {
    case KeySource::Keychain:
        return tr("The key in use is kept in the keychain under %1.").arg(m_profile.secretName);
    case KeySource::Session:
        return tr("The key in use is kept for this session only. %1").arg(current).trimmed();
    case KeySource::Environment:
        return tr("The key in use comes from the environment (NOVITA_API_KEY) and is written nowhere.");
    case KeySource::Sandbox:
    case KeySource::None:
        break;
    }
    return current.isEmpty() ? tr("There is no key for this profile yet.") : current;
}

void ProfileKeyBox::showState()
{
    const bool typed = !m_key->text().trimmed().isEmpty();
    const bool busy = m_call.isBusy();
    m_state->setText(keyStateText());
    for (QWidget *widget : QList<QWidget *>{m_keyLabel, m_key, m_test, m_store, m_forget})
        widget->setVisible(!m_profile.sandbox);
    m_test->setEnabled(typed && !busy);
    m_store->setEnabled(typed && !busy);
    m_forget->setEnabled(!busy);
    m_unlock->setVisible(!m_profile.sandbox && m_context.session.keychainState() == KeychainState::Locked);
}

void ProfileKeyBox::setResult(const QString &sentence, const char *tone)
{
    m_result->setText(sentence);
    setTone(m_result, tone);
    m_result->show();
}

void ProfileKeyBox::test()
{
    m_banner->clear();
    setResult(tr("Testing the key…"), "text2");
    m_call.reset(m_context.session.testConnection(m_profile.apiRoot, m_key->text().trimmed()))
        ->onFinished(this, [this](const Result<ConnectionReport> &result) {
            m_result->hide();
            if (result)
                setResult(tr("The key works. Balance %1.").arg(format::balance(result->balance.available)), "good");
            else if (result.error().kind == ErrorKind::Unauthorized || result.error().kind == ErrorKind::Forbidden)
                setResult(result.error().message, "bad");
            else
                m_banner->setError(result.error());
            showState();
        });
    showState();
}

void ProfileKeyBox::storeKey()
{
    m_banner->clear();
    m_call.reset(m_context.session.storeKey(m_profile.id, m_key->text().trimmed()))->onFinished(this, [this](const Result<Done> &result) {
        if (result) {
            m_key->clear();
            const bool lasts = !m_context.session.isKeySessionOnly(m_profile.id);
            setResult(lasts ? tr("The key is kept in the keychain.") : notice(), lasts ? "good" : "warn");
        } else {
            m_banner->setError(result.error());
        }
        showState();
    });
    showState();
}

void ProfileKeyBox::forgetKey()
{
    ConfirmRequest request;
    request.title = tr("Forget the API key of “%1”?").arg(m_profile.name);
    request.text = tr("It is taken out of the keychain and of memory. The key itself stays valid at novita.ai until you delete it there.");
    if (m_inUse && !m_context.gate.creating().isEmpty())
        request.text += QLatin1Char(' ') + m_context.gate.warning();
    request.confirmLabel = tr("Forget key");
    m_context.prompts.confirm(window(), request, [this](bool yes) {
        if (!yes)
            return;
        m_banner->clear();
        m_call.reset(m_context.session.forgetKey(m_profile.id))->onFinished(this, [this](const Result<Done> &result) {
            if (result)
                setResult(tr("The key is forgotten."), "text2");
            else
                m_banner->setError(result.error());
            showState();
        });
        showState();
    });
}

void ProfileKeyBox::unlock()
{
    m_call.reset(m_context.session.unlockKeychain())->onFinished(this, [this](const Result<KeychainState> &result) {
        if (!result)
            m_banner->setError(result.error());
        showState();
    });
    showState();
}

void ProfileKeyBox::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void ProfileKeyBox::retranslate()
{
    m_title->setText(tr("API key"));
    m_keyLabel->setText(tr("New key"));
    m_key->setAccessibleName(tr("New API key"));
    m_key->setPlaceholderText(tr("sk_…"));
    m_test->setText(tr("Test connection"));
    m_store->setText(tr("Keep this key"));
    m_forget->setText(tr("Forget key…"));
    m_unlock->setText(tr("Unlock keychain…"));
    showState();
}

} // namespace novita
