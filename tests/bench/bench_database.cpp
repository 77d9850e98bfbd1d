// SPDX-License-Identifier: GPL-3.0-or-later
//
// Writes per second into the history file: samples and events through the Database (its thread, its groups) against plain
// QSqlQuery in this thread with the same statements, in WAL mode with the same durability, once with a commit for each row and once with
// groups of the Database's size. Prints rows per second and the ratio.
#include "core/database/database.h"
#include "core/database/eventlog.h"
#include "core/database/samples.h"
#include "tests/support/await.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTextStream>

using namespace novita;

namespace {

constexpr int kRows = 20000;
constexpr TimePoint kBegin{Seconds(1767225600)};

double perSecond(int rows, const QElapsedTimer &timer)
{
    return rows * 1e9 / static_cast<double>(timer.nsecsElapsed());
}

double plain(const QString &path, int rows, int group)
{
    double rate = 0;
    {
        QSqlDatabase db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("plain"));
        db.setDatabaseName(path);
        if (!db.open())
            return 0;
        QSqlQuery setup(db);
        for (const char *sql : {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL", "CREATE TABLE event (id INTEGER PRIMARY KEY, profile TEXT NOT NULL, at INTEGER NOT NULL, severity INTEGER NOT NULL, source INTEGER NOT NULL,"
                                " subject TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL, detail TEXT NOT NULL)",
                                "CREATE INDEX event_by_time ON event (profile, at)", "CREATE INDEX event_by_subject ON event (profile, subject, at)"})
            setup.exec(QLatin1String(sql));
        QSqlQuery insert(db);
        insert.prepare(QStringLiteral("INSERT INTO event (profile, at, severity, source, subject, name, text, detail) VALUES (?, ?, 0, 0, '', '', ?, '')"));
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < rows; ++i) {
            if (i % group == 0)
                db.transaction();
            insert.bindValue(0, QStringLiteral("p"));
            insert.bindValue(1, qint64(i));
            insert.bindValue(2, QStringLiteral("the state of an instance changed"));
            insert.exec();
            if (i % group == group - 1 || i == rows - 1)
                db.commit();
        }
        rate = perSecond(rows, timer);
    }
    QSqlDatabase::removeDatabase(QStringLiteral("plain"));
    return rate;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    QTextStream out(stdout);
    const QTemporaryDir dir;
    const SystemClock clock;
    const ProfileId profile(QStringLiteral("p"));
    Database database(clock);
    if (!await(database.open(dir.filePath(QStringLiteral("ours.sqlite")))).ok())
        return 1;
    EventLog events(database);
    Samples samples(database);

    // Beyond kMaxWaiting on the way posts are dropped, as they should be: wait now and then, as a program that lives does.
    const auto settle = [&] { return await(events.read(profile, {})).ok(); };
    constexpr int kBetween = Database::kMaxWaiting / 2;
    QElapsedTimer timer;
    timer.start();
    qint64 inThisThread = 0;
    for (int i = 0; i < kRows;) {
        QElapsedTimer posting;
        posting.start();
        for (int n = 0; n < kBetween && i < kRows; ++n, ++i) {
            ActivityEvent event;
            event.at = kBegin + Seconds(i);
            event.text = QStringLiteral("the state of an instance changed");
            events.append(profile, event);
        }
        inThisThread += posting.nsecsElapsed();
        if (!settle())
            return 1;
    }
    const double eventRate = perSecond(kRows, timer);
    constexpr int kSeries = 20;
    QList<Sample> minute;
    for (int i = 0; i < kSeries; ++i)
        minute.append({QStringLiteral("series/%1").arg(i), double(i)});
    timer.restart();
    for (int i = 0; i < kRows / kSeries; ++i)
        samples.append(profile, kBegin + Seconds(60 * i), minute);
    if (!settle())
        return 1;
    const double sampleRate = perSecond(kRows, timer);
    const double single = plain(dir.filePath(QStringLiteral("single.sqlite")), kRows / 10, 1);
    const double grouped = plain(dir.filePath(QStringLiteral("grouped.sqlite")), kRows, Database::kGroupSize);
    out.setRealNumberNotation(QTextStream::FixedNotation);
    out.setRealNumberPrecision(0);
    out << "database writes per second\n"
        << "  events, ours                  " << eventRate << ", of which this thread waited " << double(inThisThread) / kRows / 1000.0 << " us a row\n"
        << "  samples, ours                 " << sampleRate << "\n"
        << "  plain QSqlQuery, each its own " << single << "\n"
        << "  plain QSqlQuery, grouped      " << grouped << "\n";
    out.setRealNumberPrecision(2);
    out << "  ratio to plain, each its own  " << eventRate / single << "\n"
        << "  ratio to plain, grouped       " << eventRate / grouped << "\n";
    return 0;
}
