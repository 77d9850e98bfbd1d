// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/profilessection.h"

#include "core/workflows/sessioncontroller.h"
#include "ui/accountgate.h"
#include "ui/prompts.h"
#include "ui/settings/profileform.h"
#include "ui/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

namespace {

constexpr int kListWidth = 190;
constexpr int kFormWidth = 560;

} // namespace

ProfilesSection::ProfilesSection(UiContext context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_list(new QListWidget(this))
    , m_add(new QPushButton(this))
    , m_remove(new QPushButton(this))
    , m_form(new ProfileForm(context))
    , m_scroll(new QScrollArea(this))
{
    buildLayout();
    connect(m_list, &QListWidget::currentRowChanged, this, &ProfilesSection::choose);
    connect(m_add, &QPushButton::clicked, this, &ProfilesSection::addProfile);
    connect(m_remove, &QPushButton::clicked, this, &ProfilesSection::removeProfile);
    connect(m_form, &ProfileForm::saved, this, [this](const ProfileId &id) {
        m_chosen = id;
        fillList();
    });
    connect(&context.profiles, &ProfileStore::profilesChanged, this, &ProfilesSection::fillList);
    connect(&context.profiles, &ProfileStore::activeChanged, this, &ProfilesSection::fillList);
    retranslate();
    fillList();
}

void ProfilesSection::buildLayout()
{
    m_list->setFixedWidth(kListWidth);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_add->setAutoDefault(false);
    m_remove->setAutoDefault(false);
    auto *left = new QVBoxLayout;
    left->setSpacing(space::kRelated);
    left->addWidget(m_list, 1);
    left->addWidget(m_add);
    left->addWidget(m_remove);
    m_form->setMaximumWidth(kFormWidth);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(m_form);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kPage);
    layout->addLayout(left);
    layout->addWidget(m_scroll, 1);
}

void ProfilesSection::activate()
{
    if (m_chosen.isEmpty()) {
        if (const std::optional<Profile> active = m_context.profiles.active())
            m_chosen = active->id;
        fillList();
    }
}

void ProfilesSection::fillList()
{
    const QScopedValueRollback<bool> guard(m_filling, true);
    const std::optional<Profile> active = m_context.profiles.active();
    const QList<Profile> profiles = m_context.profiles.all();
    m_list->clear();
    int row = -1;
    for (const Profile &profile : profiles) {
        auto *item = new QListWidgetItem(active && active->id == profile.id ? tr("%1 (in use)").arg(profile.name) : profile.name, m_list);
        item->setData(Qt::UserRole, profile.id.toString());
        if (profile.id == m_chosen)
            row = m_list->count() - 1;
    }
    if (row < 0 && !profiles.isEmpty() && !m_form->isNew()) {
        const auto inUse = std::find_if(profiles.begin(), profiles.end(), [&active](const Profile &one) { return active && one.id == active->id; });
        row = inUse == profiles.end() ? 0 : static_cast<int>(inUse - profiles.begin());
        m_chosen = profiles.at(row).id;
    }
    m_list->setCurrentRow(row);
    m_remove->setEnabled(row >= 0);
    if (row >= 0)
        m_form->load(profiles.at(row));
    else if (!m_form->isNew())
        m_form->loadNew();
}

void ProfilesSection::choose(int row)
{
    if (m_filling || row < 0)
        return;
    m_chosen = ProfileId(m_list->item(row)->data(Qt::UserRole).toString());
    if (const std::optional<Profile> profile = m_context.profiles.find(m_chosen))
        m_form->load(*profile);
    m_remove->setEnabled(true);
}

void ProfilesSection::addProfile()
{
    m_chosen = {};
    m_list->setCurrentRow(-1);
    m_remove->setEnabled(false);
    m_form->loadNew();
    m_form->focusFirst();
}

void ProfilesSection::removeProfile()
{
    const std::optional<Profile> profile = m_context.profiles.find(m_chosen);
    if (!profile)
        return;
    ConfirmRequest request;
    request.title = tr("Remove the profile “%1”?").arg(profile->name);
    request.text = tr("Its API key is taken out of the keychain. Instances in the cloud are not touched and go on costing what they cost.");
    const std::optional<Profile> active = m_context.profiles.active();
    if (active && active->id == profile->id && !m_context.gate.creating().isEmpty())
        request.text += QLatin1Char(' ') + m_context.gate.warning();
    request.confirmLabel = tr("Remove profile");
    m_context.prompts.confirm(window(), request, [this, id = profile->id](bool yes) {
        if (!yes)
            return;
        m_context.session.forgetKey(id);
        m_chosen = {};
        m_context.profiles.remove(id);
    });
}

void ProfilesSection::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        fillList();
    }
}

void ProfilesSection::retranslate()
{
    m_list->setAccessibleName(tr("Profiles"));
    m_add->setText(tr("Add profile"));
    m_remove->setText(tr("Remove…"));
    m_remove->setAccessibleName(tr("Remove profile"));
}

} // namespace novita
