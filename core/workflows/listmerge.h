// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/cloud/types/common.h"
#include "core/cloud/types/product.h"
#include "core/cloud/types/resources.h"

#include <QHash>
#include <QList>

#include <optional>
#include <vector>

/// Pure rules that make one list out of several answers.
namespace novita {

/// The rows of several lists, and the error that makes them incomplete, if there was one.
template<typename T>
struct MergedList
{
    QList<T> rows;
    bool partial = false;       ///< one of the lists is (RowList::partial)
    std::optional<Error> error; ///< the first; a list that the cloud does not know (404) only counts when none was answered
};

/// Adds to `into` what `other`, an answer for another billing mode, knows beyond it: prices and modes.
void mergeOffer(Product &into, const Product &other);

/// One row per id, in the order of first sight; `join(into, other)` unites two rows of the same id.
template<typename T, typename Join>
MergedList<T> mergeLists(const std::vector<Result<RowList<T>>> &lists, Join join)
{
    MergedList<T> merged;
    QHash<decltype(T::id), qsizetype> positions;
    std::optional<Error> missing;
    bool answered = false;
    for (const Result<RowList<T>> &list : lists) {
        if (!list) {
            std::optional<Error> &slot = list.error().kind == ErrorKind::NotFound ? missing : merged.error;
            if (!slot)
                slot = list.error();
            continue;
        }
        answered = true;
        merged.partial = merged.partial || list->partial;
        for (const T &row : *list) {
            const auto known = positions.constFind(row.id);
            if (known == positions.constEnd()) {
                positions.insert(row.id, merged.rows.size());
                merged.rows.append(row);
            } else {
                join(merged.rows[*known], row);
            }
        }
    }
    if (!answered && !merged.error)
        merged.error = missing;
    return merged;
}

} // namespace novita
