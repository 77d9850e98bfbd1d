// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/profileform.h"

#include "core/workflows/sessioncontroller.h"
#include "ui/accountgate.h"
#include "ui/settings/profilekeybox.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr int kMaxName = 60;
constexpr int kMaxUrl = 500;

const QStringList &colorNames()
{
    static const QStringList names{QStringLiteral("blue"), QStringLiteral("green"), QStringLiteral("orange"),
                                   QStringLiteral("purple"), QStringLiteral("red"), QStringLiteral("grey")};
    return names;
}

} // namespace

ProfileForm::ProfileForm(UiContext context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_title(new QLabel(this))
    , m_nameLabel(new QLabel(this))
    , m_name(new QLineEdit(this))
    , m_rootLabel(new QLabel(this))
    , m_root(new QLineEdit(this))
    , m_colorLabel(new QLabel(this))
    , m_color(new QComboBox(this))
    , m_production(new QCheckBox(this))
    , m_readOnly(new QCheckBox(this))
    , m_problem(new QLabel(this))
    , m_save(new QPushButton(this))
    , m_use(new QPushButton(this))
    , m_key(new ProfileKeyBox(context, this))
{
    m_name->setMaxLength(kMaxName);
    m_root->setMaxLength(kMaxUrl);
    for (const QString &name : colorNames())
        m_color->addItem(name, name);
    buildLayout();
    retranslate();
    connect(m_save, &QPushButton::clicked, this, &ProfileForm::save);
    connect(m_use, &QPushButton::clicked, this, [this] {
        m_context.gate.passToProfile(this, [this, id = m_profile.id] { m_context.session.switchTo(id); });
    });
    for (QLineEdit *field : {m_name, m_root}) {
        connect(field, &QLineEdit::returnPressed, this, &ProfileForm::save);
        connect(field, &QLineEdit::textEdited, this, &ProfileForm::showState);
    }
    connect(m_color, &QComboBox::activated, this, &ProfileForm::showState);
    connect(m_production, &QCheckBox::toggled, this, &ProfileForm::showState);
    connect(m_readOnly, &QCheckBox::toggled, this, &ProfileForm::showState);
    connect(&context.theme, &Theme::changed, this, [this] { m_title->setFont(m_context.theme.font(TextStyle::Subtitle, true)); });
}

void ProfileForm::addField(QVBoxLayout *layout, QLabel *label, QWidget *field)
{
    label->setBuddy(field);
    layout->addWidget(label);
    layout->addWidget(field);
    layout->addSpacing(space::kRelated);
}

void ProfileForm::buildLayout()
{
    m_title->setTextFormat(Qt::PlainText);
    m_title->setFont(m_context.theme.font(TextStyle::Subtitle, true));
    m_problem->setProperty("tone", QStringLiteral("bad"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_color->setMaximumWidth(200);
    m_save->setProperty("primary", true);
    m_save->setAutoDefault(false);
    m_use->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, space::kGroup, space::kGroup);
    layout->setSpacing(space::kInside);
    layout->addWidget(m_title);
    layout->addSpacing(space::kRelated);
    addField(layout, m_nameLabel, m_name);
    addField(layout, m_rootLabel, m_root);
    addField(layout, m_colorLabel, m_color);
    layout->addWidget(m_production);
    layout->addWidget(m_readOnly);
    layout->addWidget(m_problem);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(0, space::kRelated, 0, 0);
    buttons->setSpacing(space::kRelated);
    buttons->addWidget(m_save);
    buttons->addWidget(m_use);
    buttons->addStretch(1);
    layout->addLayout(buttons);
    layout->addSpacing(space::kPage);
    layout->addWidget(m_key);
    layout->addStretch(1);
}

void ProfileForm::load(const Profile &profile)
{
    const bool same = profile.id == m_profile.id && !m_newAsked;
    if (same && edited() != m_profile && profile != m_profile) {
        m_profile.secretName = profile.secretName;
        showState();
        return;
    }
    if (same && profile == m_profile) {
        showState();
        return;
    }
    m_newAsked = false;
    m_profile = profile;
    showProfile();
}

void ProfileForm::loadNew()
{
    m_newAsked = true;
    m_profile = Profile();
    showProfile();
}

void ProfileForm::focusFirst()
{
    m_name->setFocus();
}

void ProfileForm::showProfile()
{
    m_name->setText(m_profile.name);
    m_root->setText(m_profile.apiRoot.toString());
    m_color->setCurrentIndex(qMax(0, m_color->findData(m_profile.color)));
    m_production->setChecked(m_profile.production);
    m_readOnly->setChecked(m_profile.readOnly);
    m_problem->hide();
    setInvalid(m_name, false);
    setInvalid(m_root, false);
    showState();
}

Profile ProfileForm::edited() const
{
    Profile out = m_profile;
    out.name = m_name->text().trimmed();
    if (!m_profile.sandbox)
        out.apiRoot = QUrl(m_root->text().trimmed());
    out.color = m_color->currentData().toString();
    out.production = m_production->isChecked();
    out.readOnly = m_readOnly->isChecked();
    return out;
}

void ProfileForm::showState()
{
    const bool known = !m_profile.id.isEmpty();
    const std::optional<Profile> active = m_context.profiles.active();
    const bool inUse = known && active && active->id == m_profile.id;
    m_title->setText(known ? m_profile.name : tr("New profile"));
    m_root->setReadOnly(m_profile.sandbox);
    m_save->setEnabled(edited() != m_profile);
    m_use->setVisible(known && !inUse);
    m_key->setProfile(m_profile, inUse);
    m_key->setVisible(known);
}

void ProfileForm::showProblem(const QString &sentence, QWidget *field)
{
    m_problem->setText(sentence);
    m_problem->show();
    setInvalid(field, true);
    field->setFocus();
}

void ProfileForm::save()
{
    m_problem->hide();
    setInvalid(m_name, false);
    setInvalid(m_root, false);
    Profile profile = edited();
    if (!profile.sandbox) {
        const Result<QUrl> root = ProfileStore::validateApiRoot(m_root->text());
        if (!root) {
            showProblem(root.error().message, m_root);
            return;
        }
        profile.apiRoot = *root;
    }
    const std::optional<Profile> active = m_context.profiles.active();
    const bool leaves = active && active->id == m_profile.id && profile.apiRoot != m_profile.apiRoot;
    if (!leaves) {
        store(profile);
        return;
    }
    m_context.gate.passToProfile(this, [this, profile] {
        if (store(profile))
            m_context.session.switchTo(m_profile.id);
    });
}

bool ProfileForm::store(const Profile &profile)
{
    // The form's own view is set first: saving makes the list ask it to load the profile again.
    const Profile before = m_profile;
    const Result<Profile> stored = m_context.profiles.save(profile);
    if (!stored) {
        m_profile = before;
        showProblem(stored.error().message, m_name);
        return false;
    }
    m_newAsked = false;
    m_profile = *stored;
    showProfile();
    emit saved(m_profile.id);
    return true;
}

void ProfileForm::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void ProfileForm::retranslate()
{
    m_nameLabel->setText(tr("Name"));
    m_name->setAccessibleName(tr("Profile name"));
    m_rootLabel->setText(tr("API root"));
    m_root->setAccessibleName(tr("API root"));
    m_colorLabel->setText(tr("Colour"));
    m_color->setAccessibleName(tr("Colour"));
    const QStringList words{tr("Blue"), tr("Green"), tr("Orange"), tr("Purple"), tr("Red"), tr("Grey")};
    for (int i = 0; i < words.size(); ++i)
        m_color->setItemText(i, words.at(i));
    m_production->setText(tr("Production: ask before each change"));
    m_readOnly->setText(tr("Read-only: every changing action is off"));
    m_save->setText(tr("Save"));
    m_save->setAccessibleName(tr("Save profile"));
    m_use->setText(tr("Use this profile"));
    showState();
}

} // namespace novita
