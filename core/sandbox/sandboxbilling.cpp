// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxbilling.h"

#include <algorithm>

namespace novita {

namespace {

qint64 wholeSeconds(TimePoint at)
{
    return std::chrono::floor<Seconds>(at.time_since_epoch()).count();
}

} // namespace

Money billedTotal(const QList<BilledSpan> &spans, BilledPer per, TimePoint until)
{
    const qint64 end = wholeSeconds(until);
    const auto period = static_cast<qint64>(per);
    qint64 exact = 0; // 1/100000 USD × seconds: a thousand dollars an hour reach the limit after a thousand years
    for (const BilledSpan &span : spans) {
        const qint64 last = span.to ? std::min(wholeSeconds(*span.to), end) : end;
        exact += span.price.priceUnits() * std::max<qint64>(0, last - wholeSeconds(span.from));
    }
    return Money::fromPriceUnits((2 * exact + period) / (2 * period));
}

BilledTime billedTime(const QList<BilledSpan> &spans, TimePoint from, TimePoint to)
{
    BilledTime time;
    for (const BilledSpan &span : spans) {
        const qint64 first = std::max(wholeSeconds(span.from), wholeSeconds(from));
        const qint64 last = std::min(wholeSeconds(span.to.value_or(to)), wholeSeconds(to));
        if (last <= first)
            continue;
        time.seconds += last - first;
        time.price = span.price;
    }
    return time;
}

void setBilledPrice(QList<BilledSpan> &spans, Money price, TimePoint at)
{
    const bool open = !spans.isEmpty() && !spans.last().to;
    if (open ? spans.last().price == price : price.isZero())
        return;
    if (open)
        spans.last().to = at;
    if (!price.isZero())
        spans.append({at, {}, price});
}

Money diskPrice(qint64 gigabytes)
{
    constexpr qint64 kUnits = 500;
    return Money::fromPriceUnits(kUnits * gigabytes);
}

Money volumePrice(qint64 gigabytes)
{
    constexpr qint64 kUnits = 200;
    return Money::fromPriceUnits(kUnits * gigabytes);
}

Money tokenPrice(qint64 input, Money inputPrice, qint64 output, Money outputPrice)
{
    constexpr qint64 kMillion = 1'000'000;
    return Money::fromPriceUnits((input * inputPrice.priceUnits() + output * outputPrice.priceUnits() + kMillion / 2) / kMillion);
}

} // namespace novita
