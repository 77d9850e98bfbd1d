// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/createsearch.h"

#include <algorithm>

namespace novita {

namespace {

constexpr qsizetype kLongestName = 100;
constexpr std::chrono::minutes kClockSkew{10};

} // namespace

bool CreateTrace::fits(const Instance &row) const
{
    const bool sameProduct = row.productId.isEmpty() || productId.isEmpty() || row.productId == productId;
    return row.name == name && sameProduct && !knownBefore.contains(row.id);
}

bool CreateTrace::looksOld(const Instance &row) const
{
    return row.createdAt ? *row.createdAt + kClockSkew < askedAt : !knowsAll;
}

const Instance *CreateTrace::match(const QList<Instance> &rows) const
{
    // Of two rows that both may be ours: the one not created long before we asked, then the one created first.
    const auto isLikelier = [this](const Instance &row, const Instance &than) {
        if (looksOld(row) != looksOld(than))
            return looksOld(than);
        return row.createdAt && than.createdAt && *row.createdAt < *than.createdAt;
    };
    const Instance *best = nullptr;
    for (const Instance &row : rows) {
        if (fits(row) && (knowsAll || !looksOld(row)) && (!best || isLikelier(row, *best)))
            best = &row;
    }
    return best;
}

bool CreateTrace::leavesDoubt(const QList<Instance> &rows) const
{
    return !match(rows) && std::any_of(rows.begin(), rows.end(), [this](const Instance &row) { return fits(row); });
}

QString freeNameAmong(const QString &wanted, const QSet<QString> &taken)
{
    if (!taken.contains(wanted))
        return wanted;
    for (int number = 2;; ++number) {
        const QString suffix = QStringLiteral("-%1").arg(number);
        const QString name = wanted.left(kLongestName - suffix.size()) + suffix;
        if (!taken.contains(name))
            return name;
    }
}

QString defaultName(const Product *product)
{
    QString name;
    for (const QChar c : product ? product->name.toLower() : QString()) {
        const bool plain = (c >= QLatin1Char('a') && c <= QLatin1Char('z')) || (c >= QLatin1Char('0') && c <= QLatin1Char('9'));
        if (plain)
            name.append(c);
        else if (!name.isEmpty() && !name.endsWith(QLatin1Char('-')))
            name.append(QLatin1Char('-'));
    }
    name = name.left(kLongestName / 2);
    while (name.endsWith(QLatin1Char('-')))
        name.chop(1);
    return name.isEmpty() ? QStringLiteral("instance") : name;
}

} // namespace novita
