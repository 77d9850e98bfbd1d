// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/secretstore.h"

namespace novita {

std::optional<Error> SecretStore::refusal(const QString &name, const QString &value)
{
    constexpr qsizetype maxName = 200;
    constexpr qsizetype maxValue = 65536;
    if (name.isEmpty() || name.size() > maxName)
        return Error::make(ErrorKind::Validation, tr("The name of a key has 1 to %1 characters.").arg(maxName));
    if (value.isEmpty() || value.size() > maxValue)
        return Error::make(ErrorKind::Validation, tr("A key has 1 to %1 characters.").arg(maxValue));
    return std::nullopt;
}

} // namespace novita
