// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rail.h"

#include "core/settings/profilestore.h"
#include "ui/railbutton.h"
#include "ui/theme.h"

#include <QActionGroup>
#include <QButtonGroup>
#include <QEvent>
#include <QFontMetrics>
#include <QMenu>
#include <QPainter>
#include <QPixmap>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr int kAroundIcon = 34;
constexpr int kAroundWords = 68; ///< beside the icon
constexpr int kExpandedWidth = 200;

QIcon dotIcon(const QColor &color)
{
    QPixmap pixmap(32, 32);
    pixmap.setDevicePixelRatio(2.0);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(QRectF(3, 3, 10, 10));
    return QIcon(pixmap);
}

} // namespace

Rail::Rail(UiContext context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_group(new QButtonGroup(this))
    , m_pages(new QVBoxLayout)
    , m_toggle(new RailButton(context.theme, QStringLiteral("application-menu"), this))
    , m_profile(new RailButton(context.theme, QString(), this))
    , m_profileMenu(new QMenu(this))
{
    setAccessibleName(tr("Navigation"));
    m_group->setExclusive(true);
    m_profile->setObjectName(QStringLiteral("profileSwitcher"));
    m_profile->setHasMenu(true);
    m_pages->setSpacing(2);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kRelated, space::kRelated, space::kRelated + 1, space::kRelated);
    layout->setSpacing(2);
    layout->addWidget(m_toggle);
    layout->addSpacing(space::kInside);
    layout->addLayout(m_pages);
    layout->addStretch(1);
    layout->addWidget(m_profile);
    connect(m_toggle, &QAbstractButton::clicked, this, [this] {
        setCollapsed(!m_collapsed);
        emit collapsedChanged(m_collapsed);
    });
    connect(m_profile, &QAbstractButton::clicked, this, [this] {
        fillProfileMenu();
        m_profileMenu->popup(m_profile->mapToGlobal(QPoint(0, -m_profileMenu->sizeHint().height())));
    });
    connect(&context.profiles, &ProfileStore::profilesChanged, this, &Rail::showProfile);
    connect(&context.profiles, &ProfileStore::activeChanged, this, &Rail::showProfile);
    connect(&context.theme, &Theme::changed, this, [this] {
        showProfile();
        applyWidth();
    });
    showProfile();
    applyWidth();
}

void Rail::addPage(const QString &id, const QString &title, const QString &iconName)
{
    auto *button = new RailButton(m_context.theme, iconName, this);
    button->setObjectName(QStringLiteral("rail_") + id);
    button->setCheckable(true);
    button->setTitle(title);
    button->setCollapsed(m_collapsed);
    m_group->addButton(button);
    m_pages->addWidget(button);
    m_buttons.insert(id, button);
    connect(button, &QAbstractButton::clicked, this, [this, id] { emit pageChosen(id); });
}

void Rail::setPageTitle(const QString &id, const QString &title)
{
    if (RailButton *button = m_buttons.value(id))
        button->setTitle(title);
}

void Rail::setCurrent(const QString &id)
{
    if (RailButton *button = m_buttons.value(id))
        button->setChecked(true);
}

void Rail::setCollapsed(bool collapsed)
{
    m_collapsed = collapsed;
    for (RailButton *button : std::as_const(m_buttons))
        button->setCollapsed(collapsed);
    m_toggle->setCollapsed(collapsed);
    m_profile->setCollapsed(collapsed);
    showProfile();
    applyWidth();
}

void Rail::applyWidth()
{
    // Larger text needs a wider rail; the words decide, 200 is the least.
    const QFontMetrics metrics(m_context.theme.font(TextStyle::Body, true));
    const int icon = m_context.theme.grown(RailButton::kIcon);
    int expanded = qMax(kExpandedWidth, metrics.horizontalAdvance(m_toggle->text()) + kAroundWords + icon);
    for (const RailButton *button : std::as_const(m_buttons))
        expanded = qMax(expanded, metrics.horizontalAdvance(button->text()) + kAroundWords + icon);
    setFixedWidth(m_collapsed ? kAroundIcon + icon : expanded);
}

void Rail::showProfile()
{
    m_toggle->setTitle(tr("Novita Console"), m_collapsed ? tr("Expand the navigation") : tr("Collapse the navigation"));
    m_toggle->setAccessibleName(m_collapsed ? tr("Expand the navigation") : tr("Collapse the navigation"));
    const std::optional<Profile> profile = m_context.profiles.active();
    const QString name = profile ? profile->name : tr("No profile");
    m_profile->setDot(m_context.theme.profileColor(profile ? profile->color : QStringLiteral("grey")));
    m_profile->setTitle(name, tr("Profile: %1. Click to switch.").arg(name));
    m_profile->setAccessibleName(tr("Profile: %1").arg(name));
}

void Rail::fillProfileMenu()
{
    m_profileMenu->clear();
    const std::optional<Profile> active = m_context.profiles.active();
    const QList<Profile> profiles = m_context.profiles.all();
    for (const Profile &profile : profiles) {
        // A doubled ampersand: names are plain text, not mnemonics.
        QString label = QString(profile.name).replace(QLatin1Char('&'), QLatin1String("&&"));
        if (profile.production)
            label += QStringLiteral("  · ") + tr("production");
        if (profile.readOnly)
            label += QStringLiteral("  · ") + tr("read-only");
        QAction *action = m_profileMenu->addAction(dotIcon(m_context.theme.profileColor(profile.color)), label);
        action->setCheckable(true);
        action->setChecked(active && active->id == profile.id);
        connect(action, &QAction::triggered, this, [this, id = profile.id] { emit profileChosen(id); });
    }
    m_profileMenu->addSeparator();
    connect(m_profileMenu->addAction(tr("Manage profiles…")), &QAction::triggered, this, [this] { emit pageChosen(QStringLiteral("settings/profiles")); });
}

void Rail::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::LanguageChange)
        return;
    setAccessibleName(tr("Navigation"));
    showProfile();
    applyWidth();
}

void Rail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(m_context.theme.color(Token::Line));
    painter.drawLine(width() - 1, 0, width() - 1, height());
    const int top = m_profile->y() - 6;
    painter.drawLine(space::kRelated, top, width() - space::kRelated - 1, top);
}

} // namespace novita
