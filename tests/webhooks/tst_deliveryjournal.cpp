// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/deliveryjournal.h"
#include "tests/webhooks/filesizelimit.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <numeric>

#include <sys/stat.h>

using namespace novita;

namespace {

DeliveryRow row(qint64 id, qsizetype bodyBytes = 1000)
{
    DeliveryRow row;
    row.delivery.id = id;
    row.delivery.receivedAt = TimePoint(Milliseconds(1'700'000'000'000 + id));
    row.delivery.path = QStringLiteral("/webhook");
    row.delivery.address = QStringLiteral("::1");
    row.delivery.scheme = DeliveryScheme::Standard;
    row.delivery.kind = QStringLiteral("running");
    row.delivery.subject = QStringLiteral("inst_%1").arg(id);
    row.delivery.body = QByteArray(bodyBytes, static_cast<char>('a' + id % 26));
    row.delivery.bytes = bodyBytes;
    row.headers = "Host: a\r\n";
    row.keys = {ReplayKey::of(QByteArray::number(id))};
    return row;
}

/// The bytes of a journal on a disk that reads only up to a point.
class BadDisk final : public QIODevice
{
public:
    BadDisk(QByteArray bytes, qint64 readable) : m_bytes(std::move(bytes)), m_readable(readable) { open(QIODevice::ReadOnly | QIODevice::Unbuffered); }
    qint64 size() const override { return m_bytes.size(); }

protected:
    qint64 readData(char *data, qint64 most) override
    {
        const qint64 count = std::min(most, m_readable - pos());
        if (count <= 0)
            return -1;
        std::copy_n(m_bytes.constData() + pos(), count, data);
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    const QByteArray m_bytes;
    const qint64 m_readable;
};

class Bench
{
public:
    Bench() : journal(path(), DeliveryJournal::kFewestBytes) {}

    QString path() const { return folder.filePath(QStringLiteral("d.arrivals")); }

    bool begin()
    {
        const auto rows = journal.open();
        return rows.ok() && !journal.begin();
    }
    Result<DeliveryJournal::Appended> append(const std::vector<DeliveryRow> &rows, qint64 moved = 0)
    {
        std::vector<const DeliveryRow *> pointers;
        for (const DeliveryRow &one : rows)
            pointers.push_back(&one);
        return journal.append(pointers, moved);
    }
    /// As a later run finds them.
    std::vector<qint64> ids() const
    {
        DeliveryJournal other(path(), DeliveryJournal::kFewestBytes);
        std::vector<qint64> out;
        const auto rows = other.open();
        if (rows) {
            for (const DeliveryRow &one : *rows)
                out.push_back(one.delivery.id);
        }
        return out;
    }
    /// Changes one byte of the file.
    void damage(qint64 at) const
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.seek(at);
        char byte = 0;
        file.getChar(&byte);
        file.seek(at);
        file.putChar(static_cast<char>(byte ^ 0x20));
    }

    QTemporaryDir folder;
    DeliveryJournal journal;
};

} // namespace

/// What the next run finds in the journal of one that ended in the middle.
class TestDeliveryJournal : public QObject
{
    Q_OBJECT

private slots:
    void givesBackWhatWasWritten()
    {
        Bench bench;
        QVERIFY(bench.begin());
        DeliveryRow duplicate = row(2);
        duplicate.delivery.result = DeliveryResult::Duplicate;
        duplicate.delivery.duplicateOf = 1;
        duplicate.delivery.body.clear();
        duplicate.delivery.reason = QStringLiteral("“ä”");
        duplicate.keys.clear();
        QCOMPARE(*bench.append({row(1), duplicate}), DeliveryJournal::Appended::Written);
        DeliveryJournal other(bench.path());
        const auto rows = other.open();
        QVERIFY(rows.ok());
        QCOMPARE(rows->size(), std::size_t(2));
        const DeliveryRow &first = rows->front();
        QCOMPARE(first.delivery.body, row(1).delivery.body);
        QCOMPARE(first.delivery.receivedAt, row(1).delivery.receivedAt);
        QCOMPARE(first.delivery.scheme, DeliveryScheme::Standard);
        QCOMPARE(first.delivery.path, row(1).delivery.path);
        QCOMPARE(first.delivery.address, row(1).delivery.address);
        QCOMPARE(first.delivery.kind, row(1).delivery.kind);
        QCOMPARE(first.delivery.subject, row(1).delivery.subject);
        QCOMPARE(first.delivery.bytes, row(1).delivery.bytes);
        QCOMPARE(first.headers, row(1).headers);
        QCOMPARE(first.keys, row(1).keys);
        QVERIFY(!first.delivery.duplicateOf);
        QCOMPARE(rows->back().delivery.duplicateOf, std::optional<qint64>(1));
        QCOMPARE(rows->back().delivery.reason, duplicate.delivery.reason);
        QVERIFY(QFile::permissions(bench.path()) == (QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser));
    }

    /// A record that did not get to the disk whole ends what counts, and nothing before it is harmed.
    void tornTail()
    {
        for (const qint64 back : {1, 500, 1100}) {
            Bench bench;
            QVERIFY(bench.begin());
            QVERIFY(bench.append({row(1), row(2)}).ok());
            QVERIFY(bench.append({row(3)}).ok());
            QFile file(bench.path());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const qint64 end = file.readAll().lastIndexOf("d") + ReplayKey::kBytes; // the body of the third
            bench.damage(end - back);
            QCOMPARE(bench.ids(), (std::vector<qint64>{1, 2}));
        }
    }

    void cutFile()
    {
        Bench bench;
        QVERIFY(bench.begin());
        QVERIFY(bench.append({row(1), row(2)}).ok());
        QVERIFY(QFile::resize(bench.path(), 100));
        QVERIFY(bench.ids().empty());
        QVERIFY(bench.begin());
        QCOMPARE(QFile(bench.path()).size(), DeliveryJournal::kFewestBytes);
        QVERIFY(bench.append({row(3)}).ok());
        QCOMPARE(bench.ids(), std::vector<qint64>{3});
    }

    /// What a link points to would be emptied.
    void linkIsNotFollowed()
    {
        for (const bool dangling : {false, true}) {
            Bench bench;
            QFile other(bench.folder.filePath(QStringLiteral("other")));
            if (!dangling) {
                QVERIFY(other.open(QIODevice::WriteOnly));
                other.write("precious");
                other.close();
            }
            QVERIFY(QFile::link(other.fileName(), bench.path()));
            QVERIFY(!bench.begin());
            QCOMPARE(other.size(), dangling ? 0 : 8);
            QCOMPARE(other.exists(), !dangling);
            QVERIFY(QFile::remove(bench.path()));
            QVERIFY(bench.begin());
            QVERIFY(bench.append({row(1)}).ok());
        }
    }

    void onlyAFileWillDo()
    {
        Bench bench;
        QCOMPARE(::mkfifo(QFile::encodeName(bench.path()).constData(), 0600), 0);
        QVERIFY(!bench.journal.open());
    }

    void strangeContent()
    {
        Bench bench;
        QFile file(bench.path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(100000, 'z'));
        file.close();
        QVERIFY(bench.ids().empty());
        QVERIFY(bench.begin());
        QVERIFY(bench.append({row(1)}).ok());
        QCOMPARE(bench.ids(), std::vector<qint64>{1});
    }

    /// What cannot be read is no empty journal: begun anew it would lose what was answered.
    void readErrorIsNoEmptyJournal()
    {
        Bench bench;
        QVERIFY(bench.begin());
        QVERIFY(bench.append({row(1)}).ok());
        QFile file(bench.path());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        for (const qint64 readable : {qint64(0), qint64(4096), DeliveryJournal::kFewestBytes / 2, DeliveryJournal::kFewestBytes - 1}) {
            BadDisk disk(bytes, readable);
            const auto rows = DeliveryJournal::rowsOf(disk, bench.path());
            QVERIFY(!rows);
            QCOMPARE(rows.error().kind, ErrorKind::Storage);
        }
        BadDisk whole(bytes, bytes.size());
        QCOMPARE(DeliveryJournal::rowsOf(whole, bench.path())->size(), std::size_t(1));
    }

    void waitsForTheArchive()
    {
        Bench bench;
        QVERIFY(bench.begin());
        qint64 id = 0;
        while (*bench.append({row(id + 1)}) == DeliveryJournal::Appended::Written)
            ++id;
        QVERIFY(id > 50 && id < 64); // 64 KiB of 1,000 bytes and what goes with them
        QCOMPARE(bench.ids().size(), static_cast<std::size_t>(id));
        QCOMPARE(*bench.append({row(id + 1)}, 3), DeliveryJournal::Appended::NoRoom);
        QCOMPARE(*bench.append({row(id + 1)}, id / 2 + 1), DeliveryJournal::Appended::Written);
        // The half that was begun anew shows nothing of its earlier round.
        const std::vector<qint64> ids = bench.ids();
        QCOMPARE(ids.back(), id + 1);
        QVERIFY(std::is_sorted(ids.begin(), ids.end()));
        QVERIFY(static_cast<qint64>(ids.size()) <= id / 2 + 2);
        QCOMPARE(ids.front(), ids.back() - static_cast<qint64>(ids.size()) + 1);
    }

    /// Many rounds, records of all sizes, a look after each: always the last ones, without a gap.
    void manyRounds()
    {
        Bench bench;
        QVERIFY(bench.begin());
        for (qint64 id = 1; id < 400; ++id) {
            QCOMPARE(*bench.append({row(id, (id * 7919) % 5000)}, id - 1), DeliveryJournal::Appended::Written);
            const std::vector<qint64> ids = bench.ids();
            QCOMPARE(ids.back(), id);
            QCOMPARE(ids.front(), id - static_cast<qint64>(ids.size()) + 1);
        }
    }

    /// The group that failed went into the other half, and its first record lies there whole: the next run must not find it beside what came after.
    void failedGroupIsNotFound()
    {
        Bench bench;
        QVERIFY(bench.begin());
        constexpr qint64 kHalf = DeliveryJournal::kFewestBytes / 2;
        const qint64 record = encodeRow(row(11)).size() + 12;
        const qint64 count = kHalf / record - 1; // room for one more, not for three
        for (qint64 id = 1; id <= count; ++id)
            QCOMPARE(*bench.append({row(id)}), DeliveryJournal::Appended::Written);
        std::vector<qint64> good(static_cast<std::size_t>(count));
        std::iota(good.begin(), good.end(), 1);
        {
            const FileSizeLimit limit(static_cast<rlim_t>(kHalf + record * 3 / 2));
            QVERIFY(!bench.append({row(count + 1), row(count + 2), row(count + 3)}).ok());
        }
        QCOMPARE(bench.ids(), good);
        QCOMPARE(*bench.append({row(count + 4, 0)}), DeliveryJournal::Appended::Written);
        good.push_back(count + 4);
        QCOMPARE(bench.ids(), good);
        // The same where the last record stands.
        {
            const FileSizeLimit limit(static_cast<rlim_t>(count * record + record));
            QVERIFY(!bench.append({row(count + 5, 0), row(count + 6)}).ok());
        }
        QCOMPARE(bench.ids(), good);
    }

    void tooLarge()
    {
        Bench bench;
        QVERIFY(bench.begin());
        QVERIFY(!bench.append({row(1, DeliveryJournal::kFewestBytes)}).ok());
        QCOMPARE(*bench.append({row(1)}), DeliveryJournal::Appended::Written);
        QCOMPARE(bench.ids(), std::vector<qint64>{1});
    }
};

QTEST_GUILESS_MAIN(TestDeliveryJournal)
#include "tst_deliveryjournal.moc"
