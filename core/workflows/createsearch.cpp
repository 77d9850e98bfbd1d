// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/createsearch.h"

namespace novita {

namespace {

constexpr qsizetype kLongestName = 100;
constexpr std::chrono::minutes kClockSkew{10};

/// Of two rows that both may be ours: the one not created long before we asked, then the one created first.
bool isLikelier(const Instance &row, const Instance &than, TimePoint askedAt)
{
    const auto looksOld = [askedAt](const Instance &one) { return one.createdAt && *one.createdAt + kClockSkew < askedAt; };
    if (looksOld(row) != looksOld(than))
        return looksOld(than);
    return row.createdAt && than.createdAt && *row.createdAt < *than.createdAt;
}

} // namespace

const Instance *CreateTrace::match(const QList<Instance> &rows) const
{
    const Instance *best = nullptr;
    for (const Instance &row : rows) {
        if (row.name != name || knownBefore.contains(row.id))
            continue;
        if (!row.productId.isEmpty() && !productId.isEmpty() && row.productId != productId)
            continue;
        if (!best || isLikelier(row, *best, askedAt))
            best = &row;
    }
    return best;
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
