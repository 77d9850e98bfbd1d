// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/endpointtable.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "core/gallery/picturestore.h"
#include "core/images/imageworkspace.h"
#include "tests/images/fakebackend.h"
#include "tests/support/await.h"
#include "tests/support/uifixture.h"
#include "tests/ui/findnamed.h"
#include "ui/images/gridaxisrow.h"
#include "ui/images/cellpictures.h"
#include "ui/images/griddialog.h"
#include "ui/images/gridpicture.h"
#include "ui/images/gridsheet.h"
#include "ui/images/gridsheetmodel.h"
#include "ui/theme.h"
#include "ui/widgets/errorbanner.h"

#include <QBuffer>
#include <QComboBox>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace novita;

namespace {

const ProfileId kMine{QStringLiteral("mine")};

QByteArray png(QColor color, QSize size = {96, 64})
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(color);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return buffer.data();
}

} // namespace

class TestGrid final : public QObject
{
    Q_OBJECT

    EndpointTable m_table = EndpointTable::builtIn();
    std::unique_ptr<UiFixture> m_fixture;

    const EndpointSpec &spec() const { return *m_table.find("txt2img"); }
    JobOrder order(const QString &prompt = QStringLiteral("a red fox")) const
    {
        JobOrder out;
        out.backend = QStringLiteral("novita");
        out.recipe = FormValues::initial(spec()).recipe();
        out.recipe.values.insert(fields::kPrompt, prompt);
        out.recipe.values.insert(fields::kModel, QStringLiteral("dream.safetensors"));
        out.recipe.values.insert(fields::kLoras,
                                 QJsonArray{QJsonObject{{QStringLiteral("model"), QStringLiteral("rain")},
                                                        {QStringLiteral("strength"), 0.5}}});
        out.prompt = PromptExpansion::of(prompt, {}).value;
        return out;
    }
    GridField field(const QString &path) const
    {
        const QList<GridField> fields = gridplan::fieldsOf(spec(), order().recipe);
        for (const GridField &one : fields) {
            if (one.path == path)
                return one;
        }
        qFatal("no such field: %s", qPrintable(path));
    }
    GridOrder gridOrder(const QString &x, const QString &xs, const QString &y = {}, const QString &ys = {},
                        const JobOrder &from = {}) const
    {
        const JobOrder base = from.recipe.values.isEmpty() ? order() : from;
        const GridAxis columns = gridaxis::parse(field(x), xs).value;
        const std::optional<GridAxis> rows =
            ys.isEmpty() ? std::nullopt : std::optional(gridaxis::parse(field(y), ys).value);
        return {base, PromptGrid::of(columns, rows, base.recipe.values).value(), {}, {}};
    }
    std::unique_ptr<GridDialog> dialog() const
    {
        return std::make_unique<GridDialog>(
            GridDialog::Parts{m_fixture->theme(), spec(), order(), {}, {}, [] { return 0.5; }});
    }
    static QString said(const QWidget &root)
    {
        QStringList out;
        for (const QLabel *label : root.findChildren<QLabel *>()) {
            if (label->isVisibleTo(&root))
                out.append(label->text());
        }
        return out.join(u'\n');
    }

private slots:
    void init() { m_fixture = std::make_unique<UiFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void offersWhatTheFormHas()
    {
        const QList<GridField> fields = gridplan::fieldsOf(spec(), order().recipe);
        QCOMPARE(fields.first().kind, GridKind::PromptReplace);
        QCOMPARE(field(QStringLiteral("steps")).kind, GridKind::Integer);
        QVERIFY(field(QStringLiteral("steps")).most.has_value());
        QCOMPARE(field(QStringLiteral("sampler")).kind, GridKind::Choice);
        QCOMPARE(field(QStringLiteral("seed")).least, -1.0);
        QCOMPARE(field(QStringLiteral("loras/0/strength")).title, QStringLiteral("rain: Strength"));
        QCOMPARE(field(QStringLiteral("size/width")).kind, GridKind::Integer);
        for (const GridField &one : fields) {
            QVERIFY(one.path != spec().output.countField);
            QVERIFY(!one.title.isEmpty());
        }
    }

    void aJobForEachCell()
    {
        const GridOrder grid = gridOrder(QStringLiteral("steps"), QStringLiteral("20, 30, 40"),
                                         QStringLiteral("guidance"), QStringLiteral("5, 7"));
        const JobPlan plan = gridplan::plan(spec(), grid).value();
        QCOMPARE(plan.jobs, 6u);
        QCOMPARE(plan.results, 6u);
        const QList<NewImageJob> jobs = gridplan::make(spec(), grid, [] { return 0.5; });
        QCOMPARE(jobs.size(), 6);
        QSet<int> seeds;
        for (int i = 0; i < 6; ++i) {
            const NewImageJob &job = jobs.at(i);
            QCOMPARE(job.recipe.values.value(fields::kSteps).toInt(), 20 + 10 * (i % 3));
            QCOMPARE(job.recipe.values.value(fields::kGuidance).toDouble(), i < 3 ? 5.0 : 7.0);
            QCOMPARE(job.batch, jobs.first().batch);
            seeds.insert(job.recipe.values.value(fields::kSeed).toInt());
            const GridPlace place = GridPlace::fromJson(job.cell).value();
            QCOMPARE(place.column.title, QStringLiteral("Steps"));
            QCOMPARE(place.column.label, QString::number(20 + 10 * (i % 3)));
            QCOMPARE(place.row.at, i / 3);
            QCOMPARE(place.row.of, 2);
        }
        QCOMPARE(seeds.size(), 1); // only the parameters differ
        QVERIFY(*seeds.begin() >= 0);
        QVERIFY(!jobs.first().batch.isEmpty());
    }

    void wordsOfThePromptAreReplaced()
    {
        const QList<NewImageJob> jobs = gridplan::make(
            spec(), gridOrder(QString(), QStringLiteral("red, blue, \"deep, dark\"")), [] { return 0.5; });
        QCOMPARE(jobs.size(), 3);
        QCOMPARE(jobs.at(0).recipe.values.value(fields::kPrompt).toString(), QStringLiteral("a red fox"));
        QCOMPARE(jobs.at(2).recipe.values.value(fields::kPrompt).toString(), QStringLiteral("a deep, dark fox"));
    }

    void combinationsMultiply()
    {
        JobOrder dynamic = order(QStringLiteral("a {red|blue} fox"));
        dynamic.mode = ExpansionMode::Combinations;
        const GridOrder grid = gridOrder(QStringLiteral("steps"), QStringLiteral("20, 30, 40"), {}, {}, dynamic);
        QCOMPARE(gridplan::plan(spec(), grid).value().jobs, 6u);
        const QList<NewImageJob> jobs = gridplan::make(spec(), grid, [] { return 0.5; });
        QCOMPARE(jobs.size(), 6);
        QCOMPARE(GridPlace::fromJson(jobs.at(1).cell)->column.at, 0);
        QCOMPARE(jobs.at(1).recipe.values.value(fields::kPrompt).toString(), QStringLiteral("a blue fox"));
    }

    void whatNoCellMayHoldIsSaid()
    {
        JobOrder many = order(QStringLiteral("{a|b|c|d|e|f|g|h|i|j}{0|1|2|3|4|5|6|7|8|9}"));
        many.mode = ExpansionMode::Combinations;
        const Result<JobPlan> tooMany =
            gridplan::plan(spec(), gridOrder(QStringLiteral("steps"), QStringLiteral("20-40"), {}, {}, many));
        QVERIFY(!tooMany.ok());
        QVERIFY2(tooMany.error().message.contains(QStringLiteral("2100")), qPrintable(tooMany.error().message));
        JobOrder broken = order(QStringLiteral("a fox"));
        const Result<JobPlan> unread =
            gridplan::plan(spec(), gridOrder(QString(), QStringLiteral("fox, {wolf"), {}, {}, broken));
        QVERIFY(!unread.ok());
        QVERIFY2(unread.error().message.contains(QStringLiteral("{wolf")), qPrintable(unread.error().message));
    }

    void placesFromElsewhereAreChecked()
    {
        const GridPlace place{{QStringLiteral("Steps"), QStringLiteral("20"), 1, 3}, {QString(), QString(), 0, 1}};
        QCOMPARE(GridPlace::fromJson(place.toJson()), std::optional(place));
        for (const GridPlace::Side &side : {GridPlace::Side{{}, {}, 3, 3}, GridPlace::Side{{}, {}, -1, 3},
                                            GridPlace::Side{{}, {}, 0, 1'000'000'000}, GridPlace::Side{{}, {}, 0, 0}})
            QVERIFY(!GridPlace::fromJson(GridPlace{side, place.row}.toJson()));
        QVERIFY(!GridPlace::fromJson({}));
    }

    void theDialogCountsWhileOneTypes()
    {
        const auto grid = dialog();
        grid->show();
        auto *columns = findNamed<QComboBox>(*grid, QStringLiteral("Columns: parameter"));
        auto *values = findNamed<QLineEdit>(*grid, QStringLiteral("Columns: values"));
        auto *start = findNamed<QPushButton>(*grid, QStringLiteral("Generate"));
        QVERIFY(columns && values && start);
        QVERIFY(!start->isEnabled());
        columns->setCurrentIndex(columns->findData(QStringLiteral("steps")));
        QTest::keyClicks(values, QStringLiteral("20-40 (+10)"));
        QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled(), 20000);
        QVERIFY2(start->text().startsWith(QStringLiteral("Generate 3 · ")), qPrintable(start->text()));
        auto *rows = findNamed<QComboBox>(*grid, QStringLiteral("Rows: parameter"));
        rows->setCurrentIndex(rows->findData(QStringLiteral("guidance")));
        QVERIFY(!start->isEnabled()); // a parameter without values
        QTest::keyClicks(findNamed<QLineEdit>(*grid, QStringLiteral("Rows: values")), QStringLiteral("5, 7"));
        QTRY_VERIFY_WITH_TIMEOUT(start->text().startsWith(QStringLiteral("Generate 6 · ")), 20000);
        QVERIFY(said(*grid).contains(QStringLiteral("3 × 2")));
        QSignalSpy started(grid.get(), &GridDialog::startRequested);
        start->click();
        QCOMPARE(started.size(), 1);
        QCOMPARE(started.first().first().value<QList<NewImageJob>>().size(), 6);
        QVERIFY(!grid->isVisible());
    }

    void theDialogSaysWhatIsWrong()
    {
        const auto grid = dialog();
        grid->show();
        auto *values = findNamed<QLineEdit>(*grid, QStringLiteral("Columns: values"));
        values->setText(QStringLiteral("wolf, cat")); // the first is looked for in the prompt
        QTRY_VERIFY_WITH_TIMEOUT(said(*grid).contains(QStringLiteral("“wolf” is not in the prompt.")), 20000);
        grid->restore({{QStringLiteral("column"), QStringLiteral("steps")},
                       {QStringLiteral("columnValues"), QStringLiteral("20, many")}});
        QVERIFY(!values->accessibleDescription().isEmpty());
        QVERIFY(said(*grid).contains(values->accessibleDescription()));
        grid->restore({{QStringLiteral("column"), QStringLiteral("steps")},
                       {QStringLiteral("columnValues"), QStringLiteral("20")},
                       {QStringLiteral("row"), QStringLiteral("steps")},
                       {QStringLiteral("rowValues"), QStringLiteral("30")}});
        QVERIFY(said(*grid).contains(QStringLiteral("Both axes run over")));
    }

    void valuesCanBePicked()
    {
        GridField choices{QStringLiteral("sampler"),
                          QStringLiteral("Sampler"),
                          GridKind::Choice,
                          {},
                          {},
                          {QStringLiteral("Euler a"), QStringLiteral("odd, one")},
                          {}};
        GridAxisRow row({choices}, false);
        row.setTitle(QStringLiteral("Columns"));
        auto *menu = row.findChild<QMenu *>();
        QCOMPARE(menu->actions().size(), 4);
        menu->actions().at(2)->trigger();
        menu->actions().at(3)->trigger();
        QCOMPARE(row.text(), QStringLiteral("Euler a, \"odd, one\""));
        QCOMPARE(row.axis()->values.size(), 2);
    }

    void theSheetFillsAndIsSaved()
    {
        FakeBackend backend;
        backend.most = 4;
        ImageWorkspace &images = m_fixture->images();
        images.queue().addBackend(backend);
        images.open(kMine, Reach::Local);
        QTRY_VERIFY_WITH_TIMEOUT(images.status().isOpen(), 20000);
        JobOrder fake = order();
        fake.backend = backend.id();
        const QList<NewImageJob> jobs =
            gridplan::make(spec(),
                           gridOrder(QStringLiteral("steps"), QStringLiteral("20, 30"), QStringLiteral("guidance"),
                                     QStringLiteral("5, 7"), fake),
                           [] { return 0.5; });
        QVERIFY(await(images.queue().add(jobs)));
        GridSheet sheet({m_fixture->theme(), m_fixture->prompts(), m_fixture->settings(), images}, jobs.first().batch);
        sheet.show();
        QVERIFY(!sheet.isEmpty());
        const auto *model = sheet.findChild<GridSheetModel *>();
        QCOMPARE(model->rowCount(), 2);
        QCOMPARE(model->headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("30"));
        QCOMPARE(model->title(Qt::Vertical), QStringLiteral("Guidance scale"));
        QVERIFY(!model->index(0, 0).data().toString().isEmpty()); // waits
        auto *save = findNamed<QPushButton>(sheet, QStringLiteral("Save as one picture"));
        QVERIFY(!save->isEnabled());
        images.queue().resume();
        QTRY_COMPARE_WITH_TIMEOUT(backend.submits.size(), 4, 20000);
        const QList<QColor> colors{Qt::red, Qt::green, Qt::blue};
        for (int i = 0; i < 3; ++i) {
            ImageWork work = FakeBackend::succeeded(QStringLiteral("t%1").arg(i), i == 1 ? 2 : 1);
            for (qsizetype j = 0; j < work.results.size(); ++j)
                work.results[j].bytes = png(colors.at(i).lighter(static_cast<int>(100 + 20 * j)));
            backend.submits.at(i)->resolve(work);
        }
        backend.submits.at(3)->resolve(Error::make(ErrorKind::Validation, QStringLiteral("no such sampler")));
        QTRY_COMPARE_WITH_TIMEOUT(model->doneCount(), 3, 20000);
        QTRY_COMPARE_WITH_TIMEOUT(model->endedCount(), 4, 20000);
        QTRY_VERIFY_WITH_TIMEOUT(!model->cell(1, 0).image.isNull(), 20000);
        QVERIFY(model->index(1, 1)
                    .data(Qt::AccessibleTextRole)
                    .toString()
                    .startsWith(QStringLiteral("Steps: 30, Guidance scale: 7")));
        QTRY_VERIFY_WITH_TIMEOUT(save->isEnabled(), 20000);
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("grid.png"));
        m_fixture->prompts().chooseNext(path);
        save->click();
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path), 20000);
        const QImage saved(path);
        QVERIFY(saved.width() > 2 * 96 && saved.height() > 2 * 64);
        QTRY_VERIFY_WITH_TIMEOUT(sheet.findChild<ErrorBanner *>()->isShowing(), 20000);
        QSignalSpy chosen(&sheet, &GridSheet::pictureActivated);
        auto *view = sheet.findChild<QTableView *>();
        emit view->activated(model->index(0, 0));
        emit view->activated(model->index(1, 1)); // none there
        QCOMPARE(chosen.size(), 1);
        // Of several the person chooses.
        QTRY_COMPARE_WITH_TIMEOUT(model->cell(0, 1).pictures.size(), 2, 20000);
        QVERIFY2(model->index(0, 1).data(Qt::AccessibleTextRole).toString().endsWith(QStringLiteral("pictures: 2")),
                 qPrintable(model->index(0, 1).data(Qt::AccessibleTextRole).toString()));
        emit view->activated(model->index(0, 1));
        auto *several = sheet.findChild<CellPictures *>();
        QVERIFY(several && several->isVisible());
        QCOMPARE(chosen.size(), 1);
        auto *second = findNamed<QToolButton>(*several, QStringLiteral("Open picture 2 of 2"));
        QTRY_VERIFY_WITH_TIMEOUT(!second->icon().isNull(), 20000);
        second->click();
        QCOMPARE(chosen.size(), 2);
        QCOMPARE(chosen.last().first().value<PictureId>(), model->cell(0, 1).pictures.last().id);
        QVERIFY(!several->isVisible());
        images.queue().removeBackend(backend.id());
    }

    void largeSheetsStayWithinBounds()
    {
        GridPicture picture;
        picture.columnTitle = QStringLiteral("Seed");
        picture.rowTitle = QStringLiteral("Steps");
        for (int i = 0; i < 50; ++i) {
            picture.columnLabels.append(QString::number(i));
            picture.rowLabels.append(QString(300, QLatin1Char('m')));
        }
        picture.cells.resize(2500);
        picture.largest = {16384, 16384};
        QTemporaryDir folder;
        const QImage drawn = gridpicture::draw(picture, PictureFiles(folder.path()));
        QVERIFY(!drawn.isNull());
        QVERIFY(qint64(drawn.width()) * drawn.height() <= gridpicture::kMostPixels);
        GridPicture line; // 2,500 × 1
        line.columnLabels.fill(QStringLiteral("x"), 2500);
        line.rowLabels = {QString()};
        QVERIFY(gridpicture::cellSize(line).width() >= 1);
        (void)gridpicture::draw(line, PictureFiles(folder.path()));
        const Result<Done> refused = gridpicture::save(picture, PictureFiles(folder.path()),
                                                       folder.filePath(QStringLiteral("no/such/folder.png")));
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().kind, ErrorKind::Storage);
    }
};

QTEST_MAIN(TestGrid)
#include "tst_grid.moc"
