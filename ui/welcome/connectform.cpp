// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/welcome/connectform.h"

#include "core/workflows/sessioncontroller.h"
#include "ui/accountgate.h"
#include "ui/errortext.h"
#include "ui/format.h"
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
constexpr int kMaxNameLength = 60;

} // namespace

ConnectForm::ConnectForm(UiContext context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_keyLabel(new QLabel(this))
    , m_key(new QLineEdit(this))
    , m_show(new QPushButton(this))
    , m_nameLabel(new QLabel(this))
    , m_name(new QLineEdit(this))
    , m_advanced(new QPushButton(this))
    , m_rootBox(new QWidget(this))
    , m_rootLabel(new QLabel(m_rootBox))
    , m_root(new QLineEdit(m_rootBox))
    , m_connect(new QPushButton(this))
    , m_cancel(new QPushButton(this))
    , m_progress(new QLabel(this))
    , m_problem(new QLabel(this))
    , m_banner(new ErrorBanner(context.theme, this))
{
    m_key->setEchoMode(QLineEdit::Password);
    m_key->setMaxLength(kMaxKeyLength);
    m_name->setMaxLength(kMaxNameLength);
    m_root->setText(Profile().apiRoot.toString());
    buildLayout();
    retranslate();
    setBusy(false);
    connect(m_show, &QPushButton::toggled, this, [this](bool shown) {
        m_key->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
        retranslate();
    });
    connect(m_advanced, &QPushButton::toggled, m_rootBox, &QWidget::setVisible);
    connect(m_connect, &QPushButton::clicked, this, &ConnectForm::test);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_call.reset();
        setBusy(false);
    });
    for (QLineEdit *field : {m_key, m_name, m_root}) {
        connect(field, &QLineEdit::returnPressed, this, &ConnectForm::test);
        connect(field, &QLineEdit::textEdited, this, [this, field] {
            setInvalid(field, false);
            m_problem->hide();
        });
    }
    m_banner->setRemedies({ErrorRemedy::Retry, ErrorRemedy::OpenNetworkSettings});
    connect(m_banner, &ErrorBanner::remedyRequested, this, &ConnectForm::follow);
}

void ConnectForm::buildLayout()
{
    m_keyLabel->setBuddy(m_key);
    m_nameLabel->setBuddy(m_name);
    m_rootLabel->setBuddy(m_root);
    for (QPushButton *button : {m_show, m_advanced, m_connect, m_cancel})
        button->setAutoDefault(false);
    m_show->setCheckable(true);
    m_advanced->setCheckable(true);
    m_advanced->setProperty("link", true);
    m_connect->setProperty("primary", true);
    m_progress->setProperty("tone", QStringLiteral("text2"));
    m_problem->setProperty("tone", QStringLiteral("bad"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_rootBox->hide();

    auto *keyRow = new QHBoxLayout;
    keyRow->setSpacing(space::kRelated);
    keyRow->addWidget(m_key, 1);
    keyRow->addWidget(m_show);
    auto *rootLayout = new QVBoxLayout(m_rootBox);
    rootLayout->setContentsMargins(0, 0, 0, 0);
    rootLayout->setSpacing(space::kInside);
    rootLayout->addWidget(m_rootLabel);
    rootLayout->addWidget(m_root);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::kRelated);
    buttons->addWidget(m_connect);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_progress, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kInside);
    layout->addWidget(m_keyLabel);
    layout->addLayout(keyRow);
    layout->addSpacing(space::kInside);
    layout->addWidget(m_nameLabel);
    layout->addWidget(m_name);
    layout->addSpacing(space::kInside);
    layout->addWidget(m_advanced, 0, Qt::AlignLeft);
    layout->addWidget(m_rootBox);
    layout->addWidget(m_problem);
    layout->addWidget(m_banner);
    layout->addSpacing(space::kRelated);
    layout->addLayout(buttons);
}

void ConnectForm::fillFromActive()
{
    const std::optional<Profile> active = m_context.profiles.active();
    if (!active || active->sandbox || !m_key->text().isEmpty())
        return;
    m_name->setText(active->name);
    m_root->setText(active->apiRoot.toString());
}

void ConnectForm::focusFirst()
{
    m_key->setFocus();
}

void ConnectForm::showProblem(QLineEdit *field, const QString &sentence)
{
    setInvalid(field, true);
    m_problem->setText(sentence);
    m_problem->show();
    if (field == m_root)
        m_advanced->setChecked(true);
    field->setFocus();
}

void ConnectForm::test()
{
    if (m_call.isBusy())
        return;
    m_banner->clear();
    m_problem->hide();
    const QString key = m_key->text().trimmed();
    if (key.isEmpty()) {
        showProblem(m_key, tr("Paste the API key of your Novita account; it is made at novita.ai under Settings, Key management."));
        return;
    }
    const Result<QUrl> root = ProfileStore::validateApiRoot(m_root->text());
    if (!root) {
        showProblem(m_root, root.error().message);
        return;
    }
    // The profile that lacks its key gets it; otherwise a new one is made.
    const std::optional<Profile> active = m_context.profiles.active();
    m_pending = active && !active->sandbox ? *active : Profile();
    m_pending.name = m_name->text().trimmed().isEmpty() ? tr("Novita") : m_name->text().trimmed();
    m_pending.apiRoot = *root;
    m_pendingKey = key;
    setBusy(true);
    m_call.reset(m_context.session.testConnection(*root, key))->onFinished(this, [this](const Result<ConnectionReport> &result) {
        if (result) {
            m_context.gate.passToProfile(this, [this, report = *result] { store(report); }, [this] { endTest(); });
            return;
        }
        endTest();
        showFailure(result.error());
    });
}

void ConnectForm::endTest()
{
    setBusy(false);
    m_pendingKey.clear();
}

void ConnectForm::showFailure(const Error &error)
{
    if (error.kind == ErrorKind::Unauthorized || error.kind == ErrorKind::Forbidden)
        showProblem(m_key, error.message); // the test says it in words that fit here
    else if (errorText(error).remedy == ErrorRemedy::OpenProfiles)
        m_banner->showMessage(StateTone::Bad, errorText(error).sentence); // this is the profile: there is nowhere else to go
    else
        m_banner->setError(error);
}

void ConnectForm::follow(ErrorRemedy remedy)
{
    if (remedy == ErrorRemedy::Retry)
        test();
    else if (remedy == ErrorRemedy::OpenNetworkSettings)
        emit openPageRequested(remedyPage(remedy));
}

void ConnectForm::store(const ConnectionReport &report)
{
    const Result<Profile> saved = m_context.profiles.save(m_pending);
    if (!saved) {
        setBusy(false);
        showProblem(m_name, saved.error().message);
        return;
    }
    const Profile profile = *saved;
    const std::optional<Money> balance = report.balance.available;
    m_call.reset(m_context.session.storeKey(profile.id, m_pendingKey))->onFinished(this, [this, profile, balance](const Result<Done> &result) {
        endTest();
        if (!result) {
            showFailure(result.error());
            return;
        }
        m_key->clear();
        m_context.session.switchTo(profile.id);
        emit connected(balance ? tr("Connected as %1. Balance %2.").arg(profile.name, format::balance(balance)) : tr("Connected as %1.").arg(profile.name));
    });
}

void ConnectForm::setBusy(bool busy)
{
    for (QLineEdit *field : {m_key, m_name, m_root})
        field->setReadOnly(busy);
    m_connect->setEnabled(!busy);
    m_cancel->setVisible(busy);
    m_progress->setText(busy ? tr("Testing the key…") : QString());
}

void ConnectForm::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void ConnectForm::retranslate()
{
    m_keyLabel->setText(tr("API key"));
    m_key->setAccessibleName(tr("API key"));
    m_key->setPlaceholderText(tr("sk_…"));
    m_show->setText(m_show->isChecked() ? tr("Hide") : tr("Show"));
    m_show->setAccessibleName(m_show->isChecked() ? tr("Hide API key") : tr("Show API key"));
    m_nameLabel->setText(tr("Profile name"));
    m_name->setAccessibleName(tr("Profile name"));
    m_name->setPlaceholderText(tr("Novita"));
    m_advanced->setText(tr("Advanced: API root"));
    m_rootLabel->setText(tr("API root"));
    m_root->setAccessibleName(tr("API root"));
    m_connect->setText(tr("Test and connect"));
    m_cancel->setText(tr("Cancel"));
    m_cancel->setAccessibleName(tr("Cancel the test"));
}

} // namespace novita
