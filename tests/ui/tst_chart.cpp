// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/scriptedprompts.h"
#include "ui/theme.h"
#include "ui/widgets/chartlegend.h"
#include "ui/widgets/chartpanel.h"
#include "ui/widgets/chartplot.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QImage>
#include <QLocale>
#include <QMenu>
#include <QSet>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace novita;
using namespace std::chrono_literals;

namespace {

constexpr TimePoint kBegin{Milliseconds(1'790'000'000'000)};

ChartAxis percentAxis()
{
    return {0, 100.0, 1, [](double value) { return QLocale().toString(value, 'f', 0) + QStringLiteral(" %"); }};
}

QList<ChartPoint> ramp(int count, Milliseconds step, double first = 0)
{
    QList<ChartPoint> points;
    for (int i = 0; i < count; ++i)
        points.append({kBegin + i * step, first + i});
    return points;
}

QStringList labels(const QList<ChartTick> &ticks)
{
    QStringList out;
    for (const ChartTick &tick : ticks)
        out.append(tick.label);
    return out;
}

QAction *menuEntry(const ChartPanel &panel, const QString &text)
{
    for (QAction *action : panel.findChild<QMenu *>()->actions()) {
        if (action->text() == text)
            return action;
    }
    return nullptr;
}

/// How many pixels of the picture are of about this colour.
int pixelsLike(const QImage &image, const QColor &color)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor here = image.pixelColor(x, y);
            if (qAbs(here.red() - color.red()) + qAbs(here.green() - color.green()) + qAbs(here.blue() - color.blue()) < 40)
                ++count;
        }
    }
    return count;
}

} // namespace

class TestChart final : public QObject
{
    Q_OBJECT

    std::unique_ptr<Theme> m_theme;
    ScriptedPrompts m_prompts;

    std::unique_ptr<ChartPanel> percentPanel(const QList<ChartSeries> &series)
    {
        auto panel = std::make_unique<ChartPanel>(*m_theme, m_prompts);
        panel->setTitle(QStringLiteral("GPU"));
        panel->setAxis(percentAxis());
        panel->setSeries(series);
        panel->setWindow(kBegin, kBegin + 5min);
        return panel;
    }

private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        m_theme = std::make_unique<Theme>(*qApp);
        m_theme->apply(ColorScheme::Light, 100);
    }
    void cleanupTestCase() { m_theme.reset(); }

    void gapEndsLine()
    {
        QList<ChartPoint> points = ramp(4, 10s);
        points[3].at += 1min;
        const QList<ChartPoint> parted = chartdata::withGaps(points, 25s);
        QCOMPARE(parted.size(), 5);
        QVERIFY(!parted.at(3).value);
        const auto pieces = chartdata::pieces({{QStringLiteral("a"), QStringLiteral("A"), ChartKind::Line, 0, {}}}, {{QStringLiteral("a"), parted}}, 1000);
        QCOMPARE(pieces.at(0).size(), 2);
        QCOMPARE(pieces.at(0).at(0).upper.size(), 3);
        // A point by itself would be invisible as a line.
        QCOMPARE(pieces.at(0).at(1).upper.size(), 2);
        QCOMPARE(pieces.at(0).at(1).upper.at(1).x() - pieces.at(0).at(1).upper.at(0).x(), 1000.0);
        QVERIFY(!chartdata::valueAt(parted, kBegin + 50s));
        QCOMPARE(chartdata::valueAt(parted, kBegin + 11s), std::optional(1.0));
        QVERIFY(!chartdata::valueAt(parted, kBegin - 1s));
    }

    void notFiniteIsGap()
    {
        QList<ChartPoint> points = ramp(3, 10s);
        points[1].value = std::numeric_limits<double>::quiet_NaN();
        const auto pieces = chartdata::pieces({{QStringLiteral("a"), {}, ChartKind::Line, 0, {}}}, {{QStringLiteral("a"), points}}, 1);
        QCOMPARE(pieces.at(0).size(), 2);
    }

    void manyGapsAreBounded()
    {
        QList<ChartPoint> points;
        for (int i = 0; i < 500; ++i)
            points << ChartPoint{kBegin + i * 10s, 1.0} << ChartPoint{kBegin + i * 10s + 5s, std::nullopt};
        points << ChartPoint{kBegin + 10000s, 1.0};
        const auto pieces = chartdata::pieces({{QStringLiteral("a"), {}, ChartKind::Line, 0, {}}}, {{QStringLiteral("a"), points}}, 1);
        QCOMPARE(pieces.at(0).size(), chartdata::kMaxPieces);
        // The wide gap is the last to be closed.
        QCOMPARE(pieces.at(0).last().upper.size(), 2);
        QCOMPARE(pieces.at(0).last().upper.first().y(), 1.0);
    }

    void stepHoldsItsValue()
    {
        const auto pieces = chartdata::pieces({{QStringLiteral("a"), {}, ChartKind::Step, 0, {}}}, {{QStringLiteral("a"), ramp(2, 10s)}}, 1);
        QCOMPARE(pieces.at(0).at(0).upper.size(), 3);
        QCOMPARE(pieces.at(0).at(0).upper.at(1).y(), 0.0);
        QCOMPARE(pieces.at(0).at(0).upper.at(1).x(), pieces.at(0).at(0).upper.at(2).x());
    }

    void areasStandOnEachOther()
    {
        const QList<ChartSeries> series{{QStringLiteral("a"), {}, ChartKind::StackedArea, 0, {}}, {QStringLiteral("b"), {}, ChartKind::StackedArea, 1, {}}};
        QList<ChartPoint> second = ramp(3, 10s, 5);
        second.removeAt(1);
        const auto pieces = chartdata::pieces(series, {{QStringLiteral("a"), ramp(3, 10s, 1)}, {QStringLiteral("b"), second}}, 1);
        QCOMPARE(pieces.at(1).at(0).lower.at(0).y(), 1.0);
        QCOMPARE(pieces.at(1).at(0).upper.at(0).y(), 6.0);
        QCOMPARE(pieces.at(1).at(0).upper.at(1).y(), 2.0);
        QCOMPARE(chartdata::highest(pieces), 10.0);
    }

    void scaleIsRound_data()
    {
        QTest::addColumn<double>("high");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("percent") << 100.0 << QStringList{QStringLiteral("0"), QStringLiteral("20"), QStringLiteral("40"), QStringLiteral("60"), QStringLiteral("80"), QStringLiteral("100")};
        QTest::newRow("seven") << 7.0 << QStringList{QStringLiteral("0"), QStringLiteral("2"), QStringLiteral("4"), QStringLiteral("6")};
        QTest::newRow("small") << 0.01 << QStringList{QStringLiteral("0"), QStringLiteral("0.002"), QStringLiteral("0.004"), QStringLiteral("0.006"), QStringLiteral("0.008"), QStringLiteral("0.01")};
        QTest::newRow("nothing") << 0.0 << QStringList{};
        QTest::newRow("endless") << std::numeric_limits<double>::infinity() << QStringList{};
    }
    void scaleIsRound()
    {
        QFETCH(double, high);
        ChartAxis axis;
        axis.text = [](double value) { return QString::number(value, 'g', 6); };
        QTEST(labels(chartdata::valueTicks(axis, high)), "expected");
    }

    void timesAreRoundOnTheClock()
    {
        const QDateTime local(QDate(2026, 11, 21), QTime(14, 2, 30));
        const TimePoint from{Milliseconds(local.toMSecsSinceEpoch())};
        QCOMPARE(labels(chartdata::timeTicks(from, from + 5min, 6)),
                 (QStringList{QStringLiteral("14:03"), QStringLiteral("14:04"), QStringLiteral("14:05"), QStringLiteral("14:06"), QStringLiteral("14:07")}));
        QCOMPARE(labels(chartdata::timeTicks(from, from + 3h, 4)), (QStringList{QStringLiteral("15:00"), QStringLiteral("16:00"), QStringLiteral("17:00")}));
        QVERIFY(labels(chartdata::timeTicks(from, from + 24h * 7, 8)).contains(QStringLiteral("22 Nov")));
        for (const int most : {1, 2, 5, 8})
            QVERIFY(chartdata::timeTicks(from, from + 24h * 4000, most).size() <= most);
        QVERIFY(chartdata::timeTicks(from, from, 5).isEmpty());
    }

    void csvIsSafe()
    {
        const QList<ChartSeries> series{{QStringLiteral("a"), QStringLiteral("=1+1"), ChartKind::Line, 0, {}}, {QStringLiteral("b"), QStringLiteral("say \"hi\", ok"), ChartKind::Line, 0, {}}};
        const QString text = chartdata::csv(series, {{QStringLiteral("a"), ramp(2, 1s)}, {QStringLiteral("b"), {{kBegin, 0.5}, {kBegin + 1s, std::nullopt}}}}, kBegin, kBegin + 1s);
        const QStringList lines = text.split(QStringLiteral("\r\n"));
        QCOMPARE(lines.at(0), QStringLiteral("time,'=1+1,\"say \"\"hi\"\", ok\""));
        QVERIFY(lines.at(1).endsWith(QStringLiteral("Z,0,0.5")));
        QVERIFY(lines.at(2).endsWith(QStringLiteral("Z,1,")));
    }

    void panelSaysLastValues()
    {
        const auto panel = percentPanel({{QStringLiteral("cpu"), QStringLiteral("CPU"), ChartKind::Line, 0, {}}});
        panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(panel.get()));
        QTRY_COMPARE(panel->summary(), QStringLiteral("No data"));
        panel->setPoints(QStringLiteral("cpu"), ramp(31, 10s, 12));
        panel->setPoints(QStringLiteral("unknown"), ramp(31, 10s, 12));
        QTRY_VERIFY2(panel->summary().startsWith(QStringLiteral("CPU 42 %, at ")), qPrintable(panel->summary()));
        QCOMPARE(panel->accessibleName(), QStringLiteral("GPU"));
        QCOMPARE(panel->accessibleDescription(), panel->summary());
        QCOMPARE(panel->legendTexts(), QStringList{QStringLiteral("CPU 42 %")});
    }

    void keyboardReadsValues()
    {
        const auto panel = percentPanel({{QStringLiteral("cpu"), QStringLiteral("CPU"), ChartKind::Line, 0, {}}});
        panel->setPoints(QStringLiteral("cpu"), ramp(31, 10s));
        panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(panel.get()));
        QTRY_COMPARE(panel->legendTexts(), QStringList{QStringLiteral("CPU 30 %")});
        QTest::keyClick(panel.get(), Qt::Key_Home);
        QCOMPARE(panel->legendTexts(), QStringList{QStringLiteral("CPU 0 %")});
        QTest::keyClick(panel.get(), Qt::Key_Right);
        QCOMPARE(panel->legendTexts(), QStringList{QStringLiteral("CPU 1 %")});
        QVERIFY(panel->accessibleDescription().endsWith(QStringLiteral("CPU 1 %")));
        QTest::keyClick(panel.get(), Qt::Key_End);
        QTest::keyClick(panel.get(), Qt::Key_Left);
        QCOMPARE(panel->legendTexts(), QStringList{QStringLiteral("CPU 29 %")});
        QTest::keyClick(panel.get(), Qt::Key_Escape);
        QCOMPARE(panel->legendTexts(), QStringList{QStringLiteral("CPU 30 %")});
    }

    void countsHaveWholeTicks()
    {
        ChartAxis axis{0, {}, 1, [](double value) { return QString::number(value); }, true};
        for (const double high : {1.0, 3.0, 12.0, 26.0, 130.0}) {
            const QList<ChartTick> ticks = chartdata::valueTicks(axis, high);
            QVERIFY(ticks.size() >= 2);
            for (const ChartTick &tick : ticks)
                QCOMPARE(tick.at, std::floor(tick.at));
        }
    }

    void pauseHoldsPicture()
    {
        const auto panel = percentPanel({{QStringLiteral("cpu"), QStringLiteral("CPU"), ChartKind::Line, 0, {}}});
        QSignalSpy paused(panel.get(), &ChartPanel::pausedChanged);
        panel->setPoints(QStringLiteral("cpu"), ramp(5, 10s));
        panel->show();
        QTRY_COMPARE(panel->legendTexts(), QStringList{QStringLiteral("CPU 4 %")});
        menuEntry(*panel, QStringLiteral("Pause"))->trigger();
        QCOMPARE(paused.size(), 1);
        panel->setPoints(QStringLiteral("cpu"), ramp(9, 10s));
        QCoreApplication::processEvents();
        QCOMPARE(panel->legendTexts(), QStringList{QStringLiteral("CPU 4 %")});
        panel->setPaused(false);
        QTRY_COMPARE(panel->legendTexts(), QStringList{QStringLiteral("CPU 8 %")});
    }

    void hiddenPanelDrawsNothing()
    {
        const auto panel = percentPanel({{QStringLiteral("cpu"), QStringLiteral("CPU"), ChartKind::Line, 0, {}}});
        panel->setPoints(QStringLiteral("cpu"), ramp(5, 10s));
        QCoreApplication::processEvents();
        QVERIFY(panel->legendTexts().isEmpty());
        panel->show();
        QTRY_COMPARE(panel->legendTexts().size(), 1);
    }

    void keepsNewestPoints()
    {
        const auto panel = percentPanel({{QStringLiteral("cpu"), QStringLiteral("CPU"), ChartKind::Line, 0, {}}});
        panel->setWindow(kBegin, kBegin + 24h);
        panel->setPoints(QStringLiteral("cpu"), ramp(5000, 1s));
        panel->show();
        QTRY_VERIFY(!panel->legendTexts().isEmpty());
        QCOMPARE(panel->csv().count(QLatin1Char('\n')), 1 + ChartPanel::kMaxPoints);
    }

    void drawsInTheSchemesColors_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void drawsInTheSchemesColors()
    {
        QFETCH(bool, dark);
        const auto panel = percentPanel({{QStringLiteral("cpu"), QStringLiteral("CPU"), ChartKind::Line, 0, {}}});
        QList<ChartPoint> flat = ramp(31, 10s);
        for (ChartPoint &point : flat)
            point.value = 50;
        panel->setPoints(QStringLiteral("cpu"), flat);
        panel->resize(500, 260);
        panel->show();
        m_theme->apply(dark ? ColorScheme::Dark : ColorScheme::Light, 100);
        QTRY_VERIFY(!panel->legendTexts().isEmpty());
        const auto drawn = [&] { return pixelsLike(panel->grab().toImage(), m_theme->seriesColor(0)); };
        QTRY_VERIFY2(drawn() > 300, qPrintable(QString::number(drawn())));
        // The same line with a gap in its second half.
        const int whole = drawn();
        for (int i = 16; i < 31; ++i)
            flat[i].value.reset();
        panel->setPoints(QStringLiteral("cpu"), flat);
        QTRY_VERIFY2(drawn() < whole * 3 / 4, qPrintable(QString::number(drawn())));
        m_theme->apply(ColorScheme::Light, 100);
    }

    void timeLabelsFollowTheWindow()
    {
        const auto panel = percentPanel({{QStringLiteral("cpu"), QStringLiteral("CPU"), ChartKind::Line, 0, {}}});
        panel->setPoints(QStringLiteral("cpu"), ramp(31, 10s));
        panel->resize(420, 240);
        panel->show();
        QTRY_VERIFY(!panel->legendTexts().isEmpty());
        const auto written = [&] { // in the strip of the time labels
            auto *plot = panel->findChild<ChartPlot *>();
            const QImage image = plot->grab().toImage();
            const int height = QFontMetrics(m_theme->font(TextStyle::Small)).height();
            if (qEnvironmentVariableIsSet("NOVITA_PICTURES"))
                image.save(qEnvironmentVariable("NOVITA_PICTURES") + QStringLiteral("/labels.png"));
            const QImage strip = image.copy(60, image.height() - height, image.width() - 60, height).convertToFormat(QImage::Format_Grayscale8);
            int dark = 0;
            for (int y = 0; y < strip.height(); ++y)
                dark += static_cast<int>(std::count_if(strip.constScanLine(y), strip.constScanLine(y) + strip.width(), [](uchar gray) { return gray < 160; }));
            return dark;
        };
        QTRY_VERIFY2(written() > 20, qPrintable(QString::number(written())));
        for (const auto span : {Milliseconds(3h), Milliseconds(24h), Milliseconds(3h) + Milliseconds(400), Milliseconds(168h)}) {
            panel->setWindow(kBegin - span, kBegin + 5min);
            QCoreApplication::processEvents();
            QTest::qWait(50);
            QVERIFY2(written() > 20, qPrintable(QStringLiteral("%1 h: %2").arg(span.count() / 3600000).arg(written())));
        }
    }

    void severalSeriesAreToldApart()
    {
        QList<ChartSeries> series;
        for (int i = 0; i < 4; ++i)
            series.append({QString::number(i), QStringLiteral("GPU %1").arg(i), ChartKind::Line, i, {}});
        const auto panel = percentPanel(series);
        panel->setNote(QStringLiteral("about 1 min behind"));
        for (int i = 0; i < 4; ++i)
            panel->setPoints(QString::number(i), ramp(31, 10s, i * 20));
        panel->resize(420, 240);
        panel->show();
        QTRY_COMPARE(panel->legendTexts().size(), 4);
        const QImage image = panel->grab().toImage();
        for (int i = 0; i < 4; ++i)
            QVERIFY2(pixelsLike(image, m_theme->seriesColor(i)) > 20, qPrintable(QString::number(i)));
        QSet<int> styles;
        for (const ChartLegend::Entry &entry : panel->findChild<ChartLegend *>()->entries())
            styles.insert(static_cast<int>(entry.pen.style()));
        QCOMPARE(styles.size(), 4);
        if (qEnvironmentVariableIsSet("NOVITA_PICTURES"))
            QVERIFY(image.save(qEnvironmentVariable("NOVITA_PICTURES") + QStringLiteral("/chart.png")));
    }

    void exports()
    {
        QTemporaryDir dir;
        const auto panel = percentPanel({{QStringLiteral("cpu"), QStringLiteral("CPU"), ChartKind::Line, 0, {}}});
        panel->setPoints(QStringLiteral("cpu"), ramp(5, 10s));
        panel->show();
        QTRY_VERIFY(!panel->legendTexts().isEmpty());
        menuEntry(*panel, QStringLiteral("Copy data"))->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), panel->csv());
        m_prompts.chooseNext(dir.filePath(QStringLiteral("a.csv")));
        menuEntry(*panel, QStringLiteral("Save as CSV…"))->trigger();
        QFile file(dir.filePath(QStringLiteral("a.csv")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), panel->csv().toUtf8());
        m_prompts.chooseNext(dir.filePath(QStringLiteral("a.png")));
        menuEntry(*panel, QStringLiteral("Save picture…"))->trigger();
        QVERIFY(!QImage(dir.filePath(QStringLiteral("a.png"))).isNull());
        m_prompts.chooseNext(dir.filePath(QStringLiteral("no/such/folder.csv")));
        menuEntry(*panel, QStringLiteral("Save as CSV…"))->trigger();
        QVERIFY(!QFile::exists(dir.filePath(QStringLiteral("no"))));
    }

    void legendNeedsMoreLinesWhenNarrow()
    {
        ChartLegend legend;
        QList<ChartLegend::Entry> entries;
        for (int i = 0; i < 8; ++i)
            entries.append({QPen(m_theme->seriesColor(i)), QStringLiteral("GPU %1 100 %").arg(i), false});
        legend.setEntries(entries);
        QVERIFY(legend.heightForWidth(200) > legend.heightForWidth(1200));
        QCOMPARE(legend.heightForWidth(1200), legend.fontMetrics().height() + space::kInside);
    }
};

QTEST_MAIN(TestChart)
#include "tst_chart.moc"
