// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/jsonreader.h"
#include "core/cloud/services/pagewalk.h"
#include "core/cloud/types/common.h"

#include <QJsonArray>
#include <QJsonValue>
#include <QLatin1String>
#include <QList>

#include <initializer_list>

namespace novita {

/// The array of a list answer, and where it was found.
struct AnswerRows
{
    QJsonArray items;
    QString path;                ///< "$.instances"
    std::optional<qint64> total;
};

/// Looks for the array under the first of `keys` that is there, or takes a bare array. null counts as an empty array.
/// Fatal when the answer is no list at all: an empty body, another type, or an object that has other members but none of
/// the keys. An object without any rows and members, or with a total of 0, is an empty list (servers leave out empty fields).
AnswerRows findRows(const QJsonValue &answer, DecodeLog &log, std::initializer_list<QLatin1String> keys);

/// Decodes a list answer row by row. A row that is no object or has no id is skipped with a warning: one bad row must not
/// take the others with it; the page is partial then. Rows of which not one can be read are fatal,
/// and so are more than PageWalk::kMostRows.
template<typename T>
ListPage<T> decodeRows(const QJsonValue &answer, DecodeLog &log, std::initializer_list<QLatin1String> keys, T (*decode)(const JsonReader &))
{
    const AnswerRows found = findRows(answer, log, keys);
    ListPage<T> page;
    page.total = found.total;
    if (found.items.size() > PageWalk::kMostRows) {
        log.fail(found.path, QStringLiteral("%1 rows, more than this program reads").arg(found.items.size()));
        log.fatal->fault = ProtocolFault::TooLarge;
        return page;
    }
    page.rows.reserve(found.items.size());
    for (qsizetype i = 0; i < found.items.size(); ++i) {
        const QString path = found.path + QLatin1Char('[') + QString::number(i) + QLatin1Char(']');
        const QJsonValue item = found.items.at(i);
        if (!item.isObject()) {
            log.warn(path, QStringLiteral("expected an object"));
            page.partial = true;
            continue;
        }
        T row = decode(JsonReader(item.toObject(), log, path));
        if (row.id.isEmpty()) {
            log.warn(path, QStringLiteral("a row without an id"));
            page.partial = true;
        } else {
            page.rows.append(std::move(row));
        }
    }
    // Rows that all make no sense are no empty list: what a list lacks is taken for deleted.
    if (page.rows.isEmpty() && !found.items.isEmpty())
        log.fail(found.path, QStringLiteral("no row of %1 can be read").arg(found.items.size()));
    return page;
}

/// As decodeRows, of a list that comes in one answer.
template<typename T>
RowList<T> decodeWhole(const QJsonValue &answer, DecodeLog &log, std::initializer_list<QLatin1String> keys, T (*decode)(const JsonReader &))
{
    ListPage<T> page = decodeRows<T>(answer, log, keys, decode);
    return {std::move(page.rows), page.partial};
}

/// Decodes an answer that is one entity; fatal when it is no object or has no id.
template<typename T>
T decodeEntity(const QJsonValue &answer, DecodeLog &log, T (*decode)(const JsonReader &))
{
    T entity;
    if (!answer.isObject()) {
        log.fail(QStringLiteral("$"), QStringLiteral("expected an object"));
        return entity;
    }
    entity = decode(JsonReader(answer.toObject(), log));
    if (entity.id.isEmpty())
        log.fail(QStringLiteral("$.id"), QStringLiteral("expected non-empty text"));
    return entity;
}

} // namespace novita
