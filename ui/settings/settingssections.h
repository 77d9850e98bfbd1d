// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace novita {

/// A section of the settings page.
struct SettingsSectionInfo
{
    QString id;    ///< "network"; never translated
    QString title;
};

/// In the order of the page: general, profiles, network, monitoring, notifications, webhooks, local API, images, appearance.
QList<SettingsSectionInfo> settingsSections();

} // namespace novita
