// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/actiontexts.h"

#include <QCoreApplication>

#include <array>

namespace novita::actiontexts {

namespace {

using A = InstanceAction;

struct Texts
{
    A action;
    const char *asked;
    const char *failed;
    const char *inDoubt;
    const char *withdrawn;
};

constexpr std::array<Texts, 13> kTexts{{
    {A::Start,
     QT_TRANSLATE_NOOP("ActionTexts", "Asked the cloud to start “%1”."),
     QT_TRANSLATE_NOOP("ActionTexts", "“%1” could not be started. %2"),
     QT_TRANSLATE_NOOP("ActionTexts", "It is not known whether “%1” was started: %2"),
     QT_TRANSLATE_NOOP("ActionTexts", "“%1” was not started: %2")},
    {A::Stop,
     QT_TRANSLATE_NOOP("ActionTexts", "Asked the cloud to stop “%1”."),
     QT_TRANSLATE_NOOP("ActionTexts", "“%1” could not be stopped. %2"),
     QT_TRANSLATE_NOOP("ActionTexts", "It is not known whether “%1” was stopped: %2"),
     QT_TRANSLATE_NOOP("ActionTexts", "“%1” was not stopped: %2")},
    {A::Restart,
     QT_TRANSLATE_NOOP("ActionTexts", "Asked the cloud to restart “%1”."),
     QT_TRANSLATE_NOOP("ActionTexts", "“%1” could not be restarted. %2"),
     QT_TRANSLATE_NOOP("ActionTexts", "It is not known whether “%1” was restarted: %2"),
     QT_TRANSLATE_NOOP("ActionTexts", "“%1” was not restarted: %2")},
    {A::Delete,
     QT_TRANSLATE_NOOP("ActionTexts", "Asked the cloud to delete “%1”."),
     QT_TRANSLATE_NOOP("ActionTexts", "“%1” could not be deleted. %2"),
     QT_TRANSLATE_NOOP("ActionTexts", "It is not known whether “%1” was deleted: %2"),
     QT_TRANSLATE_NOOP("ActionTexts", "“%1” was not deleted: %2")},
    {A::Edit,
     QT_TRANSLATE_NOOP("ActionTexts", "Asked the cloud to change ports or disk of “%1”."),
     QT_TRANSLATE_NOOP("ActionTexts", "Ports or disk of “%1” could not be changed. %2"),
     QT_TRANSLATE_NOOP("ActionTexts", "It is not known whether ports or disk of “%1” were changed: %2"),
     QT_TRANSLATE_NOOP("ActionTexts", "Ports and disk of “%1” were not changed: %2")},
    {A::Clone,
     QT_TRANSLATE_NOOP("ActionTexts", "Asked the cloud to copy “%1”."),
     QT_TRANSLATE_NOOP("ActionTexts", "“%1” could not be copied. %2"),
     QT_TRANSLATE_NOOP("ActionTexts", "It is not known whether “%1” was copied: %2"),
     QT_TRANSLATE_NOOP("ActionTexts", "“%1” was not copied: %2")},
    {A::SaveImage,
     QT_TRANSLATE_NOOP("ActionTexts", "Asked the cloud to save an image of “%1”."),
     QT_TRANSLATE_NOOP("ActionTexts", "No image of “%1” could be saved. %2"),
     QT_TRANSLATE_NOOP("ActionTexts", "It is not known whether an image of “%1” is being saved: %2"),
     QT_TRANSLATE_NOOP("ActionTexts", "No image of “%1” was saved: %2")},
    {A::Upgrade,
     QT_TRANSLATE_NOOP("ActionTexts", "Asked the cloud to reset “%1” onto its new configuration."),
     QT_TRANSLATE_NOOP("ActionTexts", "“%1” could not be upgraded. %2"),
     QT_TRANSLATE_NOOP("ActionTexts", "It is not known whether “%1” was upgraded: %2"),
     QT_TRANSLATE_NOOP("ActionTexts", "“%1” was not upgraded: %2")},
    {A::Migrate,
     QT_TRANSLATE_NOOP("ActionTexts", "Asked the cloud to migrate “%1”."),
     QT_TRANSLATE_NOOP("ActionTexts", "“%1” could not be migrated. %2"),
     QT_TRANSLATE_NOOP("ActionTexts", "It is not known whether “%1” was migrated: %2"),
     QT_TRANSLATE_NOOP("ActionTexts", "“%1” was not migrated: %2")},
    {A::Renew,
     QT_TRANSLATE_NOOP("ActionTexts", "Asked the cloud to renew “%1”."),
     QT_TRANSLATE_NOOP("ActionTexts", "“%1” could not be renewed. %2"),
     QT_TRANSLATE_NOOP("ActionTexts", "It is not known whether “%1” was renewed: %2"),
     QT_TRANSLATE_NOOP("ActionTexts", "“%1” was not renewed: %2")},
    {A::ToMonthly,
     QT_TRANSLATE_NOOP("ActionTexts", "Asked the cloud to convert “%1” to monthly billing."),
     QT_TRANSLATE_NOOP("ActionTexts", "“%1” could not be converted to monthly billing. %2"),
     QT_TRANSLATE_NOOP("ActionTexts", "It is not known whether “%1” was converted to monthly billing: %2"),
     QT_TRANSLATE_NOOP("ActionTexts", "“%1” was not converted to monthly billing: %2")},
    {A::AutoRenew,
     QT_TRANSLATE_NOOP("ActionTexts", "Asked the cloud to change the automatic renewal of “%1”."),
     QT_TRANSLATE_NOOP("ActionTexts", "The automatic renewal of “%1” could not be changed. %2"),
     QT_TRANSLATE_NOOP("ActionTexts", "It is not known whether the automatic renewal of “%1” was changed: %2"),
     QT_TRANSLATE_NOOP("ActionTexts", "The automatic renewal of “%1” was not changed: %2")},
    {A::AutoMigrate,
     QT_TRANSLATE_NOOP("ActionTexts", "Asked the cloud to change the automatic migration of “%1”."),
     QT_TRANSLATE_NOOP("ActionTexts", "The automatic migration of “%1” could not be changed. %2"),
     QT_TRANSLATE_NOOP("ActionTexts", "It is not known whether the automatic migration of “%1” was changed: %2"),
     QT_TRANSLATE_NOOP("ActionTexts", "The automatic migration of “%1” was not changed: %2")},
}};

constexpr bool inEnumOrder()
{
    for (std::size_t i = 0; i < kTexts.size(); ++i) {
        if (static_cast<std::size_t>(kTexts.at(i).action) != i)
            return false;
    }
    return static_cast<std::size_t>(A::AutoMigrate) + 1 == kTexts.size();
}
static_assert(inEnumOrder());

QString say(const char *text)
{
    return QCoreApplication::translate("ActionTexts", text);
}

const Texts &of(A action)
{
    return kTexts.at(static_cast<std::size_t>(action));
}

} // namespace

QString asked(InstanceAction action, const QString &name)
{
    return say(of(action).asked).arg(name);
}

QString failed(InstanceAction action, const QString &name, const QString &reason)
{
    return say(of(action).failed).arg(name, reason);
}

QString inDoubt(InstanceAction action, const QString &name, const QString &why)
{
    return say(of(action).inDoubt).arg(name, why);
}

QString withdrawn(InstanceAction action, const QString &name, const QString &why)
{
    return say(of(action).withdrawn).arg(name, why);
}

} // namespace novita::actiontexts
