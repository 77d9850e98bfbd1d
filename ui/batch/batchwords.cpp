// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batch/batchwords.h"

#include "ui/format.h"

#include <QCoreApplication>

namespace novita::batchwords {

namespace {

constexpr std::chrono::hours kMonth{730};

struct BatchWords
{
    Q_DECLARE_TR_FUNCTIONS(BatchWords)
};

} // namespace

QString cost(int rows, const BatchCost &cost)
{
    QStringList parts;
    if (!cost.perHour.isZero())
        parts.append(BatchWords::tr("%1, %2 per month of 730 h").arg(format::pricePerHour(cost.perHour), format::sum(cost.perHour.forDuration(kMonth))));
    if (!cost.inAdvance.isZero())
        parts.append(BatchWords::tr("%1 listed for monthly terms").arg(format::money(cost.inAdvance)));
    const QString count = BatchWords::tr("%n instance(s)", nullptr, rows);
    if (parts.isEmpty())
        return BatchWords::tr("%1: the price is not known").arg(count);
    const QString known = parts.join(BatchWords::tr(" and "));
    if (cost.unpriced == 0)
        return BatchWords::tr("%1: %2").arg(count, known);
    return BatchWords::tr("%1: at least %2. ").arg(count, known) + BatchWords::tr("The price of %n row(s) is not known.", nullptr, cost.unpriced);
}

QString progress(const BatchCreate &batch)
{
    using State = BatchRow::State;
    QStringList parts{BatchWords::tr("%1 of %2 created").arg(format::number(batch.count(State::Created)), format::number(batch.rows().size()))};
    const auto add = [&](State state, const QString &words) {
        if (batch.count(state) > 0)
            parts.append(words);
    };
    add(State::Creating, BatchWords::tr("%n being created", nullptr, batch.count(State::Creating)));
    add(State::Waiting, BatchWords::tr("%n not begun", nullptr, batch.count(State::Waiting)));
    add(State::Unknown, BatchWords::tr("%n unknown", nullptr, batch.count(State::Unknown)));
    add(State::Failed, BatchWords::tr("%n failed", nullptr, batch.count(State::Failed)));
    add(State::Skipped, BatchWords::tr("%n skipped", nullptr, batch.count(State::Skipped)));
    add(State::Canceled, BatchWords::tr("%n canceled", nullptr, batch.count(State::Canceled)));
    return parts.join(QStringLiteral(" · "));
}

ConfirmRequest inProduction(int rows, const QString &cost)
{
    ConfirmRequest request;
    request.title = BatchWords::tr("Create %n instance(s) in production?", nullptr, rows);
    request.text = cost.endsWith(QLatin1Char('.')) ? cost : cost + QLatin1Char('.');
    request.confirmLabel = BatchWords::tr("Create %n instance(s)", nullptr, rows);
    request.destructive = false;
    return request;
}

ConfirmRequest again(int rows, const QString &cost)
{
    ConfirmRequest request;
    request.title = BatchWords::tr("Create %n instance(s) again?", nullptr, rows);
    request.text = BatchWords::tr("What was created after all will then be there twice, and both cost money. To be created: %1").arg(cost);
    if (!request.text.endsWith(QLatin1Char('.')))
        request.text += QLatin1Char('.');
    request.confirmLabel = BatchWords::tr("Create again");
    return request;
}

ConfirmRequest discard()
{
    ConfirmRequest request;
    request.title = BatchWords::tr("Discard what you entered?");
    request.text = BatchWords::tr("Nothing has been sent.");
    request.confirmLabel = BatchWords::tr("Discard");
    return request;
}

} // namespace novita::batchwords
