// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/startoptions.h"

#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "ui/format.h"
#include "ui/theme.h"

#include <QActionGroup>
#include <QEvent>
#include <QMenu>

namespace novita {

StartOptions::StartOptions(const Theme &theme, Settings &settings, QWidget *parent)
    : QPushButton(parent)
    , m_settings(settings)
    , m_menu(new QMenu(this))
{
    setAutoDefault(false);
    setMenu(m_menu);
    setProperty("hasMenu", true);
    const auto look = [this, &theme] { setIcon(theme.icon(QStringLiteral("configure"))); };
    look();
    connect(&theme, &Theme::changed, this, look);
    connect(m_menu, &QMenu::aboutToShow, this, &StartOptions::fillMenu);
    connect(&settings, &Settings::changed, this, [this](const QString &key) {
        if (key == keys::kImageOutputType.name || key == keys::kImageNsfwCheck.name)
            followSettings();
    });
    followSettings();
    hide();
}

void StartOptions::followSettings()
{
    m_type = m_settings.value(keys::kImageOutputType);
    m_check = m_settings.value(keys::kImageNsfwCheck);
    retranslate();
    emit changed();
}

void StartOptions::setEndpoint(const EndpointSpec &spec)
{
    m_output = spec.output;
    m_nsfw = spec.nsfw;
    setVisible(m_output.types.size() > 1 || !m_nsfw.enableWire.isEmpty());
    retranslate();
}

void StartOptions::apply(RequestOptions &options) const
{
    options.outputType = m_output.types.contains(m_type) ? m_type : QString();
    options.nsfwCheck = m_check && !m_nsfw.enableWire.isEmpty();
}

void StartOptions::fillMenu()
{
    m_menu->clear();
    qDeleteAll(m_menu->findChildren<QActionGroup *>(QString(), Qt::FindDirectChildrenOnly));
    if (m_output.types.size() > 1) {
        m_menu->addAction(tr("File type"))->setEnabled(false); // a section has no text where a style sheet draws
        auto *group = new QActionGroup(m_menu);
        for (const QString &type : std::as_const(m_output.types)) {
            QAction *action = m_menu->addAction(type.toUpper(), this, [this, type] {
                m_type = type;
                retranslate();
                emit changed();
            });
            action->setCheckable(true);
            action->setChecked(type == m_type);
            group->addAction(action);
        }
    }
    if (m_nsfw.enableWire.isEmpty())
        return;
    m_menu->addSeparator();
    const QString price = m_nsfw.pricePerImage
                              ? tr("Check for nudity (%1 a picture)").arg(format::money(m_nsfw.pricePerImage))
                              : tr("Check for nudity");
    QAction *check = m_menu->addAction(price);
    check->setCheckable(true);
    check->setChecked(m_check);
    connect(check, &QAction::toggled, this, [this](bool on) {
        m_check = on;
        retranslate();
        emit changed();
    });
}

void StartOptions::retranslate()
{
    RequestOptions chosen;
    apply(chosen);
    QStringList parts;
    if (!chosen.outputType.isEmpty())
        parts.append(chosen.outputType.toUpper());
    if (chosen.nsfwCheck)
        parts.append(tr("checked for nudity"));
    setAccessibleName(tr("Options of the next start"));
    setAccessibleDescription(parts.join(QStringLiteral(", ")));
    setToolTip(parts.isEmpty() ? tr("File type, check for nudity")
                               : tr("File type, check for nudity: %1").arg(parts.join(QStringLiteral(", "))));
}

void StartOptions::changeEvent(QEvent *event)
{
    QPushButton::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
