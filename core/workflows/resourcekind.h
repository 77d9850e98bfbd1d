// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>

namespace novita {

/// What an account holds beside instances.
enum class ResourceKind : std::uint8_t { Template, RegistryAuth, Storage, Network, Prewarm };

enum class ResourceVerb : std::uint8_t { Create, Change, Delete };

/// What became of a wish that the cloud took up.
struct ResourceOutcome
{
    QString id;             ///< of what it is about; empty when the cloud has not shown it yet
    QString name;
    bool confirmed = false; ///< read again, and the effect was there
    QString message;        ///< a sentence when it is not confirmed, or when the answer was lost and it is there all the same
};

/// "The network volume “x” was created."
QString resourceDone(ResourceKind kind, ResourceVerb verb, const QString &name);
/// "Could not create the network volume “x”", without a full stop.
QString resourceCouldNot(ResourceKind kind, ResourceVerb verb, const QString &name);
/// The cloud said yes, and its list does not show it.
QString resourceUnconfirmed(ResourceVerb verb, const QString &name);
/// Nobody knows whether it happened.
QString resourceInDoubt(ResourceVerb verb, const QString &name);

} // namespace novita
