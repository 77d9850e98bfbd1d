// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/localapibox.h"

#include "core/localapi/localapiservice.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "ui/prompts.h"
#include "ui/theme.h"
#include "ui/widgets/copyfield.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/secretclipboard.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace novita {

namespace {

const char *toneOf(LocalApiState state)
{
    switch (state) {
    case LocalApiState::Listening: return "good";
    case LocalApiState::Failed: return "bad";
    default: return "text2";
    }
}

} // namespace

LocalApiBox::LocalApiBox(UiContext context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_state(makeWords("text2", this))
    , m_retry(new QPushButton(this))
    , m_tokenTitle(new QLabel(this))
    , m_tokenState(makeWords("text2", this))
    , m_copy(new QPushButton(this))
    , m_renew(new QPushButton(this))
    , m_ownLabel(new QLabel(this))
    , m_own(new QLineEdit(this))
    , m_keep(new QPushButton(this))
    , m_result(makeWords("text2", this))
    , m_banner(new ErrorBanner(context.theme, this))
    , m_exampleLabel(new QLabel(this))
    , m_example(new CopyField(CopyField::Kind::Plain, this))
    , m_clipboard(new SecretClipboard(this))
{
    m_own->setEchoMode(QLineEdit::Password);
    m_own->setMaxLength(static_cast<int>(ApiGate::kLongestToken));
    buildLayout();
    retranslate();
    connect(m_retry, &QPushButton::clicked, &context.localApi, &LocalApiService::retry);
    connect(m_copy, &QPushButton::clicked, this, &LocalApiBox::copyToken);
    connect(m_renew, &QPushButton::clicked, this, &LocalApiBox::renewToken);
    connect(m_keep, &QPushButton::clicked, this, &LocalApiBox::keepOwnToken);
    connect(m_own, &QLineEdit::textChanged, this, &LocalApiBox::showState);
    connect(m_own, &QLineEdit::returnPressed, m_keep, &QPushButton::click);
    connect(m_clipboard, &SecretClipboard::cleared, this, [this] {
        if (std::exchange(m_copied, false))
            m_result->hide();
    });
    connect(&context.localApi, &LocalApiService::changed, this, &LocalApiBox::showState);
    connect(&context.theme, &Theme::changed, this, [this] { m_tokenTitle->setFont(m_context.theme.font(TextStyle::Subtitle, true)); });
}

void LocalApiBox::buildLayout()
{
    m_tokenTitle->setFont(m_context.theme.font(TextStyle::Subtitle, true));
    m_result->hide();
    m_ownLabel->setBuddy(m_own);
    m_exampleLabel->setBuddy(m_example->field());
    for (QPushButton *button : {m_retry, m_copy, m_renew, m_keep})
        button->setAutoDefault(false);
    const auto row = [](std::initializer_list<QWidget *> widgets, bool stretch) {
        auto *layout = new QHBoxLayout;
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(space::kRelated);
        for (QWidget *widget : widgets)
            layout->addWidget(widget);
        if (stretch)
            layout->addStretch(1);
        return layout;
    };
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kInside);
    layout->addWidget(m_state);
    layout->addLayout(row({m_retry}, true));
    layout->addSpacing(space::kRelated);
    layout->addWidget(m_tokenTitle);
    layout->addWidget(m_tokenState);
    layout->addLayout(row({m_copy, m_renew}, true));
    layout->addSpacing(space::kInside);
    layout->addWidget(m_ownLabel);
    layout->addLayout(row({m_own, m_keep}, false));
    layout->addWidget(m_result);
    layout->addWidget(m_banner);
    layout->addSpacing(space::kRelated);
    layout->addWidget(m_exampleLabel);
    layout->addWidget(m_example);
}

void LocalApiBox::copyToken()
{
    m_banner->clear();
    const std::chrono::seconds keepFor(m_context.settings.value(keys::kClipboardClearSeconds));
    m_call.reset(m_context.localApi.token())->onFinished(this, [this, keepFor](const Result<QString> &token) {
        if (token) {
            m_clipboard->copy(*token, keepFor);
            m_copied = true;
            m_result->setText(tr("The token is on the clipboard for %n second(s).", nullptr, static_cast<int>(keepFor.count())));
            m_result->show();
        } else {
            m_banner->setError(token.error());
        }
        showState();
    });
    showState();
}

void LocalApiBox::askFirst(const QString &title, const QString &confirmLabel, std::function<void()> then)
{
    ConfirmRequest request;
    request.title = title;
    request.text = tr("Programs that use the present one are refused from then on.");
    request.confirmLabel = confirmLabel;
    m_context.prompts.confirm(window(), request, [guard = QPointer(this), then = std::move(then)](bool yes) {
        if (yes && guard)
            then();
    });
}

void LocalApiBox::renewToken()
{
    askFirst(tr("Make a new token?"), tr("Make a new token"),
             [this] { take(m_context.localApi.renewToken(), tr("There is a new token. Copy it to where it is needed.")); });
}

void LocalApiBox::keepOwnToken()
{
    askFirst(tr("Use this token instead of the present one?"), tr("Use this token"),
             [this] { take(m_context.localApi.setToken(m_own->text().trimmed()), tr("This token is in use now.")); });
}

void LocalApiBox::take(Call<Done> *call, const QString &done)
{
    m_banner->clear();
    m_result->hide();
    m_call.reset(call)->onFinished(this, [this, done](const Result<Done> &result) {
        if (result) {
            m_own->clear();
            setResult(done);
        } else {
            m_banner->setError(result.error());
        }
        showState();
    });
    showState();
}

void LocalApiBox::setResult(const QString &sentence)
{
    m_copied = false;
    m_result->setText(sentence);
    m_result->show();
}

QString LocalApiBox::tokenText() const
{
    const LocalApiService &api = m_context.localApi;
    if (api.isTokenFromEnvironment())
        return tr("The token of this run comes from the environment (LOCAL_API_TOKEN) and is written nowhere.");
    if (api.isTokenSessionOnly())
        return tr("The keychain did not take the token: it is kept for this session only.");
    return tr("Kept in the keychain under %1; made when it is first needed. Every request needs it, those for health and metrics too.")
        .arg(QString(LocalApiService::kSecretName));
}

void LocalApiBox::showState()
{
    const LocalApiService &api = m_context.localApi;
    const bool busy = m_call.isBusy();
    m_state->setText(api.sentence());
    setTone(m_state, toneOf(api.state()));
    m_retry->setVisible(api.state() == LocalApiState::Failed);
    m_tokenState->setText(tokenText());
    m_copy->setEnabled(!busy);
    for (QWidget *widget : QList<QWidget *>{m_renew, m_ownLabel, m_own, m_keep})
        widget->setVisible(!api.isTokenFromEnvironment());
    m_renew->setEnabled(!busy);
    m_keep->setEnabled(!busy && !m_own->text().trimmed().isEmpty());
    m_example->setText(api.curlExample());
}

void LocalApiBox::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void LocalApiBox::retranslate()
{
    m_retry->setText(tr("Try again"));
    m_retry->setAccessibleName(tr("Try to start the local API again"));
    m_tokenTitle->setText(tr("Token"));
    m_copy->setText(tr("Copy token"));
    m_renew->setText(tr("New token…"));
    m_ownLabel->setText(tr("A token of your own"));
    m_own->setAccessibleName(tr("Own token"));
    m_own->setPlaceholderText(tr("At least %n character(s)", nullptr, static_cast<int>(ApiGate::kShortestToken)));
    m_keep->setText(tr("Use this token"));
    m_exampleLabel->setText(tr("Example"));
    m_example->setName(tr("Example request"));
    showState();
}

} // namespace novita
