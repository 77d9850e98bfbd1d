// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instanceforms/actionwords.h"

#include <QCoreApplication>

namespace novita::actionwords {

namespace {

using A = InstanceAction;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ActionWords)
};

QString oneVerb(InstanceAction action)
{
    switch (action) {
    case A::Start: return Text::tr("Start instance");
    case A::Stop: return Text::tr("Stop instance");
    case A::Restart: return Text::tr("Restart instance");
    case A::Delete: return Text::tr("Delete instance");
    case A::Edit: return Text::tr("Change instance");
    case A::Clone: return Text::tr("Clone instance");
    case A::SaveImage: return Text::tr("Save image");
    case A::Upgrade: return Text::tr("Upgrade instance");
    case A::Migrate: return Text::tr("Migrate instance");
    case A::Renew: return Text::tr("Renew instance");
    case A::ToMonthly: return Text::tr("Convert to monthly");
    case A::AutoRenew: return Text::tr("Set auto-renewal");
    case A::AutoMigrate: return Text::tr("Set auto-migration");
    }
    Q_UNREACHABLE();
}

} // namespace

QString label(InstanceAction action)
{
    switch (action) {
    case A::Start: return Text::tr("Start");
    case A::Stop: return Text::tr("Stop");
    case A::Restart: return Text::tr("Restart");
    case A::Delete: return Text::tr("Delete");
    case A::Edit: return Text::tr("Edit…");
    case A::Clone: return Text::tr("Clone…");
    case A::SaveImage: return Text::tr("Save image…");
    case A::Upgrade: return Text::tr("Upgrade…");
    case A::Migrate: return Text::tr("Migrate");
    case A::Renew: return Text::tr("Renew…");
    case A::ToMonthly: return Text::tr("Convert to monthly…");
    case A::AutoRenew: return Text::tr("Auto-renew…");
    case A::AutoMigrate: return Text::tr("Auto-migrate…");
    }
    Q_UNREACHABLE();
}

QString plainLabel(InstanceAction action)
{
    QString text = label(action);
    return text.remove(QChar(0x2026));
}

QString question(InstanceAction action, int count, const QString &name)
{
    switch (action) {
    case A::Start: return count == 1 ? Text::tr("Start %1?").arg(name) : Text::tr("Start %Ln instance(s)?", nullptr, count);
    case A::Stop: return count == 1 ? Text::tr("Stop %1?").arg(name) : Text::tr("Stop %Ln instance(s)?", nullptr, count);
    case A::Restart: return count == 1 ? Text::tr("Restart %1?").arg(name) : Text::tr("Restart %Ln instance(s)?", nullptr, count);
    case A::Delete: return count == 1 ? Text::tr("Delete %1?").arg(name) : Text::tr("Delete %Ln instance(s)?", nullptr, count);
    case A::Edit: return count == 1 ? Text::tr("Change %1?").arg(name) : Text::tr("Change %Ln instance(s)?", nullptr, count);
    case A::Clone: return count == 1 ? Text::tr("Clone %1?").arg(name) : Text::tr("Clone %Ln instance(s)?", nullptr, count);
    case A::SaveImage: return count == 1 ? Text::tr("Save image of %1?").arg(name) : Text::tr("Save image of %Ln instance(s)?", nullptr, count);
    case A::Upgrade: return count == 1 ? Text::tr("Upgrade %1?").arg(name) : Text::tr("Upgrade %Ln instance(s)?", nullptr, count);
    case A::Migrate: return count == 1 ? Text::tr("Migrate %1?").arg(name) : Text::tr("Migrate %Ln instance(s)?", nullptr, count);
    case A::Renew: return count == 1 ? Text::tr("Renew %1?").arg(name) : Text::tr("Renew %Ln instance(s)?", nullptr, count);
    case A::ToMonthly: return count == 1 ? Text::tr("Convert %1 to monthly billing?").arg(name) : Text::tr("Convert %Ln instance(s) to monthly billing?", nullptr, count);
    case A::AutoRenew: return count == 1 ? Text::tr("Set auto-renewal of %1?").arg(name) : Text::tr("Set auto-renewal of %Ln instance(s)?", nullptr, count);
    case A::AutoMigrate: return count == 1 ? Text::tr("Set auto-migration of %1?").arg(name) : Text::tr("Set auto-migration of %Ln instance(s)?", nullptr, count);
    }
    Q_UNREACHABLE();
}

QString resultsTitle(InstanceAction action, int count)
{
    switch (action) {
    case A::Start: return Text::tr("Start %Ln instance(s)", nullptr, count);
    case A::Stop: return Text::tr("Stop %Ln instance(s)", nullptr, count);
    case A::Restart: return Text::tr("Restart %Ln instance(s)", nullptr, count);
    case A::Delete: return Text::tr("Delete %Ln instance(s)", nullptr, count);
    case A::Edit: return Text::tr("Change %Ln instance(s)", nullptr, count);
    case A::Clone: return Text::tr("Clone %Ln instance(s)", nullptr, count);
    case A::SaveImage: return Text::tr("Save image of %Ln instance(s)", nullptr, count);
    case A::Upgrade: return Text::tr("Upgrade %Ln instance(s)", nullptr, count);
    case A::Migrate: return Text::tr("Migrate %Ln instance(s)", nullptr, count);
    case A::Renew: return Text::tr("Renew %Ln instance(s)", nullptr, count);
    case A::ToMonthly: return Text::tr("Convert %Ln instance(s) to monthly billing", nullptr, count);
    case A::AutoRenew: return Text::tr("Set auto-renewal of %Ln instance(s)", nullptr, count);
    case A::AutoMigrate: return Text::tr("Set auto-migration of %Ln instance(s)", nullptr, count);
    }
    Q_UNREACHABLE();
}

QString verb(InstanceAction action, int count)
{
    return count == 1 ? oneVerb(action) : resultsTitle(action, count);
}

QString couldNot(InstanceAction action, const QString &name)
{
    switch (action) {
    case A::Start: return Text::tr("Could not start “%1”").arg(name);
    case A::Stop: return Text::tr("Could not stop “%1”").arg(name);
    case A::Restart: return Text::tr("Could not restart “%1”").arg(name);
    case A::Delete: return Text::tr("Could not delete “%1”").arg(name);
    case A::Edit: return Text::tr("Could not change “%1”").arg(name);
    case A::Clone: return Text::tr("Could not clone “%1”").arg(name);
    case A::SaveImage: return Text::tr("Could not save an image of “%1”").arg(name);
    case A::Upgrade: return Text::tr("Could not upgrade “%1”").arg(name);
    case A::Migrate: return Text::tr("Could not migrate “%1”").arg(name);
    case A::Renew: return Text::tr("Could not renew “%1”").arg(name);
    case A::ToMonthly: return Text::tr("Could not convert “%1” to monthly billing").arg(name);
    case A::AutoRenew: return Text::tr("Could not set the auto-renewal of “%1”").arg(name);
    case A::AutoMigrate: return Text::tr("Could not set the auto-migration of “%1”").arg(name);
    }
    Q_UNREACHABLE();
}

} // namespace novita::actionwords
