// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/database/sqlsession.h"
#include "core/webhooks/deliveryarchive.h"
#include "core/webhooks/deliverykind.h"
#include "core/webhooks/deliverystore.h"
#include "tests/support/await.h"
#include "tests/support/sharedclock.h"
#include "tests/webhooks/filesizelimit.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <atomic>
#include <optional>
#include <utility>

using namespace novita;
using namespace std::chrono_literals;

namespace {

/// A store that can be thrown away and made anew on the same file, as by a restart.
class Bench
{
public:
    explicit Bench(qint64 bytes = DeliveryJournal::kBytes) : journalBytes(bytes) { restart(); }

    void restart()
    {
        store.reset();
        store.emplace(clock, path(), nullptr, journalBytes);
    }
    QString path() const { return folder.filePath(QStringLiteral("deliveries.sqlite")); }

    Delivery draft(const QByteArray &body, DeliveryResult result = DeliveryResult::Accepted) const
    {
        Delivery delivery;
        delivery.receivedAt = clock.now();
        delivery.path = QStringLiteral("/webhook");
        delivery.address = QStringLiteral("127.0.0.1");
        delivery.scheme = DeliveryScheme::Standard;
        delivery.result = result;
        delivery.headers = {{"Host", "a"}, {"X-Odd", "a: b"}, {"Empty", ""}};
        delivery.body = body;
        delivery.bytes = body.size();
        return delivery;
    }

    Result<StoredDelivery> add(const Delivery &delivery, const QList<QByteArray> &keys)
    {
        const auto result = std::make_shared<std::optional<Result<StoredDelivery>>>();
        const auto ready = std::make_shared<std::atomic<bool>>(false);
        store->add({delivery, keys, [result, ready](const Result<StoredDelivery> &stored) {
            result->emplace(stored);
            *ready = true;
        }});
        if (!QTest::qWaitFor([&] { return ready->load(); }, 15000))
            return Error::make(ErrorKind::Timeout, QStringLiteral("not stored"));
        return **result;
    }
    Result<StoredDelivery> add(const QByteArray &body, const QList<QByteArray> &keys) { return add(draft(body), keys); }

    DeliveryPage list(const DeliveryQuery &query = {})
    {
        const Result<DeliveryPage> page = await(store->list(query));
        return page ? *page : DeliveryPage();
    }

    /// Adds deliveries of 4,000 bytes until one fails; returns that Error, and how many were stored before.
    std::pair<std::optional<Error>, int> addUntilItFails()
    {
        for (int i = 0; i < 100; ++i) {
            const Result<StoredDelivery> stored = add(QByteArray(4000, 'x'), {"many " + QByteArray::number(i)});
            if (!stored)
                return {stored.error(), i};
        }
        return {std::nullopt, 100};
    }

    const qint64 journalBytes;
    QTemporaryDir folder;
    SharedClock clock;
    std::optional<DeliveryStore> store;
};

/// Deliveries that were stored before these, as another program sees the file.
qint64 rowsSeenFromOutside(const QString &path, const QString &table = QStringLiteral("delivery"))
{
    SqlSession other(QStringLiteral("outside"), path);
    const Result<QVariant> rows = other.value(QStringLiteral("SELECT COUNT(*) FROM ") + table);
    return rows ? rows->toLongLong() : -1;
}

} // namespace

/// What is kept, for how long, and what is said when nothing can be kept.
class TestDeliveryStore : public QObject
{
    Q_OBJECT

private slots:
    void keepsExactBytes()
    {
        Bench bench;
        const QByteArray body("{\"a\":1}\0\xff\r\n ", 13);
        const Result<StoredDelivery> stored = bench.add(body, {"k"});
        QVERIFY(stored.ok());
        QCOMPARE(stored->result, DeliveryResult::Accepted);
        QCOMPARE(bench.list().total, 1);
        QCOMPARE(rowsSeenFromOutside(bench.path()), 1);
        bench.restart();
        const Result<Delivery> read = await(bench.store->read(stored->id));
        QVERIFY(read.ok());
        QCOMPARE(read->body, body);
        QCOMPARE(read->headers, bench.draft({}).headers);
        QCOMPARE(read->receivedAt, bench.clock.now());
        QCOMPARE(read->scheme, DeliveryScheme::Standard);
        QVERIFY(QFile::permissions(bench.path()) == (QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser));
        QCOMPARE(await(bench.store->read(99)).error().kind, ErrorKind::NotFound);
    }

    void journalIsMadeForTheFirstDelivery()
    {
        Bench bench;
        const QFile journal(bench.path() + QStringLiteral(".arrivals"));
        QCOMPARE(bench.list().total, 0);
        bench.restart();
        QVERIFY(await(bench.store->setRetention({30, 1 << 20})).ok());
        QVERIFY(!journal.exists());
        QVERIFY(bench.add("one", {"1"}).ok());
        QCOMPARE(journal.size(), DeliveryJournal::kBytes);
        bench.restart();
        QCOMPARE(bench.add("two", {"2"})->id, 2);
        QCOMPARE(bench.list().total, 2);
    }

    void everyCommitIsSynced()
    {
        QTemporaryDir folder;
        SqlSession session(QStringLiteral("pragma"), folder.filePath(QStringLiteral("d.sqlite")), deliveryKind());
        QCOMPARE(session.value(QStringLiteral("PRAGMA synchronous"))->toInt(), 2);
        QCOMPARE(session.value(QStringLiteral("PRAGMA journal_mode"))->toString(), QStringLiteral("wal"));
    }

    void remembersOverARestart()
    {
        Bench bench;
        const qint64 first = bench.add("one", {"key"})->id;
        bench.restart();
        const Result<StoredDelivery> again = bench.add("one", {"key"});
        QCOMPARE(again->result, DeliveryResult::Duplicate);
        QCOMPARE(again->duplicateOf, std::optional(first));
        QVERIFY(await(bench.store->read(again->id))->body.isEmpty());
        QCOMPARE(await(bench.store->read(again->id))->bytes, 3);
        bench.clock.advance(24h - 1ms);
        QCOMPARE(bench.add("one", {"key"})->result, DeliveryResult::Duplicate);
        bench.clock.advance(1ms);
        const Result<StoredDelivery> later = bench.add("one", {"key"});
        QCOMPARE(later->result, DeliveryResult::Accepted);
        QCOMPARE(bench.add("one", {"key"})->duplicateOf, std::optional(later->id));
    }

    void theFirstKeyDecidesAndAllAreRemembered()
    {
        Bench bench;
        const qint64 first = bench.add("one", {"id-1", "hash"})->id;
        QCOMPARE(bench.add("one", {"id-2", "hash"})->result, DeliveryResult::Accepted);
        QCOMPARE(bench.add("one", {"hash"})->duplicateOf, std::optional(first));
        QCOMPARE(bench.add("other", {"id-1", "other hash"})->duplicateOf, std::optional(first));
    }

    void refusedOnesAreNotRemembered()
    {
        Bench bench;
        const Result<StoredDelivery> malformed = bench.add(bench.draft("x", DeliveryResult::Malformed), {"key"});
        QCOMPARE(malformed->result, DeliveryResult::Malformed);
        QCOMPARE(bench.add("x", {"key"})->result, DeliveryResult::Accepted);
        // But a known one is a repeat, whatever its content is thought of.
        QCOMPARE(bench.add(bench.draft("y", DeliveryResult::Malformed), {"key"})->result, DeliveryResult::Duplicate);
    }

    void duplicatesWithinOneGroup()
    {
        Bench bench;
        std::atomic<int> accepted = 0, duplicates = 0;
        for (int i = 0; i < 300; ++i) {
            bench.store->add({bench.draft("same"), {QByteArray::number(i % 100)}, [&](const Result<StoredDelivery> &stored) {
                ++(stored && stored->result == DeliveryResult::Accepted ? accepted : duplicates);
            }});
        }
        QTRY_COMPARE(accepted + duplicates, 300);
        QCOMPARE(accepted, 100);
        QCOMPARE(bench.list({1000, {}, DeliveryResult::Duplicate}).total, 200);
    }

    void pages()
    {
        Bench bench;
        for (int i = 0; i < 7; ++i)
            QVERIFY(bench.add(QByteArray::number(i), {QByteArray::number(i)}).ok());
        QVERIFY(bench.add("0", {"0"}).ok());
        const DeliveryPage first = bench.list({5, {}, {}});
        QCOMPARE(first.deliveries.size(), 5);
        QCOMPARE(first.total, 8);
        QCOMPARE(first.deliveries.first().id, 8);
        QCOMPARE(first.next, std::optional<qint64>(4));
        const DeliveryPage second = bench.list({5, first.next, {}});
        QCOMPARE(second.deliveries.size(), 3);
        QVERIFY(!second.next);
        QCOMPARE(bench.list({5, {}, DeliveryResult::Duplicate}).deliveries.size(), 1);
        QCOMPARE(bench.list({5, {}, DeliveryResult::Limited}).total, 0);
    }

    void retentionByDays()
    {
        Bench bench;
        QVERIFY(bench.add("old", {"1"}).ok());
        bench.clock.advance(24h * 31);
        const qint64 fresh = bench.add("new", {"2"})->id;
        QVERIFY(await(bench.store->setRetention({30, 256 << 20})).ok());
        QTRY_COMPARE(bench.list().total, 1); // in steps, of which list() waits for none
        QCOMPARE(bench.list().deliveries.first().id, fresh);
    }

    /// Who waits for the file waits for one batch, not for all that is deleted.
    void pruningGoesInSteps()
    {
        Bench bench;
        bench.store.reset();
        DeliveryArchive archive(bench.clock, bench.folder.filePath(QStringLiteral("other.sqlite")), [](const DatabaseStatus &) {});
        constexpr int kRows = 1300, kBatch = 500;
        std::vector<DeliveryRow> rows(kRows);
        for (int i = 0; i < kRows; ++i) {
            rows[static_cast<std::size_t>(i)].delivery = bench.draft("x");
            rows[static_cast<std::size_t>(i)].delivery.id = i + 1;
        }
        QVERIFY(!archive.move(rows, 0));
        while (archive.prune()) { }
        const auto left = [&archive] { return archive.list({})->total; };
        QCOMPARE(left(), kRows);
        bench.clock.advance(24h * 31);
        QVERIFY(archive.keep({}, bench.clock.now()).ok());
        QCOMPARE(left(), kRows);
        qint64 before = kRows;
        int steps = 0;
        for (bool more = true; more; ++steps) {
            more = archive.prune();
            QVERIFY(before - left() <= kBatch);
            before = left();
        }
        QCOMPARE(before, 0);
        QCOMPARE(steps, 5); // refusals, replay keys, and three batches
        QVERIFY(!archive.prune());
    }

    /// Of the keys that are forgotten, too.
    void replayKeysGoInSteps()
    {
        Bench bench;
        bench.store.reset();
        const QString path = bench.folder.filePath(QStringLiteral("other.sqlite"));
        DeliveryArchive archive(bench.clock, path, [](const DatabaseStatus &) {});
        constexpr int kRows = 5000, kForgotten = 4500, kBatch = 2000;
        std::vector<DeliveryRow> rows(kRows);
        for (int i = 0; i < kRows; ++i) {
            DeliveryRow &row = rows[static_cast<std::size_t>(i)];
            row.delivery = bench.draft("x");
            row.delivery.id = i + 1;
            row.keys = {ReplayKey::of(QByteArray::number(i))};
        }
        QVERIFY(archive.keep({30, 1 << 30}, bench.clock.now()).ok());
        QVERIFY(!archive.move(rows, kForgotten + 1));
        qint64 before = rowsSeenFromOutside(path, QStringLiteral("replay"));
        QCOMPARE(before, kRows);
        int steps = 0;
        for (bool more = true; more; ++steps) {
            more = archive.prune();
            const qint64 left = rowsSeenFromOutside(path, QStringLiteral("replay"));
            QVERIFY(before - left <= kBatch);
            before = left;
        }
        QCOMPARE(before, kRows - kForgotten);
        QCOMPARE(steps, 5); // surplus, three batches of keys, deliveries
        QCOMPARE(archive.list({})->total, kRows);
    }

    /// What comes while it goes on is not left until something else comes.
    void pruningTakesUpWhatCameMeanwhile()
    {
        Bench bench;
        bench.store.reset();
        DeliveryArchive archive(bench.clock, bench.folder.filePath(QStringLiteral("other.sqlite")), [](const DatabaseStatus &) {});
        constexpr int kRows = 900;
        const auto move = [&](int first) {
            std::vector<DeliveryRow> rows(kRows);
            for (int i = 0; i < kRows; ++i) {
                rows[static_cast<std::size_t>(i)].delivery = bench.draft("x", DeliveryResult::Limited);
                rows[static_cast<std::size_t>(i)].delivery.id = first + i;
            }
            return archive.move(rows, 0);
        };
        QVERIFY(!move(1));
        QVERIFY(archive.prune());
        QVERIFY(!move(kRows + 1));
        while (archive.prune()) { }
        QCOMPARE(archive.list({})->total, DeliveryArchive::kMaxSurplus);
    }

    /// No one has to ask for the next batch.
    void pruningGoesOnBySelf()
    {
        Bench bench;
        std::atomic<int> stored = 0;
        for (int i = 0; i < 1800; ++i)
            bench.store->add({bench.draft("x"), {QByteArray::number(i)}, [&](const Result<StoredDelivery> &) { ++stored; }});
        QTRY_COMPARE(stored, 1800);
        QCOMPARE(bench.list().total, 1800);
        bench.clock.advance(24h * 31);
        QVERIFY(await(bench.store->setRetention({30, 256 << 20})).ok());
        QTRY_COMPARE(rowsSeenFromOutside(bench.path()), 0);
    }

    /// The replay memory does not shrink with the deliveries, nor do ids come again.
    void retentionByBytes()
    {
        Bench bench;
        QVERIFY(await(bench.store->setRetention({30, 1 << 20})).ok());
        qint64 last = 0;
        for (int i = 0; i < 40; ++i)
            last = bench.add(QByteArray(100000, 'x'), {QByteArray::number(i)})->id;
        QTRY_VERIFY(bench.list().total <= 11);
        QVERIFY(bench.list().total >= 9);
        QCOMPARE(bench.list().deliveries.first().id, last);
        QCOMPARE(bench.add("again", {"0"})->duplicateOf, std::optional<qint64>(1));
    }

    /// After a kill deliveries lie in the journal, and are moved when the file is opened: that must not delete by a retention that nobody has set.
    void nothingIsDeletedBeforeTheRetentionIsKnown()
    {
        Bench bench;
        for (int i = 0; i < 20; ++i)
            QVERIFY(bench.add("old", {QByteArray::number(i)}).ok());
        bench.store.reset();
        {
            SqlSession other(QStringLiteral("back"), bench.path()); // as if the kill had come before they were moved
            QVERIFY(!other.exec(QStringLiteral("DELETE FROM delivery WHERE id > 15")));
            QVERIFY(!other.exec(QStringLiteral("UPDATE sqlite_sequence SET seq = 15 WHERE name = 'delivery'")));
        }
        bench.clock.advance(24h * 60);
        bench.restart();
        QCOMPARE(bench.list().total, 20);
        QVERIFY(bench.add("new", {"new"}).ok());
        for (int i = 0; i < 3; ++i)
            QCOMPARE(bench.list().total, 21);
        QVERIFY(await(bench.store->setRetention({365, 1 << 30})).ok());
        QCOMPARE(bench.list().total, 21);
        QVERIFY(await(bench.store->setRetention({30, 1 << 30})).ok());
        QTRY_COMPARE(bench.list().total, 1);
    }

    void duplicatesAreBounded()
    {
        Bench bench;
        QVERIFY(await(bench.store->setRetention({30, 1 << 30})).ok());
        QVERIFY(bench.add("good", {"key"}).ok());
        std::atomic<int> stored = 0;
        for (int i = 0; i < 4000; ++i) {
            bench.store->add({bench.draft("good"), {"key"}, [&](const Result<StoredDelivery> &) { ++stored; }});
            if (i % 500 == 499)
                QTRY_COMPARE(stored, i + 1);
        }
        QTRY_VERIFY(bench.list({1, {}, DeliveryResult::Duplicate}).total <= DeliveryArchive::kMaxSurplus + DeliveryArchive::kMaxSurplus / 2 + DeliveryStore::kGroupSize);
        QVERIFY(bench.list({1, {}, DeliveryResult::Duplicate}).total >= DeliveryArchive::kMaxSurplus);
        QCOMPARE(bench.list({1, {}, DeliveryResult::Accepted}).total, 1);
    }

    void refusalsAreBounded()
    {
        Bench bench;
        QVERIFY(bench.add("good", {"key"}).ok());
        for (int round = 0; round < 20; ++round) {
            for (int i = 0; i < 200; ++i)
                bench.store->note(bench.draft({}, DeliveryResult::Limited));
            bench.list(); // until they are written
        }
        QVERIFY(bench.list({1, {}, DeliveryResult::Limited}).total <= DeliveryArchive::kMaxSurplus + DeliveryArchive::kMaxSurplus / 2 + DeliveryStore::kGroupSize);
        QCOMPARE(bench.list({1, {}, DeliveryResult::Accepted}).total, 1);
    }

    /// While the file is locked refusals have nowhere to go: of a flood no more than a bounded part waits in memory, and the rest is counted.
    void refusalsThatCannotBeMovedAreBounded()
    {
        Bench bench;
        QVERIFY(bench.add("one", {"1"}).ok());
        QCOMPARE(bench.list().total, 1);
        Delivery refusal = bench.draft({}, DeliveryResult::Limited);
        refusal.headers = {{"X", QByteArray(16 * 1024, 'x')}};
        constexpr int kRounds = 9, kPerRound = 100;
        {
            SqlSession other(QStringLiteral("holder"), bench.path());
            QVERIFY(!other.exec(QStringLiteral("BEGIN EXCLUSIVE")));
            for (int round = 0; round < kRounds; ++round) {
                for (int i = 0; i < kPerRound; ++i)
                    bench.store->note(refusal);
                QVERIFY(bench.add(QByteArray::number(round), {"round " + QByteArray::number(round)}).ok()); // until these are dealt with
            }
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("8\\d\\d refused webhook deliveries were not kept")));
            other.exec(QStringLiteral("ROLLBACK"));
        }
        bench.list();
        const qint64 kept = bench.list({1, {}, DeliveryResult::Limited}).total;
        QVERIFY2(kept >= DeliveryStore::kMaxRefusalBytes / (17 * 1024) && kept < 200, qPrintable(QString::number(kept)));
        QCOMPARE(bench.list({1, {}, DeliveryResult::Accepted}).total, kRounds + 1);
        bench.store->note(refusal);
        QCOMPARE(bench.list({1, {}, DeliveryResult::Limited}).total, kept + 1);
    }

    void comesIntoTheFileBySelf()
    {
        Bench bench;
        QVERIFY(bench.add("one", {"1"}).ok());
        QTRY_COMPARE(rowsSeenFromOutside(bench.path()), 1);
    }

    /// What was answered while nothing could be moved is there after a restart, and known again.
    void movesWhatTheLastRunLeftInTheJournal()
    {
        Bench bench;
        QVERIFY(bench.add("one", {"1"}).ok());
        QCOMPARE(bench.list().total, 1);
        qint64 last = 0;
        {
            SqlSession other(QStringLiteral("holder"), bench.path());
            QVERIFY(!other.exec(QStringLiteral("BEGIN EXCLUSIVE")));
            for (int i = 2; i <= 20; ++i)
                last = bench.add(QByteArray::number(i), {QByteArray::number(i)})->id;
            QCOMPARE(bench.add("3", {"3"})->result, DeliveryResult::Duplicate);
            bench.store.reset();
            other.exec(QStringLiteral("ROLLBACK"));
        }
        QCOMPARE(rowsSeenFromOutside(bench.path()), 1);
        bench.restart();
        QCOMPARE(bench.list().total, 21);
        QCOMPARE(await(bench.store->read(last))->body, QByteArray("20"));
        QCOMPARE(bench.add("again", {"20"})->duplicateOf, std::optional(last));
        QCOMPARE(bench.add("new", {"new"})->id, last + 3);
        bench.restart(); // it is not moved twice
        QCOMPARE(bench.list().total, 23);
    }

    void lockedFileFailsOnceTheJournalIsFullAndRecovers()
    {
        Bench bench(DeliveryJournal::kFewestBytes);
        QVERIFY(bench.add("one", {"1"}).ok());
        QCOMPARE(bench.list().total, 1);
        int kept = 0;
        {
            SqlSession other(QStringLiteral("holder"), bench.path());
            QVERIFY(!other.exec(QStringLiteral("BEGIN EXCLUSIVE")));
            const auto [error, stored] = bench.addUntilItFails();
            kept = stored;
            QVERIFY(error.has_value());
            QVERIFY2(kept >= 7 && kept <= 16, qPrintable(QString::number(kept)));
            QCOMPARE(error->kind, ErrorKind::Storage);
            QCOMPARE(error->message, QStringLiteral("Another program holds the file of webhook deliveries."));
            QTRY_COMPARE(bench.store->status().notice, error->message);
            other.exec(QStringLiteral("ROLLBACK"));
        }
        QCOMPARE(bench.add("two", {"2"})->result, DeliveryResult::Accepted);
        QTRY_VERIFY(bench.store->status().notice.isEmpty());
        QCOMPARE(bench.list().total, kept + 2);
        // The one that failed is no repeat.
        QCOMPARE(bench.add("again", {"many " + QByteArray::number(kept)})->result, DeliveryResult::Accepted);
    }

    /// The records of a failed group may lie on the disk whole: nothing that is answered later has one of their numbers, or is a repeat of them.
    void failedGroupLeavesNoTrace()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("d.arrivals"));
        auto journal = std::make_unique<DeliveryJournal>(path, DeliveryJournal::kFewestBytes);
        QVERIFY(journal->open().ok());
        QVERIFY(!journal->begin());
        DeliveryWriter writer(std::move(journal), std::make_unique<ReplayMemory>(), 7);
        Bench drafts;
        drafts.store.reset();
        const auto store = [&](const QList<QByteArray> &names) {
            std::vector<Arrival> group;
            for (const QByteArray &name : names) {
                PendingDelivery pending{drafts.draft(name), {name}, {}};
                group.emplace_back(pending).stored = [](const Result<StoredDelivery> &) {};
            }
            return writer.store(group, [] { return Result<qint64>(0); });
        };
        {
            const FileSizeLimit limit(250); // one record and a half
            QVERIFY(!store({"first", "second"}));
        }
        const auto again = store({"second"});
        QVERIFY(again.ok());
        QCOMPARE(again->front().delivery.result, DeliveryResult::Accepted);
        QCOMPARE(again->front().delivery.id, 10);
        QCOMPARE(store({"first", "second"})->back().delivery.duplicateOf, std::optional<qint64>(10));
        const auto found = DeliveryJournal(path, DeliveryJournal::kFewestBytes).open();
        QCOMPARE(found->size(), std::size_t(3));
        QCOMPARE(found->front().delivery.id, 10);
    }

    /// A group that failed came to the disk nevertheless, in the other half, before its sender's next try, which was answered.
    void whatWasNeverAnsweredDoesNotReplaceWhatWas()
    {
        Bench bench(DeliveryJournal::kFewestBytes);
        bench.store.reset();
        const auto half = [&](qint64 id, const QByteArray &body) {
            QTemporaryDir folder;
            const QString path = folder.filePath(QStringLiteral("half"));
            DeliveryJournal journal(path, DeliveryJournal::kFewestBytes);
            DeliveryRow row;
            row.delivery = bench.draft(body);
            row.delivery.id = id;
            row.keys = {ReplayKey::of("key")};
            if (!journal.open() || journal.begin() || !journal.append({&row}, 0))
                return QByteArray();
            QFile file(path);
            return file.open(QIODevice::ReadOnly) ? file.read(DeliveryJournal::kFewestBytes / 2) : QByteArray();
        };
        {
            QFile file(bench.path() + QStringLiteral(".arrivals"));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(half(2, "answered") + half(1, "failed"));
            QCOMPARE(file.size(), DeliveryJournal::kFewestBytes);
        }
        bench.restart();
        QCOMPARE(bench.list().total, 2);
        QCOMPARE(await(bench.store->read(2))->body, QByteArray("answered"));
        QCOMPARE(await(bench.store->read(2))->result, DeliveryResult::Accepted);
        QCOMPARE(bench.add("third try", {"key"})->result, DeliveryResult::Duplicate);
        QCOMPARE(bench.add("other", {"other"})->id, 4);
    }

    void fullDiskFailsAndRecovers()
    {
        Bench bench(DeliveryJournal::kFewestBytes);
        QVERIFY(bench.add("one", {"1"}).ok());
        int kept = 0;
        {
            const FileSizeLimit limit(DeliveryJournal::kFewestBytes + 4096);
            const auto [error, stored] = bench.addUntilItFails();
            kept = stored;
            QVERIFY(error.has_value());
            QCOMPARE(error->kind, ErrorKind::Storage);
            QVERIFY(error->message.contains(QLatin1String("webhook deliveries")));
            QTRY_COMPARE(bench.store->status().notice, error->message);
        }
        QTRY_VERIFY(bench.add("two", {"2"}).ok());
        QTRY_VERIFY(bench.store->status().notice.isEmpty());
        QCOMPARE(bench.list({1, {}, DeliveryResult::Accepted}).total, kept + 2);
    }

    void fullDiskWithoutAJournal()
    {
        QTemporaryDir folder;
        SharedClock clock;
        const QString path = folder.filePath(QStringLiteral("deliveries.sqlite"));
        std::optional<DeliveryStore> store;
        const Bench drafts;
        const auto add = [&] {
            std::atomic<int> state = 0;
            store->add({drafts.draft("x"), {"x"}, [&state](const Result<StoredDelivery> &stored) { state = stored ? 1 : 2; }});
            return QTest::qWaitFor([&state] { return state != 0; }, 15000) && state == 1;
        };
        {
            const FileSizeLimit limit(1024 * 1024);
            store.emplace(clock, path);
            QVERIFY(!add());
            QTRY_COMPARE(store->status().notice, QStringLiteral("The disk is full: webhook deliveries may be refused."));
            QCOMPARE(QFile(path + QStringLiteral(".arrivals")).size(), 0);
        }
        clock.advance(DeliveryArchive::kReopenAfter);
        QTRY_VERIFY(add());
        QTRY_VERIFY(store->status().notice.isEmpty());
    }

    void fileOfVersion1()
    {
        Bench bench;
        bench.store.reset();
        QVERIFY(QFile::remove(bench.path()));
        {
            SqlSession old(QStringLiteral("old"), bench.path());
            for (const QString &statement : {
                     QStringLiteral("CREATE TABLE delivery (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, result INTEGER NOT NULL, scheme INTEGER NOT NULL,"
                                    " path TEXT NOT NULL, address TEXT NOT NULL, reason TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, bytes INTEGER NOT NULL,"
                                    " kept INTEGER NOT NULL, duplicate_of INTEGER, headers BLOB NOT NULL, body BLOB NOT NULL)"),
                     QStringLiteral("CREATE INDEX delivery_by_result ON delivery (result, id)"),
                     QStringLiteral("CREATE TABLE seen (key BLOB PRIMARY KEY, delivery INTEGER NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID"),
                     QStringLiteral("PRAGMA user_version = 1")})
                QVERIFY(!old.exec(statement));
            const qint64 now = bench.clock.now().time_since_epoch().count();
            QVERIFY(!old.exec(QStringLiteral("INSERT INTO delivery VALUES (41, ?, 0, 3, '/webhook', '::1', '', 'running', 'inst_1', 3, 203, NULL, x'', x'616263')"), {now}));
            for (const char *key : {"id", "hash"})
                QVERIFY(!old.exec(QStringLiteral("INSERT INTO seen VALUES (?, 41, ?)"), {QByteArray(key), now}));
        }
        bench.restart();
        QCOMPARE(await(bench.store->read(41))->body, QByteArray("abc"));
        QCOMPARE(bench.add("x", {"id"})->duplicateOf, std::optional<qint64>(41));
        QCOMPARE(bench.add("x", {"hash"})->duplicateOf, std::optional<qint64>(41));
        QCOMPARE(bench.add("x", {"other"})->id, 44);
    }

    void fileOfANewerVersionIsLeftAlone()
    {
        Bench bench;
        QVERIFY(bench.add("one", {"1"}).ok());
        bench.store.reset();
        {
            SqlSession newer(QStringLiteral("newer"), bench.path());
            QVERIFY(!newer.exec(QStringLiteral("PRAGMA user_version = 99")));
        }
        bench.restart();
        const Result<StoredDelivery> stored = bench.add("two", {"2"});
        QVERIFY(!stored);
        QTRY_VERIFY(bench.store->status().notice.contains(QLatin1String("newer version")));
        QCOMPARE(rowsSeenFromOutside(bench.path()), 1);
    }

    void folderThatAppearsLater()
    {
        QTemporaryDir folder;
        SharedClock clock;
        DeliveryStore store(clock, folder.filePath(QStringLiteral("sub/deliveries.sqlite")));
        QTRY_COMPARE(store.status().state, DatabaseStatus::State::Unavailable);
        QVERIFY(!await(store.list({})));
        QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("sub")));
        clock.advance(DeliveryArchive::kReopenAfter);
        QVERIFY(await(store.list({})).ok());
        QTRY_VERIFY(store.status().isOpen());
    }

    void damagedFileIsSetAside()
    {
        Bench bench;
        QVERIFY(bench.add("one", {"1"}).ok());
        bench.store.reset();
        QFile file(bench.path());
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.write(QByteArray(4096, 'z'));
        file.close();
        bench.restart();
        QVERIFY(bench.add("two", {"2"}).ok());
        QTRY_VERIFY(!bench.store->status().setAside.isEmpty());
        QVERIFY(bench.store->status().notice.contains(QLatin1String("webhook deliveries")));
        QCOMPARE(bench.list().total, 2); // the journal still had the first one
    }

    void writesWhatWaitsAtTheEnd()
    {
        Bench bench;
        std::atomic<int> stored = 0;
        for (int i = 0; i < 1000; ++i)
            bench.store->add({bench.draft("x"), {QByteArray::number(i)}, [&](const Result<StoredDelivery> &) { ++stored; }});
        bench.store.reset();
        QCOMPARE(stored, 1000);
        QCOMPARE(rowsSeenFromOutside(bench.path()), 1000);
    }
};

QTEST_GUILESS_MAIN(TestDeliveryStore)
#include "tst_deliverystore.moc"
