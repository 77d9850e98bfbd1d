// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/pagewalk.h"

#include <QTest>

#include <algorithm>
#include <functional>

using namespace novita;

namespace {

enum class Totals { Right, Missing, PageCount, TooLarge };

/// A server that pages as its fields say.
struct PagingServer
{
    int rowCount = 0;
    int firstPage = 0;         ///< 1: pages count from 1
    bool clampsPageZero = true; ///< with firstPage 1: page 0 is page 1; else it is empty
    bool refusesPageZero = false;
    bool ignoresPaging = false;
    int ignoredSize = 0;       ///< rows served when paging is ignored, 0 = all
    int cap = 100000;          ///< most rows a page may have
    bool offsetByAskedSize = false; ///< computes page × asked size, though it serves fewer
    int refusesAbove = 100000; ///< larger page sizes are an error
    Totals totals = Totals::Right;
    std::function<void(PagingServer &, int request)> before = {}; ///< changes the list before a request
    QStringList rows = {};
    int requests = 0;

    void fill()
    {
        for (int i = 0; i < rowCount; ++i)
            rows.append(QString::number(i));
    }
    bool refuses(int page, int size) const { return size > refusesAbove || (refusesPageZero && page == 0); }
    QStringList serve(int page, int size) const
    {
        if (ignoresPaging)
            return ignoredSize > 0 ? rows.mid(0, ignoredSize) : rows;
        const int served = std::min(size, cap);
        int index = page - firstPage;
        if (index < 0 && !clampsPageZero)
            return {};
        index = std::max(index, 0);
        return rows.mid(static_cast<qsizetype>(index) * (offsetByAskedSize ? size : served), served);
    }
    std::optional<qint64> total(const QStringList &page) const
    {
        switch (totals) {
        case Totals::Right: return rows.size();
        case Totals::Missing: return std::nullopt;
        case Totals::PageCount: return page.isEmpty() ? 0 : 1;
        case Totals::TooLarge: return rows.size() + 5;
        }
        return std::nullopt;
    }
};

struct Walked
{
    PageWalk::Step end = PageWalk::Step::Failed;
    QSet<QString> ids;
    int requests = 0;
};

Walked walk(PagingServer &server, qsizetype expectedRows = 0, int largest = PageWalk::kLargePage)
{
    PageWalk walk(0, largest, expectedRows);
    QHash<QString, int> passOf;
    PageWalk::Step step = PageWalk::Step::More;
    while (step == PageWalk::Step::More) {
        if (server.before)
            server.before(server, server.requests);
        ++server.requests;
        if (server.refuses(walk.page(), walk.pageSize())) {
            step = walk.refuse(ErrorKind::Validation);
            continue;
        }
        const QStringList page = server.serve(walk.page(), walk.pageSize());
        for (const QString &id : page)
            passOf.insert(id, walk.pass());
        step = walk.accept(page, server.total(page));
    }
    Walked out;
    out.end = step;
    out.requests = server.requests;
    for (auto it = passOf.cbegin(); it != passOf.cend(); ++it) {
        if (it.value() == walk.pass() || walk.wantsUnion())
            out.ids.insert(it.key());
    }
    return out;
}

} // namespace

class TestPageWalk : public QObject
{
    Q_OBJECT

private slots:
    void findsEveryRow_data()
    {
        QTest::addColumn<PagingServer>("server");
        QTest::addColumn<int>("mostRequests");
        const auto add = [](const char *name, PagingServer server, int mostRequests) {
            for (const int rows : {0, 1, 99, 100, 101, 250, 2000, 2001, 10000}) {
                server.rowCount = rows;
                // Small lists take a handful of requests; mostRequests is the bound for the largest.
                QTest::addRow("%s, %d rows", name, rows) << server << (rows == 10000 ? mostRequests : std::max(mostRequests, 12));
            }
        };
        add("counts from 0", {}, 6);
        add("counts from 1", {.firstPage = 1}, 7);
        add("counts from 1, page 0 empty", {.firstPage = 1, .clampsPageZero = false}, 7);
        add("counts from 1, page 0 refused", {.firstPage = 1, .refusesPageZero = true}, 7);
        add("ignores paging", {.ignoresPaging = true}, 1);
        add("ignores paging, no total", {.ignoresPaging = true, .totals = Totals::Missing}, 3);
        add("caps at 100", {.cap = 100}, 101);
        add("caps at 100, counts from 1", {.firstPage = 1, .cap = 100}, 102);
        add("caps at 500", {.cap = 500}, 21);
        add("caps at 500, offset by what was asked", {.cap = 500, .offsetByAskedSize = true}, 21);
        add("caps at 50", {.cap = 50}, 200);
        add("refuses large pages", {.refusesAbove = 100}, 102);
        add("no total", {.totals = Totals::Missing}, 101);
        add("no total, caps at 20", {.cap = 20, .totals = Totals::Missing}, 501);
        add("no total, counts from 1", {.firstPage = 1, .totals = Totals::Missing}, 102);
        add("total of the page only", {.totals = Totals::PageCount}, 101);
        add("total too large", {.totals = Totals::TooLarge}, 15);
    }
    void findsEveryRow()
    {
        QFETCH(PagingServer, server);
        QFETCH(int, mostRequests);
        server.fill();
        const Walked walked = walk(server);
        QCOMPARE(walked.end, PageWalk::Step::Done);
        QCOMPARE(walked.ids.size(), server.rows.size());
        QVERIFY2(walked.requests <= mostRequests, qPrintable(QString::number(walked.requests)));
    }

    void smallListTakesOneRequest()
    {
        PagingServer server{.rowCount = 100};
        server.fill();
        QCOMPARE(walk(server).requests, 1);
        PagingServer empty;
        QCOMPARE(walk(empty).requests, 1);
    }
    void hintSavesTheSmallPage()
    {
        PagingServer server{.rowCount = 10000};
        server.fill();
        QCOMPARE(walk(server, 10000).requests, 5);
        PagingServer strict{.rowCount = 250, .refusesAbove = 100};
        strict.fill();
        const Walked walked = walk(strict, 250);
        QCOMPARE(walked.ids.size(), 250);
        QCOMPARE(walked.requests, 4);
    }
    void bulkyListsKeepToSmallPages()
    {
        PagingServer server{.rowCount = 950};
        server.fill();
        QCOMPARE(walk(server, 0, PageWalk::kSmallPage).requests, 10);
    }
    void pagingIgnoredAndCutShortIsTakenAsItIs()
    {
        PagingServer server{.rowCount = 300, .ignoresPaging = true, .ignoredSize = 20};
        server.fill();
        const Walked walked = walk(server);
        QCOMPARE(walked.end, PageWalk::Step::Done);
        QCOMPARE(walked.ids.size(), 20);
        QVERIFY(walked.requests <= 6);
    }
    void rowThatSlipsBetweenPagesIsFound()
    {
        // Row 0 goes after the first large page was read: row 2000 slips onto that page unseen.
        PagingServer server{.rowCount = 5000};
        server.fill();
        server.before = [](PagingServer &self, int request) {
            if (request == 2)
                self.rows.removeFirst();
        };
        const Walked walked = walk(server);
        QCOMPARE(walked.end, PageWalk::Step::Done);
        QVERIFY(walked.ids.contains(QStringLiteral("2000")));
        QVERIFY(!walked.ids.contains(QStringLiteral("0"))); // the second, clean pass decides
        QCOMPARE(walked.ids.size(), 4999);
    }
    void rowsThatMoveBackAreNotDoubled()
    {
        PagingServer server{.rowCount = 5000};
        server.fill();
        server.before = [](PagingServer &self, int request) {
            if (request == 2)
                self.rows.prepend(QStringLiteral("new"));
        };
        const Walked walked = walk(server);
        QCOMPARE(walked.end, PageWalk::Step::Done);
        QCOMPARE(walked.ids.size(), 5001);
    }
    void listThatNeverRestsLosesNothing()
    {
        PagingServer server{.rowCount = 5000};
        server.fill();
        server.before = [](PagingServer &self, int request) {
            if (request > 0)
                self.rows.removeFirst();
        };
        const Walked walked = walk(server);
        QCOMPARE(walked.end, PageWalk::Step::Done);
        QVERIFY(walked.requests < 20);
        for (const QString &id : std::as_const(server.rows))
            QVERIFY2(walked.ids.contains(id), qPrintable(id));
    }
    void endlessListIsGivenUp()
    {
        PageWalk endless(0, PageWalk::kLargePage);
        int requests = 0;
        PageWalk::Step step = PageWalk::Step::More;
        while (step == PageWalk::Step::More && requests < 5000)
            step = endless.accept({QString::number(++requests)}, std::nullopt);
        QCOMPARE(step, PageWalk::Step::Failed);
        QCOMPARE(requests, PageWalk::kMostRequests);
    }
    void tooManyRowsOrBytesAreRefused()
    {
        auto fresh = [next = 0](int count) mutable {
            QStringList ids;
            for (int i = 0; i < count; ++i)
                ids.append(QString::number(next++));
            return ids;
        };
        PageWalk heavy(0, PageWalk::kLargePage);
        constexpr qint64 kPage = 16 * 1024 * 1024;
        auto step = PageWalk::Step::More;
        int pages = 0;
        for (; step == PageWalk::Step::More; ++pages)
            step = heavy.accept(fresh(1), {}, kPage);
        QCOMPARE(step, PageWalk::Step::TooLarge);
        QCOMPARE(pages, int(PageWalk::kMostBytes / kPage) + 1);

        PageWalk wide(0, PageWalk::kLargePage, PageWalk::kMostRows);
        step = PageWalk::Step::More;
        for (pages = 0; step == PageWalk::Step::More; ++pages)
            step = wide.accept(fresh(PageWalk::kLargePage), {}, 1000);
        QCOMPARE(step, PageWalk::Step::TooLarge);
        QCOMPARE(pages, int(PageWalk::kMostRows / PageWalk::kLargePage) + 1);
    }
    void otherErrorsFailTheWalk()
    {
        for (const ErrorKind kind : {ErrorKind::Network, ErrorKind::Server, ErrorKind::Unauthorized, ErrorKind::Canceled}) {
            PageWalk start(0, PageWalk::kLargePage);
            QCOMPARE(start.refuse(kind), PageWalk::Step::Failed);
        }
        PageWalk twice(0, PageWalk::kLargePage);
        QCOMPARE(twice.refuse(ErrorKind::Validation), PageWalk::Step::More);
        QCOMPARE(twice.page(), 1);
        QCOMPARE(twice.refuse(ErrorKind::Validation), PageWalk::Step::Failed);
    }
};

QTEST_GUILESS_MAIN(TestPageWalk)
#include "tst_pagewalk.moc"
