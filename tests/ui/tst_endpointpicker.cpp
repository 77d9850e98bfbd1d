// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/fieldnames.h"
#include "core/cloud/endpoints/schemaform.h"
#include "tests/support/fakeclock.h"
#include "tests/ui/findnamed.h"
#include "ui/images/endpointpicker.h"

#include <QComboBox>
#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace novita;

/// Which endpoints somebody is offered, in which order, and what is said of them.
class TestEndpointPicker final : public QObject
{
    Q_OBJECT

    FakeClock m_clock;

    void goTo(QDate day)
    {
        const TimePoint noon{Milliseconds(QDateTime(day, QTime(12, 0)).toMSecsSinceEpoch())};
        m_clock.jumpWallClock(std::chrono::duration_cast<Milliseconds>(noon - m_clock.now()));
    }
    static EndpointSpec spec(const QString &id, EndpointAvailability status, QDate date)
    {
        EndpointSpec made;
        made.id = made.title = id;
        made.modes = {ImageMode::TextToImage};
        made.availability.status = status;
        made.availability.date = date;
        return made;
    }
    static QStringList offered(const EndpointPicker &picker)
    {
        const auto *box = findNamed<QComboBox>(picker, QStringLiteral("Endpoint"));
        QStringList ids;
        for (int i = 0; i < box->count(); ++i)
            ids.append(box->itemData(i).toString());
        return ids;
    }

private slots:
    void theSurestToAnswerComesFirst()
    {
        goTo({2026, 9, 1});
        EndpointTable table;
        table.add(spec(QStringLiteral("a gone"), EndpointAvailability::Retired, {2026, 8, 1}));
        table.add(spec(QStringLiteral("b never seen"), EndpointAvailability::Unlisted, {}));
        table.add(spec(QStringLiteral("c seen long ago"), EndpointAvailability::Unlisted, {2026, 2, 6}));
        table.add(spec(QStringLiteral("d seen lately"), EndpointAvailability::Unlisted, {2026, 6, 22}));
        table.add(spec(QStringLiteral("e soon gone"), EndpointAvailability::Retired, {2026, 9, 30}));
        table.add(spec(QStringLiteral("f listed"), EndpointAvailability::Listed, {2026, 8, 19}));
        table.add(spec(QStringLiteral("g listed since"), EndpointAvailability::Listed, {2026, 8, 20}));
        EndpointPicker picker(table, m_clock);
        const QStringList order{QStringLiteral("g listed since"),  QStringLiteral("f listed"),
                                QStringLiteral("e soon gone"),     QStringLiteral("d seen lately"),
                                QStringLiteral("c seen long ago"), QStringLiteral("b never seen"),
                                QStringLiteral("a gone")};
        QCOMPARE(offered(picker), order);
        QCOMPARE(picker.endpoint()->id, order.constFirst());
        // One that has answered that it is gone is not offered first any more.
        RetiredMark mark{order.constFirst(), QStringLiteral("API_NOT_FOUND"), m_clock.now()};
        picker.setRetired({{mark.endpoint, mark}});
        QCOMPARE(picker.best(ImageMode::TextToImage)->id, QStringLiteral("f listed"));
        QCOMPARE(picker.endpoint()->id, order.constFirst()); // what is chosen stays
    }

    /// Who paints with one family of models does not want another for the next step.
    void theBestIsOfTheSameKind()
    {
        const EndpointTable table = EndpointTable::builtIn();
        goTo({2026, 9, 1});
        EndpointPicker picker(table, m_clock);
        const auto best = [&](const char *one, const char *other) { return picker.best(ImageMode::ImageToImage, {table.find(one), table.find(other)})->id; };
        QCOMPARE(best("txt2img", "seedream-4.5"), QStringLiteral("img2img"));
        QCOMPARE(best("flux-1-schnell", "seedream-4.5"), QStringLiteral("seedream-4.5"));
        QCOMPARE(best("qwen-image-txt2img", ""), QStringLiteral("qwen-image-edit"));
        goTo({2026, 11, 22}); // over
        QCOMPARE(best("qwen-image-txt2img", "flux-2-dev"), picker.best(ImageMode::ImageToImage)->id);
        RetiredMark mark{QStringLiteral("img2img"), QStringLiteral("API_NOT_FOUND"), m_clock.now()};
        picker.setRetired({{mark.endpoint, mark}});
        QVERIFY(best("txt2img", "") != QStringLiteral("img2img"));
    }

    /// Of those that are built in none is surely there any more: one whose pictures can be made once more, and whose price is known.
    void aNewcomersFirstPictureIsAskedOfTheSurest()
    {
        const EndpointTable table = EndpointTable::builtIn();
        goTo({2026, 11, 22});
        const EndpointPicker picker(table, m_clock);
        QCOMPARE(picker.endpoint()->id, QStringLiteral("flux-1-schnell"));
        QVERIFY(picker.endpoint()->field(fields::kSeed) && picker.endpoint()->price);
        goTo({2026, 9, 1});
        QCOMPARE(EndpointPicker(table, m_clock).endpoint()->id, QStringLiteral("qwen-image-txt2img"));
    }

    void aVideoModelWithAnEndpointOfItsOwnIsOfferedOnce()
    {
        const auto schema = [](const char *json) { return QJsonDocument::fromJson(json).object(); };
        const QString own = QStringLiteral("kling-v3.0-std-t2v");
        const QString described = QStringLiteral("video:") + own;
        const QJsonObject text = schema(R"({"properties": {"prompt": {"type": "string"}}})");
        const QJsonObject both =
            schema(R"({"properties": {"prompt": {"type": "string"}, "image": {"type": "string"}}})");
        EndpointTable table = EndpointTable::builtIn();
        table.setVideoModels({*endpointOfSchema(own, both), *endpointOfSchema(QStringLiteral("kling-v9"), text)});
        EndpointPicker picker(table, m_clock);
        QVERIFY(picker.choose(own));
        QVERIFY(offered(picker).contains(QStringLiteral("video:kling-v9")));
        QVERIFY(!offered(picker).contains(described));
        // A recipe that was made with it finds it still.
        QVERIFY(picker.choose(described));
        QCOMPARE(picker.endpoint()->id, described);
        // What only the description offers, and what has taken the place of the other.
        QVERIFY(picker.choose(described, ImageMode::ImageToVideo));
        QVERIFY(picker.choose(QStringLiteral("img2video"), ImageMode::ImageToVideo));
        QVERIFY(offered(picker).contains(described));
        picker.setRetired({{own, {own, QStringLiteral("API_NOT_FOUND"), m_clock.now()}}});
        QVERIFY(picker.choose(QStringLiteral("video:kling-v9")));
        QVERIFY(offered(picker).contains(described));
    }

    void retiredEndpointsStandLastAndAreToBeRead()
    {
        const EndpointTable table = EndpointTable::builtIn();
        EndpointPicker picker(table, m_clock);
        picker.show();
        QVERIFY(picker.endpoint());
        QSignalSpy chosen(&picker, &EndpointPicker::chosen);
        QVERIFY(picker.choose(QStringLiteral("txt2img")));
        QCOMPARE(picker.mode(), ImageMode::TextToImage);
        QCOMPARE(chosen.size(), 1);
        picker.setRetired(
            {{QStringLiteral("txt2img"), {QStringLiteral("txt2img"), QStringLiteral("API_NOT_FOUND"), m_clock.now()}}});
        QCOMPARE(picker.endpoint()->id, QStringLiteral("txt2img"));
        const auto *box = findNamed<QComboBox>(picker, QStringLiteral("Endpoint"));
        QVERIFY(box->currentText().contains(QStringLiteral("retired")));
        QVERIFY(!box->accessibleDescription().isEmpty());
        QVERIFY(picker.choose(QStringLiteral("img2img")));
        QCOMPARE(picker.mode(), ImageMode::ImageToImage);
        QVERIFY(!picker.choose(QStringLiteral("nowhere")));
    }

    /// A day that is past ends nothing in the sandbox, which serves it still; its answer does.
    void theSandboxGoesOnWithWhatHasEnded()
    {
        const EndpointTable table = EndpointTable::builtIn();
        EndpointPicker picker(table, m_clock);
        const auto *box = findNamed<QComboBox>(picker, QStringLiteral("Endpoint"));
        const QString ended = QStringLiteral("qwen-image-edit");
        m_clock.advance(std::chrono::hours(24 * 365 * 20));
        picker.setRetired({});
        QVERIFY(picker.choose(ended));
        QVERIFY(box->currentText().contains(QStringLiteral("retired")));
        picker.setRetired({}, true);
        QVERIFY(!box->currentText().contains(QStringLiteral("retired")));
        QVERIFY2(box->accessibleDescription().contains(QStringLiteral("sandbox")),
                 qPrintable(box->accessibleDescription()));
        picker.setRetired({{ended, {ended, QStringLiteral("API_NOT_FOUND"), m_clock.now()}}}, true);
        QVERIFY(box->currentText().contains(QStringLiteral("retired")));
    }
};

QTEST_MAIN(TestEndpointPicker)
#include "tst_endpointpicker.moc"
