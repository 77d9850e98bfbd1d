// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prompts/prompttags.h"

#include <QTest>

using namespace novita;

class TestPromptTags : public QObject
{
    Q_OBJECT

private slots:
    void findsTags()
    {
        const QString text = QStringLiteral("a <lora:My LoRA v1.0:0.8> b <lyco:x> <hypernet:y:-0.5:2> <lora:z:{1|2}>");
        const QList<PromptTag> tags = prompttags::all(text);
        QCOMPARE(tags.size(), 4);
        QCOMPARE(tags.at(0), (PromptTag{QStringLiteral("lora"), QStringLiteral("My LoRA v1.0"), 0.8, 2, 23, 21, 3}));
        QCOMPARE(text.mid(tags.at(0).position, tags.at(0).length), QStringLiteral("<lora:My LoRA v1.0:0.8>"));
        QCOMPARE(text.mid(tags.at(0).weightPosition, tags.at(0).weightLength), QStringLiteral("0.8"));
        QCOMPARE(tags.at(1), (PromptTag{QStringLiteral("lyco"), QStringLiteral("x"), 1.0, 28, 8, 35, 0}));
        QCOMPARE(tags.at(2).weight, -0.5);
        QCOMPARE(text.mid(tags.at(2).weightPosition, tags.at(2).weightLength), QStringLiteral("-0.5"));
        QCOMPARE(tags.at(3).weight, 1.0);
    }

    void othersAreNone_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"", "<", "<lora", "<lora:", "<lora:a", "<lora:a\n>", "<lora:a<b", "<b>", "lora:a:1>", "<Lora:a:1>", "< lora:a>"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }

    void othersAreNone()
    {
        QFETCH(QString, text);
        QVERIFY(prompttags::all(text).isEmpty());
        QCOMPARE(prompttags::removed(text), text);
    }

    void takesTagsOut_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("rest");
        const auto row = [](const char *text, const char *rest) { QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(rest); };
        row("a, <lora:x:1>, b", "a, b");
        row("a <lora:x:1> b", "a b");
        row("<lora:x:1> a", "a");
        row("a, <lora:x:1>", "a");
        row("a, <lora:x:1>, <lora:y:1>", "a");
        row("a<lora:x:1>b", "ab");
        row("<lora:x:1>", "");
        row("a\n<lora:x:1>, b", "a\nb");
    }

    void takesTagsOut()
    {
        QFETCH(QString, text);
        QFETCH(QString, rest);
        QCOMPARE(prompttags::removed(text), rest);
    }

    void weightsThatAreNoNumbersAreOne()
    {
        for (const char *text : {"<lora:a:nan>", "<lora:a:inf>", "<lora:a:>", "<lora:a:x>", "<lora:a:1e999>"})
            QCOMPARE(prompttags::all(QString::fromLatin1(text)).at(0).weight, 1.0);
    }
};

QTEST_GUILESS_MAIN(TestPromptTags)
#include "tst_prompttags.moc"
