// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/parameterstext.h"

#include <QElapsedTimer>
#include <QTest>

using namespace novita;

class TestParametersText : public QObject
{
    Q_OBJECT

    static ImageParameters portrait()
    {
        ImageParameters parameters;
        parameters.prompt = QStringLiteral("a harbour, (mist:1.2)\nsoft light");
        parameters.negativePrompt = QStringLiteral("text, frame");
        parameters.setValue(QStringLiteral("Model"), QStringLiteral("coast v1"));
        parameters.setValue(QStringLiteral("Seed"), QStringLiteral("42"));
        parameters.setValue(QStringLiteral("Version"), QStringLiteral("1"));
        parameters.setValue(QStringLiteral("Size"), QStringLiteral("512x768"));
        parameters.setValue(QStringLiteral("Sampler"), QStringLiteral("DPM++ 2M Karras"));
        parameters.setValue(QStringLiteral("Steps"), QStringLiteral("20"));
        parameters.setValue(QStringLiteral("Hires upscale"), QStringLiteral("2"));
        return parameters;
    }

private slots:
    void writesTheLinesThatOthersRead()
    {
        QCOMPARE(toParametersText(portrait()),
                 QStringLiteral("a harbour, (mist:1.2)\nsoft light\nNegative prompt: text, frame\n"
                                "Steps: 20, Sampler: DPM++ 2M, Schedule type: Karras, Seed: 42, Size: 512x768, Model: coast v1, Hires upscale: 2, Version: 1"));
    }

    void writesThreePairsAtLeast()
    {
        ImageParameters parameters;
        parameters.prompt = QStringLiteral("a cat");
        parameters.setValue(QStringLiteral("Seed"), QStringLiteral("7"));
        const ImageParameters read = fromParametersText(toParametersText(parameters));
        QVERIFY(read.pairs.size() >= 3);
        QCOMPARE(read.prompt, parameters.prompt);
        QCOMPARE(read.value(u"Seed"), QStringLiteral("7"));
    }

    void valuesComeBack_data()
    {
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("quoted");
        QTest::newRow("plain") << QStringLiteral("DPM++ SDE") << false;
        QTest::newRow("comma") << QStringLiteral("a, b") << true;
        QTest::newRow("colon") << QStringLiteral("a: b") << true;
        QTest::newRow("line feed") << QStringLiteral("a\nb") << true;
        QTest::newRow("quotes inside") << QStringLiteral("5\" wide") << false;
        QTest::newRow("quotes at the start") << QStringLiteral("\"wide\"") << true;
        QTest::newRow("quotes and comma") << QStringLiteral("a \"b\", c") << true;
        QTest::newRow("backslash") << QStringLiteral("a\\b, c") << true;
        QTest::newRow("outer blanks") << QStringLiteral(" a ") << true;
        QTest::newRow("other letters") << QStringLiteral("море, 海") << true;
        QTest::newRow("other line end") << QStringLiteral("a\u2028b") << true;
    }

    void valuesComeBack()
    {
        QFETCH(QString, value);
        QFETCH(bool, quoted);
        ImageParameters parameters = portrait();
        parameters.setValue(QStringLiteral("Model"), value);
        const QString text = toParametersText(parameters);
        QCOMPARE(text.contains(QLatin1String("Model: \"")), quoted);
        QCOMPARE(text.count(u'\n'), 3);
        QCOMPARE(fromParametersText(text).value(u"Model"), value);
    }

    void comesBackWhole()
    {
        ImageParameters parameters = portrait();
        const ImageParameters read = fromParametersText(toParametersText(parameters));
        QCOMPARE(read.prompt, parameters.prompt);
        QCOMPARE(read.negativePrompt, parameters.negativePrompt);
        QCOMPARE(read.value(u"Sampler"), QStringLiteral("DPM++ 2M"));
        QCOMPARE(read.value(u"Schedule type"), QStringLiteral("Karras"));
        const QString again = toParametersText(read);
        QCOMPARE(again, toParametersText(fromParametersText(again)));
    }

    void aPromptCannotBecomeAnotherPart()
    {
        ImageParameters parameters = portrait();
        parameters.prompt = QStringLiteral("a sign\r\nNegative prompt: sun\rSteps: 1, Sampler: x, Seed: 2");
        const ImageParameters read = fromParametersText(toParametersText(parameters));
        QCOMPARE(read.negativePrompt, parameters.negativePrompt);
        QCOMPARE(read.value(u"Seed"), QStringLiteral("42"));
        QCOMPARE(read.prompt, QStringLiteral("a sign Negative prompt: sun\nSteps: 1, Sampler: x, Seed: 2"));
        parameters.prompt = QStringLiteral("a sign\n\n \nNegative prompt: sun");
        QCOMPARE(fromParametersText(toParametersText(parameters)).prompt, QStringLiteral("a sign Negative prompt: sun"));
    }

    void lorasStandInThePrompt()
    {
        ImageParameters parameters = portrait();
        parameters.prompt = QStringLiteral("a boat <lora:sails:0.5>");
        parameters.loras = {{QStringLiteral("sails"), 0.5}, {QStringLiteral("ropes v2"), 0.75}, {QStringLiteral("bad>name"), 1}};
        const ImageParameters read = fromParametersText(toParametersText(parameters));
        QCOMPARE(read.prompt, QStringLiteral("a boat <lora:sails:0.5> <lora:ropes v2:0.75>"));
        QCOMPARE(read.loras, (QList<LoraUse>{{QStringLiteral("sails"), 0.5}, {QStringLiteral("ropes v2"), 0.75}}));
        QCOMPARE(promptWithoutLoras(read.prompt), QStringLiteral("a boat"));
    }

    void readsLorasAsPeopleWriteThem()
    {
        QCOMPARE(lorasOfPrompt(QStringLiteral("<lora:a><lora: b : 2 ><lora:c:x><lora:d:1:lbw=0.5><lora:a:3><lora:><lora:e")),
                 (QList<LoraUse>{{QStringLiteral("a"), 1}, {QStringLiteral("b"), 2}, {QStringLiteral("c"), 1}, {QStringLiteral("d"), 1}}));
        QCOMPARE(promptWithoutLoras(QStringLiteral("one <lora:a:1> two<lora:b:1>, three <lora:broken")), QStringLiteral("one two, three <lora:broken"));
    }

    void keysThatTheTextCannotCarryAreLeftOut()
    {
        ImageParameters parameters = portrait();
        parameters.setValue(QStringLiteral("a"), QStringLiteral("1"));
        parameters.setValue(QStringLiteral("Bad: key"), QStringLiteral("1"));
        parameters.setValue(QStringLiteral("line\nfeed"), QStringLiteral("1"));
        QCOMPARE(toParametersText(parameters), toParametersText(portrait()));
    }

    void readsWhatIsNotQuiteIt_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<QString>("negative");
        QTest::addColumn<int>("pairs");
        QTest::newRow("nothing") << QString() << QString() << QString() << 0;
        QTest::newRow("prompt alone") << QStringLiteral("a cat") << QStringLiteral("a cat") << QString() << 0;
        QTest::newRow("two pairs are prompt") << QStringLiteral("a cat\nSteps: 1, Seed: 2") << QStringLiteral("a cat\nSteps: 1, Seed: 2") << QString() << 0;
        QTest::newRow("weights are no pairs") << QStringLiteral("(cat:1.2), (dog:1.3), (cow:1.4)") << QString() << QString() << 3;
        QTest::newRow("pairs alone") << QStringLiteral("Steps: 1, Sampler: Euler, Seed: 2") << QString() << QString() << 3;
        QTest::newRow("carriage returns")
            << QStringLiteral("a\r\nNegative prompt: b\r\nSteps: 1, Sampler: Euler, Seed: 2\r\n") << QStringLiteral("a") << QStringLiteral("b") << 3;
        QTest::newRow("carriage returns alone") << QStringLiteral("a\rNegative prompt: b\rSteps: 1, Sampler: Euler, Seed: 2")
                                                << QStringLiteral("a") << QStringLiteral("b") << 3;
        QTest::newRow("negative over lines")
            << QStringLiteral("a\nNegative prompt: b\nc\nSteps: 1, Sampler: Euler, Seed: 2") << QStringLiteral("a") << QStringLiteral("b\nc") << 3;
        QTest::newRow("lines below the pairs")
            << QStringLiteral("a\nSteps: 1, Sampler: Euler, Seed: 2\nTemplate: {a|b}") << QStringLiteral("a") << QString() << 3;
        QTest::newRow("open quotes") << QStringLiteral("Steps: 1, Model: \"x, Sampler: Euler, Seed: 2") << QString() << QString() << 4;
        QTest::newRow("a key twice") << QStringLiteral("Steps: 1, Steps: 2, Seed: 3") << QString() << QString() << 2;
    }

    void readsWhatIsNotQuiteIt()
    {
        QFETCH(QString, text);
        QFETCH(QString, prompt);
        QFETCH(QString, negative);
        QFETCH(int, pairs);
        const ImageParameters read = fromParametersText(text);
        QCOMPARE(read.prompt, prompt);
        QCOMPARE(read.negativePrompt, negative);
        QCOMPARE(int(read.pairs.size()), pairs);
        QCOMPARE(read.raw, text);
    }

    void samplersOfTheOldForm()
    {
        const ImageParameters read = fromParametersText(QStringLiteral("x\nSteps: 1, Sampler: DPM++ SDE Karras, Seed: 2"));
        QCOMPARE(read.value(u"Sampler"), QStringLiteral("DPM++ SDE"));
        QCOMPARE(read.value(u"Schedule type"), QStringLiteral("Karras"));
    }

    void samplerNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("sampler");
        QTest::addColumn<QString>("schedule");
        // The samplers of Novita's reference.
        for (const char *plain : {"Euler a", "Euler", "LMS", "Heun", "DPM2", "DPM2 a", "DPM++ 2S a", "DPM++ 2M", "DPM++ SDE", "DPM fast",
                                  "DPM adaptive", "DDIM", "PLMS", "UniPC"})
            QTest::newRow(plain) << QString::fromLatin1(plain) << QString::fromLatin1(plain) << QString();
        for (const char *karras : {"LMS", "DPM2", "DPM2 a", "DPM++ 2S a", "DPM++ 2M", "DPM++ SDE"}) {
            const QString name = QString::fromLatin1(karras) + QStringLiteral(" Karras");
            QTest::newRow(qPrintable(name)) << name << QString::fromLatin1(karras) << QStringLiteral("Karras");
        }
    }

    void samplerNames()
    {
        QFETCH(QString, name);
        QFETCH(QString, sampler);
        QFETCH(QString, schedule);
        const SamplerName parts = splitSamplerName(name);
        QCOMPARE(parts, (SamplerName{sampler, schedule}));
        QCOMPARE(joinSamplerName(parts), name);
    }

    void samplerNamesOfOthers()
    {
        QCOMPARE(joinSamplerName({QStringLiteral("Euler"), QStringLiteral("Automatic")}), QStringLiteral("Euler"));
        QCOMPARE(joinSamplerName({QStringLiteral("DPM++ 2M Karras"), QStringLiteral("Karras")}), QStringLiteral("DPM++ 2M Karras"));
        QCOMPARE(joinSamplerName(samplerFromLibraryName(QStringLiteral("dpmpp_sde"), QStringLiteral("karras"))), QStringLiteral("DPM++ SDE Karras"));
        QCOMPARE(joinSamplerName(samplerFromLibraryName(QStringLiteral("dpmpp_2m_k"))), QStringLiteral("DPM++ 2M Karras"));
        QCOMPARE(joinSamplerName(samplerFromLibraryName(QStringLiteral("res_multistep"), QStringLiteral("normal"))), QStringLiteral("res_multistep"));
    }

    void hostileTextsTakeNoTime_data()
    {
        QTest::addColumn<QString>("text");
        constexpr qsizetype much = 250'000;
        QTest::newRow("key without an end") << QString(much, u'a');
        QTest::newRow("words") << QStringLiteral("a ").repeated(much / 2);
        QTest::newRow("quotes") << QStringLiteral("aa:\"").repeated(much / 4);
        QTest::newRow("escaped quotes") << QStringLiteral("aa:\"\\\",").repeated(much / 7);
        QTest::newRow("pairs") << QStringLiteral("aa:1,").repeated(much / 5);
        QTest::newRow("lines") << QStringLiteral("Steps: \n").repeated(much / 8);
        QTest::newRow("tags") << QStringLiteral("<lora:").repeated(much / 6);
        QTest::newRow("one tag often") << QStringLiteral("<lora:a:1>").repeated(much / 10);
    }

    void hostileTextsTakeNoTime()
    {
        QFETCH(QString, text);
        QElapsedTimer timer;
        timer.start();
        const ImageParameters read = fromParametersText(text);
        const ImageParameters again = fromParametersText(toParametersText(read));
        QVERIFY(again.pairs.size() <= 128 && again.loras.size() <= 64);
        QVERIFY(promptWithoutLoras(text).size() <= text.size());
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_GUILESS_MAIN(TestParametersText)
#include "tst_parameterstext.moc"
