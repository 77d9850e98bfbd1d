// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/money.h"

#include <QList>
#include <QString>

#include <optional>

namespace novita {

/// A stretch of time that is paid at one price per hour (computing time) or per day (disks).
struct BilledSpan
{
    TimePoint from;
    std::optional<TimePoint> to; ///< open while it goes on
    Money price;
};

/// How the simulated cloud counts money.
///
/// A span runs from the whole second in which it begins to the one in which it ends, both cut off, and costs price × seconds. The
/// running total of one thing (computing time of an instance, its disk, a network volume) is exact; it is rounded half up to
/// 1/100000 USD where a figure is wanted. A row of a bill is the rounded total at its end less that at its beginning. So
/// rows of an hour, a day and a month add up to each other and to what left the balance, to the unit; and the row of a full hour at one price
/// is that price exactly.
enum class BilledPer : qint64 { Hour = 3600, Day = 86400 };

/// What `spans` have cost until `until`.
Money billedTotal(const QList<BilledSpan> &spans, BilledPer per, TimePoint until);
/// Seconds of [from, to) in which something was charged, and the price at the end of it.
struct BilledTime
{
    qint64 seconds = 0;
    Money price;
};
BilledTime billedTime(const QList<BilledSpan> &spans, TimePoint from, TimePoint to);
/// From `at` on the price is `price`; nothing changes when it is so already. Zero ends what goes on.
void setBilledPrice(QList<BilledSpan> &spans, Money price, TimePoint at);

/// Per day, of a disk with so many GB beyond what is free (0.005 USD a GB), and of a network volume (0.002 USD a GB).
Money diskPrice(qint64 gigabytes);
Money volumePrice(qint64 gigabytes);

/// Something that was paid at once: pictures and films, or the tokens of a chat.
struct SandboxUse
{
    TimePoint at{};
    QString category;      ///< "gen_api", "llm"
    QString product;       ///< the endpoint, or the language model
    qint64 quantity = 0;   ///< pictures, films; input tokens
    qint64 produced = 0;   ///< output tokens
    Money price, outPrice; ///< of one; of a million tokens
    Money paid;
};
/// What tokens cost, rounded half up; prices per million of them.
Money tokenPrice(qint64 input, Money inputPrice, qint64 output, Money outputPrice);

/// A network volume, also one that is gone, as far as money goes.
struct SandboxVolume
{
    QString id;
    QString name;
    QList<BilledSpan> spans; ///< per day
};

} // namespace novita
