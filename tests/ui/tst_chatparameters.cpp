// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/chatbench.h"
#include "ui/chat/parameterpanel.h"
#include "ui/chat/parametertext.h"
#include "ui/chat/schemadialog.h"
#include "ui/chat/systemprompt.h"

#include <QComboBox>
#include <QLineEdit>

#include <algorithm>

using namespace novita;

namespace {

QPushButton *buttonOf(const QWidget &where, const char *text)
{
    const QList<QPushButton *> all = where.findChildren<QPushButton *>();
    const auto found = std::find_if(all.begin(), all.end(), [text](const QPushButton *button) { return button->text() == QLatin1String(text); });
    return found == all.end() ? nullptr : *found;
}

} // namespace

/// How a model is to answer.
class TestChatParameters final : public QObject, ChatWorld
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void onlyChangedParametersAreSent()
    {
        m_bench->choose("vendor/tide-7b");
        auto *panel = m_bench->tab->panel()->parameters();
        QCOMPARE(panel->parameters(), ChatParameters());
        ChatParameters all;
        all.maxTokens = 77;
        all.temperature = 0;
        all.topP = 0.35;
        all.topK = 128;
        all.minP = 0.05;
        all.frequencyPenalty = -2;
        all.presencePenalty = 0;
        all.repetitionPenalty = 1.1;
        all.seed = -5;
        all.stop = QStringList{QStringLiteral("END"), QStringLiteral("a\n\\n b\t")};
        all.thinking = false;
        all.separateReasoning = false;
        all.logitBias = {{0, -100}, {50256, 7}};
        all.form = {AnswerForm::Kind::Schema, QStringLiteral("tide"), QStringLiteral("One"), QStringLiteral("{\"properties\": {}}"), true};
        panel->setParameters(all);
        QCOMPARE(panel->parameters(), all);
        QCOMPARE(m_bench->chat().conversation().parameters, ChatParameters()); // setting them is no change by hand
        findNamed<QWidget>(*panel, QStringLiteral("Seed"))->setFocus();
        panel->findChild<QLineEdit *>()->setText(QStringLiteral("5"));
        all.seed = 5;
        QVERIFY(m_bench->chat().conversation().parameters.seed);
    }


    void aSystemPromptIsCounted()
    {
        m_bench->choose("vendor/tide-7b");
        auto *box = m_bench->tab->panel()->findChild<SystemPrompt *>();
        auto *edit = box->findChild<QPlainTextEdit *>();
        QVERIFY(box->counter().isEmpty());
        edit->setPlainText(QString(1204, u'x'));
        QCOMPARE(box->counter(), QStringLiteral("1,204 of 100,000 characters, some 301 tokens"));
        QCOMPARE(m_bench->chat().conversation().system.size(), 1204);
        m_bench->type("Hi");
        QVERIFY(m_bench->sendButton().isEnabled());
        edit->setPlainText(QString(Conversation::kMostSystem + 1, u'x'));
        QVERIFY(!m_bench->sendButton().isEnabled());
        QVERIFY(m_bench->sendButton().toolTip().contains(QStringLiteral("longer than 100,000 characters")));
        QCOMPARE(edit->toPlainText().size(), Conversation::kMostSystem + 1); // nothing typed is lost
        edit->setPlainText(QStringLiteral("Be brief."));
        QVERIFY(m_bench->sendButton().isEnabled());
    }

    void aSchemaIsCheckedWhileItIsTyped()
    {
        m_bench->choose("vendor/tide-7b");
        m_bench->type("Hi");
        auto *panel = m_bench->tab->panel()->parameters();
        auto *kind = findNamed<QComboBox>(*panel, QStringLiteral("Answer as"));
        kind->setCurrentIndex(2);
        QVERIFY(!m_bench->sendButton().isEnabled());
        QCOMPARE(panel->problem(), QStringLiteral("Write the schema of the answer first."));
        QCOMPARE(m_bench->sendButton().toolTip(), panel->problem());
        findNamed<QPushButton>(*panel, QStringLiteral("Edit schema"))->click();
        auto *dialog = panel->findChild<SchemaDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        auto *schema = findNamed<QPlainTextEdit>(*dialog, QStringLiteral("Schema"));
        const auto verdict = [dialog] {
            QString all;
            for (const QLabel *label : dialog->findChildren<QLabel *>())
                all += label->text() + QLatin1Char('|');
            return all;
        };
        schema->setPlainText(QStringLiteral("{\n  \"type\": \"object\",\n}"));
        QVERIFY2(verdict().contains(QStringLiteral("in line 3, column ")), qPrintable(verdict()));
        QCOMPARE(schema->extraSelections().size(), 1);
        schema->setPlainText(QStringLiteral("[1]"));
        QVERIFY(verdict().contains(QStringLiteral("A schema is a JSON object")));
        buttonOf(*dialog, "Example")->click();
        QVERIFY2(verdict().contains(QStringLiteral("can be sent; it names 2 ")), qPrintable(verdict()));
        auto *name = findNamed<QLineEdit>(*dialog, QStringLiteral("Name"));
        name->setText(QStringLiteral("bad name"));
        QVERIFY(verdict().contains(QStringLiteral("up to 64 letters")));
        name->setText(QStringLiteral("tide"));
        dialog->accept();
        QVERIFY(m_bench->sendButton().isEnabled());
        QVERIFY(panel->problem().isEmpty());
        const QJsonValue format = m_bench->chat().preview(QStringLiteral("Hi")).body[QLatin1String("response_format")];
        QCOMPARE(format[QLatin1String("json_schema")][QLatin1String("name")].toString(), QStringLiteral("tide"));
        QCOMPARE(format[QLatin1String("json_schema")][QLatin1String("schema")][QLatin1String("properties")].toObject().size(), 2);
        kind->setCurrentIndex(0);
        QVERIFY(m_bench->chat().preview(QStringLiteral("Hi")).body[QLatin1String("response_format")].isUndefined());
        kind->setCurrentIndex(2); // the schema is there still
        QCOMPARE(m_bench->chat().conversation().parameters.form.name, QStringLiteral("tide"));
    }

    void linesAreParameters()
    {
        using namespace parametertext;
        const QStringList stops{QStringLiteral("\n\n"), QStringLiteral("a\\nb"), QStringLiteral("\t \\")};
        QCOMPARE(stopsOf(stopsText(stops)), stops);
        QCOMPARE(stopsText(stops), QStringLiteral("\\n\\n\na\\\\nb\n\\t \\\\"));
        QCOMPARE(stopsOf(QStringLiteral("C:\\dir\n\n")), QStringList{QStringLiteral("C:\\dir")});
        const QMap<int, int> biases{{3, -100}, {50256, 5}};
        QCOMPARE(biasesOf(biasesText(biases)), std::optional(biases));
        QCOMPARE(biasesOf(QStringLiteral(" 3 : -100 \n\n50256:5")), std::optional(biases));
        for (const char *bad : {"3", "3:", ":3", "a:1", "3:1.5", "3:1\n3:2", "3 1"})
            QVERIFY2(!biasesOf(QString::fromLatin1(bad)), bad);
    }

    void aBiasThatCannotBeReadIsSaidAndNotSent()
    {
        m_bench->choose("vendor/tide-7b");
        auto *panel = m_bench->tab->panel()->parameters();
        auto *bias = findNamed<QPlainTextEdit>(*panel, QStringLiteral("Token bias, one per line"));
        bias->setPlainText(QStringLiteral("7: -5"));
        QCOMPARE(m_bench->chat().conversation().parameters.logitBias.value(7), -5);
        bias->setPlainText(QStringLiteral("7: -5\n8"));
        QVERIFY(panel->problem().contains(QStringLiteral("not sent")));
        QCOMPARE(bias->toPlainText(), QStringLiteral("7: -5\n8")); // what is typed stays
        bias->setPlainText(QStringLiteral("7: -500"));
        QVERIFY(panel->problem().contains(QStringLiteral("from -100 to 100")));
        buttonOf(*panel, "Reset parameters")->click();
        QVERIFY(panel->problem().isEmpty());
        QCOMPARE(m_bench->chat().conversation().parameters, ChatParameters());
    }
};

QTEST_MAIN(TestChatParameters)
#include "tst_chatparameters.moc"
