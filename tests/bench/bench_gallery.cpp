// SPDX-License-Identifier: GPL-3.0-or-later
//
// A gallery of 10,000 pictures (--pictures): opening its file, listing all of it, searching its prompts by words and by a beginning, each the
// median of several runs and each against the same question asked with LIKE of plain QSqlQuery, which has no index for it. Promises: search under 50 ms.
#include "core/database/database.h"
#include "core/database/sqltypes.h"
#include "core/gallery/imageskind.h"
#include "core/gallery/picturestore.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTextStream>

#include <algorithm>
#include <functional>
#include <optional>
#include <vector>

using namespace novita;

namespace {

constexpr int kRuns = 15;
constexpr double kSearchMs = 50;
const ProfileId kProfile{QStringLiteral("bench")};

double medianMs(const std::function<void()> &work)
{
    std::vector<double> times;
    for (int i = 0; i < kRuns; ++i) {
        QElapsedTimer timer;
        timer.start();
        work();
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

/// Some eighty words, as people write them, with one in a thousand of its own.
QString promptOf(int number)
{
    static const QStringList words =
        QStringLiteral("lighthouse basalt cliffs dawn haze wide shot masterpiece detailed portrait woman freckles studio light film grain forest river castle dragon neon city rain"
                       " reflection cinematic volumetric ink drawing watercolour teapot ceramic robot garden moss ruins astronaut desert storm clouds horizon macro bokeh")
            .split(QLatin1Char(' '));
    QString text = QStringLiteral("subject%1 ").arg(number % 1000);
    quint32 state = static_cast<quint32>(number) * 2654435761U + 1;
    for (int i = 0; i < 80; ++i) {
        state = state * 1664525U + 1013904223U;
        text += words.at(static_cast<qsizetype>(state >> 16) % words.size()) + (i % 7 == 6 ? QStringLiteral(", ") : QStringLiteral(" "));
    }
    return text;
}

/// await() looks every few milliseconds, which is too coarse here.
template<typename T>
Result<T> result(Call<T> *call)
{
    std::optional<Result<T>> out;
    QEventLoop loop;
    call->onFinished(&loop, [&](const Result<T> &result) {
        out = result;
        loop.quit();
    });
    loop.exec();
    return *out;
}

bool fill(PictureStore &store, int count)
{
    for (int begin = 0; begin < count; begin += 1000) {
        QList<Picture> pictures;
        for (int i = begin; i < std::min(begin + 1000, count); ++i) {
            Picture picture;
            picture.file = QStringLiteral("originals/2026-11/%1.png").arg(i, 32, 16, QLatin1Char('0'));
            picture.size = {1024, 1024};
            picture.createdAt = TimePoint(Seconds(1'790'000'000 + i));
            picture.format = QStringLiteral("png");
            picture.model = QStringLiteral("model_%1.safetensors").arg(i % 40);
            picture.prompt = promptOf(i);
            picture.negativePrompt = QStringLiteral("blurry, lowres, text, watermark");
            picture.recipe = {{QStringLiteral("steps"), 24}, {QStringLiteral("prompt"), picture.prompt}};
            pictures.append(picture);
        }
        if (!result(store.add(kProfile, pictures)))
            return false;
    }
    return true;
}

double plainLikeMs(const QString &path)
{
    double ms = 0;
    {
        QSqlDatabase db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("plain"));
        db.setDatabaseName(path);
        if (db.open()) {
            ms = medianMs([&db] {
                QSqlQuery query(db);
                query.setForwardOnly(true);
                query.exec(QStringLiteral("SELECT id, file FROM picture WHERE prompt LIKE '%subject77 %' OR negative LIKE '%subject77 %' OR model LIKE '%subject77 %' ORDER BY created_at DESC"));
                while (query.next()) { }
            });
        }
    }
    QSqlDatabase::removeDatabase(QStringLiteral("plain"));
    return ms;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QTextStream out(stdout);
    QCommandLineParser parser;
    parser.addOptions({{QStringLiteral("pictures"), {}, QStringLiteral("number"), QStringLiteral("10000")}});
    parser.process(app);
    const int count = parser.value(QStringLiteral("pictures")).toInt();

    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("images.sqlite"));
    SystemClock clock;
    {
        Database database(clock, nullptr, imagesKind());
        PictureStore store(database);
        if (!result(database.open(path)) || !fill(store, count)) {
            out << "the gallery could not be filled\n";
            return 1;
        }
    }
    const double openMs = medianMs([&] {
        Database database(clock, nullptr, imagesKind());
        (void)result(database.open(path));
    });
    Database database(clock, nullptr, imagesKind());
    PictureStore store(database);
    (void)result(database.open(path));
    qsizetype listed = 0, found = 0, begun = 0;
    const auto ask = [&](const QString &text, qsizetype *size) {
        return medianMs([&] { *size = result(store.list(kProfile, PictureQuery::fromText(text))).valueOr({}).size(); });
    };
    const double listMs = ask({}, &listed);
    const double findMs = ask(QStringLiteral("subject77 "), &found);
    const double beginMs = ask(QStringLiteral("light masterp"), &begun);
    const double likeMs = plainLikeMs(path);
    out << QStringLiteral("%1 pictures, medians of %2 runs\n").arg(count).arg(kRuns);
    out << QStringLiteral("open and check the file   %1 ms\n").arg(openMs, 7, 'f', 1);
    out << QStringLiteral("list all of it            %1 ms (%2 rows)\n").arg(listMs, 7, 'f', 1).arg(listed);
    out << QStringLiteral("search for a word         %1 ms (%2 rows), with LIKE %3 ms: %4 times as quick\n").arg(findMs, 7, 'f', 1).arg(found).arg(likeMs, 0, 'f', 1).arg(likeMs / findMs, 0, 'f', 1);
    out << QStringLiteral("search for a beginning    %1 ms (%2 rows)\n").arg(beginMs, 7, 'f', 1).arg(begun);
    const bool kept = listed == count && found > 0 && findMs < kSearchMs && beginMs < kSearchMs;
    out << (kept ? "search under 50 ms: kept\n" : "search under 50 ms: NOT kept\n");
    return kept ? 0 : 1;
}
