// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/listanswer.h"

#include <QStringList>

namespace novita {

AnswerRows findRows(const QJsonValue &answer, DecodeLog &log, std::initializer_list<QLatin1String> keys)
{
    AnswerRows found{{}, QStringLiteral("$"), {}};
    if (answer.isArray()) {
        found.items = answer.toArray();
        return found;
    }
    if (!answer.isObject()) {
        log.fail(found.path, QStringLiteral("expected a list"));
        return found;
    }

    const JsonReader reader(answer.toObject(), log);
    found.total = reader.integer(QLatin1String("total"));
    bool named = false;
    for (const QLatin1String key : keys) {
        const QJsonValue value = reader.json().value(key);
        if (value.isUndefined())
            continue;
        named = true;
        if (value.isNull())
            continue; // another of the names may hold the rows
        found.path += QLatin1Char('.') + key;
        if (value.isArray())
            found.items = value.toArray();
        else
            log.fail(found.path, QStringLiteral("expected an array"));
        return found;
    }
    if (!named && !reader.json().isEmpty() && found.total != 0) {
        const QLatin1String wanted = keys.size() > 0 ? *keys.begin() : QLatin1String("data");
        log.fail(QStringLiteral("$.") + wanted, QStringLiteral("expected an array, found nothing"));
    }
    return found;
}

} // namespace novita
