// SPDX-License-Identifier: GPL-3.0-or-later
//
// What 10,000 instances have cost, each with a month of bills and of starts and stops: by the ledger's parts, against reading the
// same bills' amounts once out of their JSON text, which is what a program without a book would do at every look. Then the screenful of
// rows that the table asks for each second. Exit code 1 when the whole fleet takes more than 50 ms.
#include "core/cloud/types/burn.h"
#include "core/cloud/types/usagetrack.h"
#include "core/workflows/billbook.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTextStream>

#include <algorithm>
#include <limits>

using namespace novita;

namespace {

constexpr int kInstances = 10000;
constexpr int kDays = 30;
constexpr int kOnScreen = 40;
constexpr double kMostMs = 50;
constexpr TimePoint kBegin{Seconds(1767225600)};

UsageTrack trackOf(int number)
{
    UsageTrack track;
    Instance one;
    one.kind = QStringLiteral("gpu");
    one.billing = BillingMode::OnDemand;
    one.rootfsGb = 60 + number % 50;
    one.createdAt = kBegin;
    std::optional<TimePoint> seen;
    for (int day = 0; day < kDays; ++day) {
        for (const bool runs : {true, false}) {
            const TimePoint at = kBegin + Seconds(day * 86400 + (runs ? 100 : 40000) + number % 977);
            one.status = runs ? InstanceStatus::Running : InstanceStatus::Exited;
            (runs ? one.lastStartedAt : one.lastStoppedAt) = at;
            track.observe(usageFacts(one, Money::fromPriceUnits(35000)), at, seen);
            seen = at;
        }
    }
    return track;
}

QList<UsageBill> billsOf(int number)
{
    QList<UsageBill> bills;
    for (int day = 0; day < kDays; ++day) {
        UsageBill bill;
        bill.owner = QStringLiteral("i-%1").arg(number);
        bill.category = QStringLiteral("gpu");
        bill.from = kBegin + Seconds(day * 86400);
        bill.to = bill.from + Seconds(86400);
        bill.paid = Money::fromPriceUnits(387000 + number);
        bills.append(bill);
    }
    return bills;
}

template<typename Work>
double bestMs(Work work)
{
    double best = std::numeric_limits<double>::max();
    for (int round = 0; round < 5; ++round) {
        QElapsedTimer timer;
        timer.start();
        work();
        best = std::min(best, static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    return best;
}

} // namespace

int main()
{
    QTextStream out(stdout);
    std::vector<UsageTrack> tracks;
    QList<UsageBill> bills;
    QStringList owners;
    QList<QByteArray> json;
    for (int i = 0; i < kInstances; ++i) {
        tracks.push_back(trackOf(i));
        bills += billsOf(i);
        owners.append(QStringLiteral("i-%1").arg(i));
        for (int day = 0; day < kDays; ++day)
            json.append(QStringLiteral(R"({"ownerID":"i-%1","payAmount":"%2","pricePrecision":"100000","payAmountDisplay":"3.87"})").arg(i).arg(387000 + i).toUtf8());
    }
    const TimePoint now = kBegin + Seconds(kDays * 86400 + 1800);
    const TimePoint settled = kBegin + Seconds(kDays * 86400);
    BillBook book;
    const double adopt = bestMs([&] {
        book.clear();
        book.setUsage(bills, kBegin, now);
    });
    qint64 check = 0;
    const auto sum = [&](qsizetype first, qsizetype last, TimePoint from) {
        for (qsizetype i = first; i < last; ++i) {
            const UsageCost cost = tracks[static_cast<std::size_t>(i)].cost(from, now);
            check += book.of(owners.at(i)).total().priceUnits() + cost.gpu.rounded().priceUnits() + cost.disk.rounded().priceUnits();
        }
    };
    const double fleet = bestMs([&] { sum(0, kInstances, settled); });
    const double month = bestMs([&] { sum(0, kInstances, kBegin); });
    const double screen = bestMs([&] { sum(0, kOnScreen, settled); });
    const double plain = bestMs([&] {
        for (const QByteArray &row : std::as_const(json)) {
            DecodeLog log;
            check += paidAmount(JsonReader(QJsonDocument::fromJson(row).object(), log)).value_or(Money()).priceUnits();
        }
    });
    out << "cost of " << kInstances << " instances, a month of bills and of 60 starts and stops each\n"
        << "  bills taken into the book     " << adopt << " ms (" << bills.size() << " rows)\n"
        << "  bill and what came since, all " << fleet << " ms\n"
        << "  estimate of the whole month   " << month << " ms\n"
        << "  the rows on screen            " << screen << " ms\n"
        << "  amounts out of JSON, all      " << plain << " ms, ratio " << plain / fleet << "\n";
    out.flush();
    return fleet <= kMostMs && check != 0 ? 0 : 1;
}
