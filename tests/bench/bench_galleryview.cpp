// SPDX-License-Identifier: GPL-3.0-or-later
//
// The gallery as a person has it before them, with 10,000 pictures (--pictures): from its making to the first screen
// with all its thumbnails, the worst turn of the event loop while it scrolls through all of them, a full-text search
// until its rows are painted, and the peak of memory. The first screen is held against what decoding and scaling the
// same files one after the other takes with QImage alone. Promises: 150 ms, 50 ms, 50 ms, 300 MB.
#include "core/gallery/picturestore.h"
#include "core/images/imageworkspace.h"
#include "tests/support/uifixture.h"
#include "ui/gallery/gallerybar.h"
#include "ui/gallery/gallerymodel.h"
#include "ui/gallery/gallerytab.h"
#include "ui/gallery/galleryview.h"
#include "ui/widgets/searchfield.h"

#include <QApplication>
#include <QBuffer>
#include <QCommandLineParser>
#include <QDir>
#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QPainter>
#include <QScrollBar>
#include <QTextStream>

#include <algorithm>
#include <functional>
#include <memory>
#include <vector>

using namespace novita;

namespace {

constexpr int kLooks = 64;
constexpr int kRuns = 9;
const ProfileId kProfile{QStringLiteral("bench")};

double msOf(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

double median(std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

/// Until `is` holds. Result: the longest turn of the event loop, in milliseconds.
double turnUntil(const std::function<bool()> &is)
{
    double worst = 0;
    while (!is()) {
        QElapsedTimer timer;
        timer.start();
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
        worst = std::max(worst, msOf(timer));
    }
    return worst;
}

/// A picture that compresses like one: gradients and grain.
QByteArray look(int number)
{
    QImage image(320, 213, QImage::Format_RGB32);
    QPainter painter(&image);
    QLinearGradient gradient(0, 0, 320, 213);
    gradient.setColorAt(0, QColor::fromHsv(number * 47 % 360, 200, 230));
    gradient.setColorAt(1, QColor::fromHsv(number * 91 % 360, 160, 60));
    painter.fillRect(image.rect(), gradient);
    quint32 state = static_cast<quint32>(number) + 1;
    for (int i = 0; i < 4000; ++i) {
        state = state * 1664525U + 1013904223U;
        painter.setPen(QColor(255, 255, 255, 20 + static_cast<int>(state >> 28) * 6));
        painter.drawPoint(static_cast<int>(state >> 8) % 320, static_cast<int>(state >> 20) % 213);
    }
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "JPG", 85);
    return bytes;
}

QString thumbnailPath(const PictureFiles &files, const QString &name)
{
    const QString stem = QFileInfo(name).completeBaseName();
    return QStringLiteral("%1/thumbnails/%2/%3").arg(files.folder(), stem.left(2), stem);
}

bool fill(ImageWorkspace &images, int count)
{
    QList<QByteArray> looks;
    for (int i = 0; i < kLooks; ++i)
        looks.append(look(i));
    static const QStringList words =
        QStringLiteral("lighthouse basalt cliffs dawn haze portrait light film grain forest river castle neon city "
                       "rain ink teapot robot moss ruins desert")
            .split(QLatin1Char(' '));
    for (int begin = 0; begin < count; begin += 1000) {
        QList<Picture> pictures;
        for (int i = begin; i < std::min(begin + 1000, count); ++i) {
            Picture picture;
            const quint32 mixed = static_cast<quint32>(i) * 2654435761U;
            picture.file = QStringLiteral("originals/2026-11/%1%2.png")
                               .arg(mixed, 8, 16, QLatin1Char('0'))
                               .arg(i, 24, 16, QLatin1Char('0'));
            picture.size = {1152, 768};
            picture.createdAt = TimePoint(Seconds(1'790'000'000 + i));
            picture.format = QStringLiteral("png");
            picture.prompt = QStringLiteral("subject%1").arg(i % 1000);
            quint32 state = mixed;
            for (int word = 0; word < 60; ++word) {
                state = state * 1664525U + 1013904223U;
                picture.prompt += QLatin1Char(' ') + words.at(static_cast<qsizetype>(state >> 16) % words.size());
            }
            picture.starred = i % 17 == 0;
            pictures.append(picture);
            // The grid looks whether the original is there; it is older than its thumbnail.
            const QString originalPath = images.files().path(picture.file);
            QDir().mkpath(QFileInfo(originalPath).absolutePath());
            if (!QFile(originalPath).open(QIODevice::WriteOnly))
                return false;
            const QString path = thumbnailPath(images.files(), picture.file);
            QDir().mkpath(QFileInfo(path).absolutePath());
            QFile file(path);
            if (!file.open(QIODevice::WriteOnly) || file.write(looks.at(i % kLooks)) < 0)
                return false;
        }
        bool isDone = false;
        bool isGood = false;
        images.pictures().add(kProfile, pictures)->onFinished(&images, [&](const Result<QList<PictureId>> &added) {
            isDone = true;
            isGood = bool(added);
        });
        turnUntil([&] { return isDone; });
        if (!isGood)
            return false;
    }
    return true;
}

bool isScreenReady(const GalleryTab &tab)
{
    const auto [first, last] = tab.view()->visibleRows();
    if (tab.model()->rowCount() == 0 || last < first)
        return false;
    for (int row = first; row <= last; ++row) {
        const Thumbnail *there = tab.view()->thumbnails().find({tab.model()->at(row)->file, tab.view()->side(), false});
        if (!there)
            return false;
    }
    return true;
}

/// Of this process, in MB; 0 where it is not told.
double peakMemory()
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).trimmed().split(' ').constFirst().toDouble() / 1024;
    }
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QTextStream out(stdout);
    QCommandLineParser parser;
    parser.addOptions({{QStringLiteral("pictures"), {}, QStringLiteral("number"), QStringLiteral("10000")}});
    parser.process(app);
    const int count = parser.value(QStringLiteral("pictures")).toInt();

    UiFixture fixture;
    ImageWorkspace &images = fixture.images();
    images.open(kProfile, {});
    if (!fill(images, count)) {
        out << "the gallery could not be filled\n";
        return 1;
    }
    std::vector<double> screens, plain;
    int onScreen = 0;
    std::unique_ptr<GalleryTab> tab;
    for (int run = 0; run < kRuns; ++run) {
        tab.reset();
        QElapsedTimer timer;
        timer.start();
        tab = std::make_unique<GalleryTab>(fixture.context());
        tab->resize(1200, 800);
        tab->show();
        tab->activate();
        turnUntil([&] { return isScreenReady(*tab); });
        tab->view()->viewport()->repaint();
        screens.push_back(msOf(timer));
        const auto [first, last] = tab->view()->visibleRows();
        onScreen = last - first + 1;
        timer.restart();
        for (int row = first; row <= last; ++row) {
            const QImage image(thumbnailPath(images.files(), tab->model()->at(row)->file));
            (void)image.scaled(tab->view()->side(), tab->view()->side(), Qt::KeepAspectRatio, Qt::SmoothTransformation);
        }
        plain.push_back(msOf(timer));
    }
    const double screenMs = median(screens);
    const double plainMs = median(plain);

    QScrollBar *bar = tab->view()->verticalScrollBar();
    double stall = 0;
    int turns = 0;
    QElapsedTimer all;
    all.start();
    for (int value = 0; value < bar->maximum(); value += tab->view()->viewport()->height() / 3, ++turns) {
        QElapsedTimer turn;
        turn.start();
        bar->setValue(value);
        QCoreApplication::processEvents();
        stall = std::max(stall, msOf(turn));
        stall = std::max(stall, turnUntil([deadline = QDeadlineTimer(8)] { return deadline.hasExpired(); }));
    }
    const double scrollMs = msOf(all);

    std::vector<double> searches;
    qsizetype found = 0;
    for (int run = 0; run < kRuns; ++run) {
        QElapsedTimer timer;
        timer.start();
        bool isUpdated = false;
        const auto heard =
            QObject::connect(tab->model(), &GalleryModel::updated, tab.get(), [&isUpdated] { isUpdated = true; });
        tab->bar()->search()->setFilter(QStringLiteral("subject%1 ").arg(100 + run));
        turnUntil([&] { return isUpdated; });
        tab->view()->viewport()->repaint();
        searches.push_back(msOf(timer));
        QObject::disconnect(heard);
        found = tab->model()->rowCount();
    }
    const double searchMs = median(searches);
    const double peak = peakMemory();

    out << QStringLiteral("%1 pictures, %2 of them on the first screen\n").arg(count).arg(onScreen);
    out << QStringLiteral("first screen, painted      %1 ms; QImage alone, one after the other %2 ms: %3 times that\n")
               .arg(screenMs, 7, 'f', 1)
               .arg(plainMs, 0, 'f', 1)
               .arg(screenMs / plainMs, 0, 'f', 2);
    out << QStringLiteral("worst turn while scrolling %1 ms (%2 steps in %3 ms)\n")
               .arg(stall, 7, 'f', 1)
               .arg(turns)
               .arg(scrollMs, 0, 'f', 0);
    out << QStringLiteral("full-text search, painted  %1 ms (%2 rows)\n").arg(searchMs, 7, 'f', 1).arg(found);
    out << QStringLiteral("peak of memory             %1 MB\n").arg(peak, 7, 'f', 1);
    const bool kept = screenMs < 150 && stall < 50 && searchMs < 50 && peak < 300;
    out << (kept ? "150 ms, 50 ms, 50 ms, 300 MB: kept\n" : "150 ms, 50 ms, 50 ms, 300 MB: NOT kept\n");
    return kept ? 0 : 1;
}
