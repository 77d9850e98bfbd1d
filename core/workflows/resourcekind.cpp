// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/resourcekind.h"

#include <QCoreApplication>

namespace novita {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Resources)
};

QString pick(ResourceVerb verb, const QString &create, const QString &change, const QString &remove)
{
    return verb == ResourceVerb::Create ? create : verb == ResourceVerb::Change ? change : remove;
}

} // namespace

QString resourceDone(ResourceKind kind, ResourceVerb verb, const QString &name)
{
    switch (kind) {
    case ResourceKind::Template:
        return pick(verb, Text::tr("The template “%1” was created."), Text::tr("The template “%1” was changed."), Text::tr("The template “%1” was deleted.")).arg(name);
    case ResourceKind::RegistryAuth:
        return pick(verb, Text::tr("The registry credentials “%1” were added."), Text::tr("The registry credentials “%1” were changed."),
                    Text::tr("The registry credentials “%1” were deleted.")).arg(name);
    case ResourceKind::Storage:
        return pick(verb, Text::tr("The network volume “%1” was created."), Text::tr("The network volume “%1” was changed."),
                    Text::tr("The network volume “%1” was deleted.")).arg(name);
    case ResourceKind::Network:
        return pick(verb, Text::tr("The VPC network “%1” was created."), Text::tr("The VPC network “%1” was changed."),
                    Text::tr("The VPC network “%1” was deleted.")).arg(name);
    case ResourceKind::Prewarm: break;
    }
    return pick(verb, Text::tr("Prewarming of “%1” was asked for."), Text::tr("The note on the prewarming of “%1” was changed."),
                Text::tr("The prewarm task of “%1” was deleted.")).arg(name);
}

QString resourceCouldNot(ResourceKind kind, ResourceVerb verb, const QString &name)
{
    switch (kind) {
    case ResourceKind::Template:
        return pick(verb, Text::tr("Could not create the template “%1”"), Text::tr("Could not change the template “%1”"), Text::tr("Could not delete the template “%1”")).arg(name);
    case ResourceKind::RegistryAuth:
        return pick(verb, Text::tr("Could not add the registry credentials “%1”"), Text::tr("Could not change the registry credentials “%1”"),
                    Text::tr("Could not delete the registry credentials “%1”")).arg(name);
    case ResourceKind::Storage:
        return pick(verb, Text::tr("Could not create the network volume “%1”"), Text::tr("Could not change the network volume “%1”"),
                    Text::tr("Could not delete the network volume “%1”")).arg(name);
    case ResourceKind::Network:
        return pick(verb, Text::tr("Could not create the VPC network “%1”"), Text::tr("Could not change the VPC network “%1”"),
                    Text::tr("Could not delete the VPC network “%1”")).arg(name);
    case ResourceKind::Prewarm: break;
    }
    return pick(verb, Text::tr("Could not prewarm “%1”"), Text::tr("Could not change the note on “%1”"), Text::tr("Could not delete the prewarm task of “%1”")).arg(name);
}

QString resourceUnconfirmed(ResourceVerb verb, const QString &name)
{
    return pick(verb, Text::tr("The cloud took up the creation of “%1”, but its list does not show it yet."),
                Text::tr("The cloud took up the change of “%1”, but still shows what was there before."),
                Text::tr("The cloud took up the deletion of “%1”, but its list still shows it.")).arg(name);
}

QString resourceInDoubt(ResourceVerb verb, const QString &name)
{
    return pick(verb, Text::tr("It is not known whether “%1” was created: the cloud's answer was lost. Look at the list before you try again."),
                Text::tr("It is not known whether “%1” was changed: the cloud's answer was lost."),
                Text::tr("It is not known whether “%1” was deleted: the cloud's answer was lost.")).arg(name);
}

} // namespace novita
