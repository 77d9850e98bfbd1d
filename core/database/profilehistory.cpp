// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/database/profilehistory.h"

#include "core/database/database.h"
#include "core/database/sqltypes.h"

namespace novita {

Call<Done> *forgetProfileHistory(Database &database, const ProfileId &profile)
{
    return database.run<Done>([profile](SqlSession &session) -> Result<Done> {
        // Samples and roll-ups go with their series.
        for (const char *table : {"event", "operation", "timeline", "series", "price", "usage", "account", "notified", "rule", "tag"}) {
            if (const std::optional<Error> error =
                    session.exec(QStringLiteral("DELETE FROM %1 WHERE profile = ?").arg(QLatin1String(table)), {text(profile.toString())}))
                return *error;
        }
        return Done{};
    });
}

} // namespace novita
