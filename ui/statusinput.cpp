// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/statusinput.h"

#include "core/settings/profilestore.h"
#include "core/webhooks/webhookservice.h"
#include "core/workflows/fleetsummary.h"
#include "core/workflows/sessioncontroller.h"
#include "core/workflows/stores.h"

namespace novita {

StatusInput statusInput(const UiContext &context)
{
    StatusInput in;
    if (const std::optional<Profile> profile = context.profiles.active()) {
        in.profileName = profile->name;
        in.readOnly = profile->readOnly;
    }
    in.keySource = context.session.keySource();
    in.connection = context.session.connection();
    in.client = context.session.clientStatus();
    in.fleet = context.fleet.numbers();
    if (const std::optional<Balance> &balance = context.stores.account.balance())
        in.balance = balance->available;
    in.balanceAt = context.stores.account.refreshedAt();
    in.dataAt = context.stores.instances.refreshedAt();
    in.dataStale = context.stores.instances.isStale();
    in.receiver = context.webhooks.status();
    in.now = context.clock.now();
    return in;
}

void followStatusInput(const UiContext &context, QObject *receiver, const std::function<void()> &look)
{
    QObject::connect(&context.session, &SessionController::clientStatusChanged, receiver, look);
    QObject::connect(&context.session, &SessionController::connectionChanged, receiver, look);
    QObject::connect(&context.session, &SessionController::profileSwitched, receiver, look);
    QObject::connect(&context.profiles, &ProfileStore::profilesChanged, receiver, look);
    QObject::connect(&context.fleet, &FleetSummary::numbersChanged, receiver, look);
    QObject::connect(&context.stores.instances, &EntityStoreBase::freshnessChanged, receiver, look);
    QObject::connect(&context.stores.account, &EntityStoreBase::changed, receiver, look);
}

} // namespace novita
