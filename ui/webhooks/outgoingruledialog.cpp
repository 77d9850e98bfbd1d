// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/outgoingruledialog.h"

#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/webhooks/signature.h"
#include "core/webhooks/webhooknotifier.h"
#include "core/webhooks/webhookpayload.h"
#include "core/workflows/instancetags.h"
#include "ui/theme.h"
#include "ui/webhooks/outgoingwords.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/secretclipboard.h"
#include "ui/widgets/tagfield.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

namespace {

constexpr int kKindColumns = 3;

enum Signing { NotSigned, NewSecret, SameSecret };

} // namespace

OutgoingRuleDialog::OutgoingRuleDialog(const UiContext &context, const WebhookRule &begin, const ProfileId &profile, const QString &profileName,
                                       SecretClipboard &clipboard, QWidget *parent)
    : RuleDialog(begin.id.isEmpty() ? tr("Post what happens to instances to an address of yours") : begin.name, tr("Save rule"), parent)
    , m_context(context)
    , m_begin(begin)
    , m_profile(profile)
    , m_name(new QLineEdit(this))
    , m_target(new QLineEdit(this))
    , m_verdict(makeWords("text2", this))
    , m_instances(new QLineEdit(this))
    , m_tags(new TagField(this))
    , m_accounts(new QComboBox(this))
    , m_attempts(new QComboBox(this))
    , m_signing(new QComboBox(this))
    , m_clipboard(clipboard)
{
    setWindowTitle(begin.id.isEmpty() ? tr("New webhook rule") : tr("Webhook rule"));
    m_accounts->addItem(tr("Every account"), QString());
    if (!profile.isEmpty())
        m_accounts->addItem(tr("Only “%1”").arg(profileName), profile.toString());
    if (!begin.profile.isEmpty() && begin.profile != profile)
        m_accounts->addItem(tr("Only the account it was made for"), begin.profile.toString());
    build();
    fill();
    connect(m_target, &QLineEdit::textChanged, this, &OutgoingRuleDialog::applyChoice);
    connect(m_signing, &QComboBox::currentIndexChanged, this, &OutgoingRuleDialog::applyChoice);
    connect(m_generate, &QPushButton::clicked, this, &OutgoingRuleDialog::generate);
    connect(m_secret, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_copy->setEnabled(!text.isEmpty());
        showCopied(false);
    });
    connect(m_copy, &QPushButton::clicked, this, &OutgoingRuleDialog::copySecret);
    connect(&clipboard, &SecretClipboard::cleared, this, [this] { showCopied(false); });
    applyChoice();
}

void OutgoingRuleDialog::build()
{
    m_name->setMaxLength(static_cast<int>(WebhookRule::kMaxTextLength));
    m_name->setPlaceholderText(tr("For example: chat of the team"));
    m_target->setMaxLength(static_cast<int>(WebhookRule::kMaxUrlBytes));
    m_target->setPlaceholderText(QStringLiteral("https://hooks.example.com/novita"));
    m_instances->setPlaceholderText(tr("every instance"));
    m_instances->setToolTip(tr("Ids, or names in which * and ? stand for other characters, separated by commas"));
    m_tags->setSuggestions(m_context.tags.all());
    m_tags->setPlaceholderText(tr("with any tags or none"));
    m_tags->setToolTip(tr("The instance must have one of them when the event happens; separated by commas"));
    m_attempts->addItem(tr("5 for events of a start, else 3"), 0);
    m_attempts->addItem(QStringLiteral("3"), 3);
    m_attempts->addItem(QStringLiteral("5"), 5);
    m_signing->addItem(tr("Not signed"), NotSigned);
    m_signing->addItem(m_begin.isSigned ? tr("Signed with another secret") : tr("Signed with a secret"), NewSecret);
    if (m_begin.isSigned)
        m_signing->addItem(tr("Signed with the secret it has"), SameSecret);
    auto *target = new QWidget(this);
    auto *targetLayout = new QVBoxLayout(target);
    targetLayout->setContentsMargins(0, 0, 0, 0);
    targetLayout->setSpacing(space::kInside);
    targetLayout->addWidget(m_target);
    targetLayout->addWidget(m_verdict);
    target->setFocusProxy(m_target);
    m_secretRow = buildSecret();
    form()->addRow(tr("Name"), m_name);
    form()->addRow(tr("Target"), target);
    form()->addRow(tr("Events"), buildKinds());
    form()->addRow(tr("Instances"), m_instances);
    form()->addRow(tr("Tags"), m_tags);
    form()->addRow(tr("Accounts"), m_accounts);
    form()->addRow(tr("Attempts"), m_attempts);
    form()->addRow(tr("Signature"), m_signing);
    form()->addRow(tr("Secret"), m_secretRow);
    m_name->setAccessibleName(tr("Name"));
    m_target->setAccessibleName(tr("Target"));
    m_instances->setAccessibleName(tr("Instances"));
    m_tags->setAccessibleName(tr("Tags"));
    addSentence("text2")->setText(tr("Each delivery may arrive twice, never with other bytes: the receiver tells repeats by webhook-id."));
}

QWidget *OutgoingRuleDialog::buildKinds()
{
    auto *box = new QWidget(this);
    box->setAccessibleName(tr("Events"));
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::kGroup);
    grid->setVerticalSpacing(space::kInside);
    const QStringList &names = webhookpayload::sentKinds();
    for (int i = 0; i < names.size(); ++i) {
        auto *kind = new QCheckBox(outgoingwords::kind(names.at(i)), box);
        kind->setProperty("kind", names.at(i));
        kind->setAccessibleDescription(tr("Events"));
        grid->addWidget(kind, i / kKindColumns, i % kKindColumns);
        m_kinds.append(kind);
    }
    grid->setColumnStretch(kKindColumns, 1);
    return box;
}

QWidget *OutgoingRuleDialog::buildSecret()
{
    auto *row = new QWidget(this);
    m_secret = new QLineEdit(row);
    m_secret->setEchoMode(QLineEdit::Password);
    m_secret->setMaxLength(static_cast<int>(SigningSecret::kMaxTextBytes));
    m_secret->setAccessibleName(tr("Secret"));
    m_secret->setPlaceholderText(tr("shared with the receiver"));
    m_generate = new QPushButton(tr("Generate"), row);
    m_generate->setAccessibleName(tr("Generate secret"));
    m_generate->setAutoDefault(false);
    m_copy = new QPushButton(tr("Copy"), row);
    m_copy->setAccessibleName(tr("Copy secret"));
    m_copy->setAutoDefault(false);
    m_copy->setEnabled(false);
    m_copied = makeWords("text2", row);
    m_copied->setText(tr("Copied. It leaves the clipboard by itself after a while."));
    m_copied->hide();
    auto *line = new QHBoxLayout;
    line->setSpacing(space::kRelated);
    line->addWidget(m_secret, 1);
    line->addWidget(m_generate);
    line->addWidget(m_copy);
    auto *layout = new QVBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kInside);
    layout->addLayout(line);
    layout->addWidget(m_copied);
    return row;
}

void OutgoingRuleDialog::fill()
{
    m_name->setText(m_begin.name);
    m_target->setText(m_begin.target.toString());
    m_instances->setText(m_begin.instances.join(QStringLiteral(", ")));
    m_tags->setTags(m_begin.tags);
    const bool isNew = m_begin.id.isEmpty();
    for (QCheckBox *kind : std::as_const(m_kinds))
        kind->setChecked(isNew || m_begin.kinds.contains(kind->property("kind").toString()));
    m_accounts->setCurrentIndex(std::max(0, m_accounts->findData(m_begin.profile.toString())));
    m_attempts->setCurrentIndex(std::max(0, m_attempts->findData(m_begin.tries)));
    m_signing->setCurrentIndex(isNew ? NewSecret : m_begin.isSigned ? SameSecret : NotSigned);
}

WebhookRule OutgoingRuleDialog::rule() const
{
    static const QRegularExpression comma(QStringLiteral("\\s*,\\s*"));
    WebhookRule rule = m_begin;
    rule.name = m_name->text().simplified();
    rule.target = QUrl(m_target->text().trimmed(), QUrl::StrictMode);
    rule.kinds.clear();
    for (const QCheckBox *kind : m_kinds) {
        if (kind->isChecked())
            rule.kinds.append(kind->property("kind").toString());
    }
    rule.instances = m_instances->text().trimmed().split(comma, Qt::SkipEmptyParts);
    rule.tags = m_tags->tags().valueOr({});
    rule.profile = ProfileId(m_accounts->currentData().toString());
    rule.tries = m_attempts->currentData().toInt();
    rule.isSigned = m_signing->currentData().toInt() != NotSigned;
    return rule;
}

std::optional<QString> OutgoingRuleDialog::secret() const
{
    switch (m_signing->currentData().toInt()) {
    case NewSecret: return m_secret->text();
    case SameSecret: return std::nullopt;
    default: return m_begin.isSigned ? std::optional(QString()) : std::nullopt;
    }
}

QString OutgoingRuleDialog::problem() const
{
    if (const std::optional<Error> problem = rule().problem(m_context.notifier.policy()))
        return problem->message;
    if (const Result<QStringList> tags = m_tags->tags(); !tags)
        return tags.error().message;
    if (m_signing->currentData().toInt() == NewSecret) {
        if (const Result<SigningSecret> read = SigningSecret::fromText(m_secret->text()); !read)
            return m_secret->text().isEmpty() ? tr("Enter a secret, or generate one.") : read.error().message;
    }
    return {};
}

void OutgoingRuleDialog::applyChoice()
{
    const QUrl target(m_target->text().trimmed(), QUrl::StrictMode);
    const std::optional<Error> refused = m_context.notifier.policy().check(target);
    const bool isEmpty = m_target->text().trimmed().isEmpty();
    m_verdict->setText(isEmpty ? tr("https, or http to this computer. Redirects are not followed.")
                       : refused ? refused->message
                                 : tr("This address can be used."));
    showField(m_secretRow, m_signing->currentData().toInt() == NewSecret);
}

void OutgoingRuleDialog::generate()
{
    m_secret->setText(SigningSecret::generate());
    m_secret->setFocus();
}

void OutgoingRuleDialog::copySecret()
{
    m_clipboard.copy(m_secret->text(), std::chrono::seconds(m_context.settings.value(keys::kClipboardClearSeconds)));
    showCopied(true);
}

void OutgoingRuleDialog::showCopied(bool on)
{
    m_copied->setVisible(on);
    applyChoice(); // the line needs room
}

} // namespace novita
