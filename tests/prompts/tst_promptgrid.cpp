// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prompts/promptgrid.h"
#include "core/prompts/saturating.h"

#include <QJsonArray>
#include <QTest>

using namespace novita;

namespace {

GridAxis axis(GridKind kind, const char *path, const char *title, const char *text)
{
    GridField field{QString::fromLatin1(path), QString::fromLatin1(title), kind, {}, {}, {}, {}};
    if (kind == GridKind::PromptReplace)
        field.texts = QStringList{QStringLiteral("prompt"), QStringLiteral("negative_prompt")};
    const PromptReading<GridAxis> read = gridaxis::parse(field, QString::fromLatin1(text));
    Q_ASSERT(read.ok());
    return read.value;
}

QJsonObject values()
{
    return {{QStringLiteral("prompt"), QStringLiteral("a cat in a hat")},
            {QStringLiteral("negative_prompt"), QStringLiteral("two cats")},
            {QStringLiteral("steps"), 20},
            {QStringLiteral("loras"), QJsonArray{QJsonObject{{QStringLiteral("model_name"), QStringLiteral("fold")}, {QStringLiteral("strength"), 0.5}}}}};
}

} // namespace

class TestPromptGrid : public QObject
{
    Q_OBJECT

private slots:
    void crossesTwoAxes()
    {
        const PromptGrid grid = PromptGrid::of(axis(GridKind::Integer, "steps", "Steps", "10-30 (+10)"), axis(GridKind::Text, "sampler_name", "Sampler", "Euler, DDIM"), values()).value();
        QCOMPARE(grid.columns(), 3);
        QCOMPARE(grid.rows(), 2);
        QCOMPARE(grid.count(), 6);
        QCOMPARE(grid.columnTitle(), QStringLiteral("Steps"));
        QCOMPARE(grid.rowTitle(), QStringLiteral("Sampler"));
        QCOMPARE(grid.columnLabel(2), QStringLiteral("30"));
        QCOMPARE(grid.rowLabel(1), QStringLiteral("DDIM"));
        const GridCell cell = grid.at(5);
        QCOMPARE(cell, grid.cell(2, 1));
        QCOMPARE(cell.label, QStringLiteral("Steps: 30 \u00b7 Sampler: DDIM"));
        QCOMPARE(cell.overrides, (QJsonObject{{QStringLiteral("steps"), 30}, {QStringLiteral("sampler_name"), QStringLiteral("DDIM")}}));
        QCOMPARE(grid.at(0), grid.cell(0, 0));
        QCOMPARE(grid.at(3), grid.cell(0, 1));
    }

    void oneAxisWillDo()
    {
        const PromptGrid row = PromptGrid::of(axis(GridKind::Integer, "steps", "Steps", "1,2"), {}, values()).value();
        QCOMPARE(row.columns(), 2);
        QCOMPARE(row.rows(), 1);
        QCOMPARE(row.cell(1, 0).label, QStringLiteral("Steps: 2"));
        QVERIFY(row.rowLabel(0).isEmpty());
        const PromptGrid column = PromptGrid::of({}, axis(GridKind::Integer, "steps", "Steps", "1,2"), values()).value();
        QCOMPARE(column.columns(), 1);
        QCOMPARE(column.rows(), 2);
    }

    void reachesIntoLists()
    {
        const PromptGrid grid = PromptGrid::of(axis(GridKind::Number, "loras/0/strength", "fold", "0.2,0.9"), {}, values()).value();
        const QJsonObject lora = grid.cell(1, 0).overrides.value(QStringLiteral("loras")).toArray().at(0).toObject();
        QCOMPARE(lora, (QJsonObject{{QStringLiteral("model_name"), QStringLiteral("fold")}, {QStringLiteral("strength"), 0.9}}));
    }

    void replacesInPrompts()
    {
        const PromptGrid grid = PromptGrid::of(axis(GridKind::PromptReplace, "", "Prompt", "cat,dog"), axis(GridKind::PromptReplace, "", "Prompt", "hat,cap,\"\""), values()).value();
        QCOMPARE(grid.count(), 6);
        QCOMPARE(grid.cell(0, 0).overrides.value(QStringLiteral("prompt")).toString(), QStringLiteral("a cat in a hat"));
        QCOMPARE(grid.cell(1, 1).overrides.value(QStringLiteral("prompt")).toString(), QStringLiteral("a dog in a cap"));
        QCOMPARE(grid.cell(1, 2).overrides.value(QStringLiteral("prompt")).toString(), QStringLiteral("a dog in a "));
        QCOMPARE(grid.cell(1, 0).overrides.value(QStringLiteral("negative_prompt")).toString(), QStringLiteral("two dogs"));
    }

    void replacesInPromptsOfTheOtherAxis()
    {
        const GridAxis prompts = axis(GridKind::Text, "prompt", "Prompt", "a dog, a bird");
        for (const bool swapped : {false, true}) {
            const GridAxis search = axis(GridKind::PromptReplace, "", "Word", "bird,fish");
            const PromptGrid grid = swapped ? PromptGrid::of(search, prompts, values()).value() : PromptGrid::of(prompts, search, values()).value();
            QCOMPARE(grid.cell(1, 1).overrides.value(QStringLiteral("prompt")).toString(), QStringLiteral("a fish"));
        }
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QString>("words");
        QTest::newRow("no such LoRA") << QByteArray("loras/1/strength") << QStringLiteral("There is no");
        QTest::newRow("no index") << QByteArray("loras/x/strength") << QStringLiteral("There is no");
        QTest::newRow("below zero") << QByteArray("loras/-1/strength") << QStringLiteral("There is no");
        QTest::newRow("into a number") << QByteArray("steps/0") << QStringLiteral("There is no");
        QTest::newRow("into nothing") << QByteArray("refiner/switch_at") << QStringLiteral("There is no");
        QTest::newRow("both the same") << QByteArray("steps") << QStringLiteral("Both axes run over");
    }

    void refuses()
    {
        QFETCH(QByteArray, path);
        QFETCH(QString, words);
        const Result<PromptGrid> grid = PromptGrid::of(axis(GridKind::Number, path.constData(), "X", "1"), axis(GridKind::Number, "steps", "Steps", "1"), values());
        QVERIFY(!grid.ok());
        QCOMPARE(grid.error().kind, ErrorKind::Validation);
        QVERIFY2(grid.error().message.contains(words), qPrintable(grid.error().message));
    }

    void refusesWhatCannotBeRun()
    {
        QVERIFY(!PromptGrid::of({}, {}, values()).ok());
        QVERIFY(!PromptGrid::of(GridAxis(), {}, values()).ok());
        const Result<PromptGrid> lost = PromptGrid::of(axis(GridKind::PromptReplace, "", "Word", "bird,fish"), {}, values());
        QVERIFY(lost.error().message.contains(QLatin1String("is not in the prompt")));
        const Result<PromptGrid> large = PromptGrid::of(axis(GridKind::Integer, "steps", "Steps", "1-51"), axis(GridKind::Integer, "seed", "Seed", "1-50"), values());
        QVERIFY(large.error().message.contains(QLatin1String("2550")));
    }

    void countsPictures()
    {
        QCOMPARE(pictureCount(6, 4, 2), quint64(48));
        QCOMPARE(pictureCount(6, kMostCount, 2), kMostCount);
        QCOMPARE(pictureCount(0, kMostCount, 2), quint64(0));
        QCOMPARE(saturatingSum(kMostCount - 1, 1), kMostCount);
        QCOMPARE(saturatingSum(kMostCount, 1), kMostCount);
    }
};

QTEST_GUILESS_MAIN(TestPromptGrid)
#include "tst_promptgrid.moc"
