// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/billbook.h"

#include <algorithm>

namespace novita {

void BillBook::clear()
{
    *this = BillBook();
}

void BillBook::setUsage(const QList<UsageBill> &rows, TimePoint from, TimePoint readAt)
{
    for (auto owner = m_usage.begin(); owner != m_usage.end();) {
        std::erase_if(*owner, [from](const Row &row) { return row.from >= from; });
        owner = owner->empty() ? m_usage.erase(owner) : std::next(owner);
    }
    for (const UsageBill &bill : rows) {
        if (bill.from < from || bill.to > readAt)
            continue;
        m_usage[bill.owner].push_back({bill.from, bill.to, bill.paid, bill.isDisk()});
        m_lastBilled = std::max(m_lastBilled.value_or(bill.to), bill.to);
    }
    sumUp();
}

void BillBook::setTerms(const QList<FixedTermBill> &rows)
{
    m_terms.clear();
    for (const FixedTermBill &bill : rows)
        m_terms[bill.owner].push_back({bill.paidAt, bill.paidAt, bill.paid, false});
    sumUp();
}

void BillBook::add(Billed &sum, const Row &row)
{
    if (row.paid)
        (row.disk ? sum.disk : sum.gpu) += *row.paid;
    else
        sum.partial = true;
}

void BillBook::sumUp()
{
    m_sums.clear();
    m_sums.reserve(m_usage.size() + m_terms.size());
    m_ends.clear();
    m_ends.reserve(m_usage.size());
    for (auto owner = m_usage.cbegin(); owner != m_usage.cend(); ++owner) {
        m_sums.insert(owner.key(), sumOf(owner.key(), {}));
        m_ends.insert(owner.key(), std::max_element(owner->cbegin(), owner->cend(), [](const Row &a, const Row &b) { return a.to < b.to; })->to);
    }
    for (auto owner = m_terms.cbegin(); owner != m_terms.cend(); ++owner) {
        if (!m_usage.contains(owner.key()))
            m_sums.insert(owner.key(), sumOf(owner.key(), {}));
    }
}

std::optional<TimePoint> BillBook::lastBilled(const QString &owner) const
{
    const auto end = m_ends.constFind(owner);
    return end == m_ends.constEnd() ? std::nullopt : std::optional(*end);
}

BillBook::Billed BillBook::of(const QString &owner, TimePoint from) const
{
    return from == TimePoint() ? m_sums.value(owner) : sumOf(owner, from);
}

BillBook::Billed BillBook::sumOf(const QString &owner, TimePoint from) const
{
    Billed sum;
    if (const auto rows = m_usage.constFind(owner); rows != m_usage.constEnd()) {
        for (const Row &row : *rows) {
            if (row.from >= from)
                add(sum, row);
        }
    }
    if (const auto rows = m_terms.constFind(owner); rows != m_terms.constEnd()) {
        for (const Row &row : *rows) {
            sum.prepaid += row.paid.value_or(Money());
            sum.partial = sum.partial || !row.paid;
        }
    }
    return sum;
}

BillBook::Billed BillBook::within(TimePoint from, TimePoint to) const
{
    Billed sum;
    const auto isIn = [from, to](const Row &row) { return row.from >= from && row.from < to; };
    for (const std::vector<Row> &rows : m_usage) {
        for (const Row &row : rows) {
            if (isIn(row))
                add(sum, row);
        }
    }
    for (const std::vector<Row> &rows : m_terms) {
        for (const Row &row : rows) {
            if (!isIn(row))
                continue;
            sum.prepaid += row.paid.value_or(Money());
            sum.partial = sum.partial || !row.paid;
        }
    }
    return sum;
}

} // namespace novita
