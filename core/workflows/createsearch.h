// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/cloud/types/instance.h"
#include "core/cloud/types/product.h"

#include <QList>
#include <QSet>
#include <QString>

#include <optional>

namespace novita {

/// What tells an instance of ours, whose create was not answered, from all others.
struct CreateTrace
{
    QString name;
    ProductId productId;
    QSet<InstanceId> knownBefore; ///< instances that were there before the request: never a match
    bool knowsAll = false;        ///< `knownBefore` holds every instance of that name
    TimePoint askedAt{};          ///< our clock, when the request was sent

    /// Ours, if it is among `rows`. Names count exactly.
    ///
    /// When everything that was there before is known, a creation time never rules a row out: clocks may differ by any
    /// amount, and a row wrongly refused means a second create. Of several, the earliest that was not created over ten
    /// minutes before the request, else the earliest. When not everything is known, a row that was created before that, or
    /// does not say when, may be somebody's older one and is no match.
    const Instance *match(const QList<Instance> &rows) const;
    /// No match, but an instance that only its age keeps from being one.
    bool leavesDoubt(const QList<Instance> &rows) const;

private:
    bool fits(const Instance &row) const;
    bool looksOld(const Instance &row) const;
};

/// `wanted` if it is free, else "wanted-2", "wanted-3", …, within the longest name the API takes.
QString freeNameAmong(const QString &wanted, const QSet<QString> &taken);
/// A name for an instance nobody named: "rtx-4090-24gb" of the product, else "instance". Only characters that the API takes.
QString defaultName(const Product *product);

} // namespace novita
