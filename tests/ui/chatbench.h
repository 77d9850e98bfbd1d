// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/images/imageworkspace.h"
#include "core/language/languagechat.h"
#include "core/language/languagemodels.h"
#include "tests/support/uifixture.h"
#include "tests/ui/findnamed.h"
#include "ui/chat/chatpanel.h"
#include "ui/chat/chattab.h"
#include "ui/chat/conversationview.h"
#include "ui/chat/messageedit.h"
#include "ui/chat/modellist.h"
#include "ui/chat/turncard.h"
#include "ui/widgets/errorbanner.h"

#include <QAction>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

#include <memory>

namespace novita {

/// The tab of the language models before a scripted cloud, with three models in its list.
class ChatBench
{
public:
    static ProfileId profile() { return ProfileId(QStringLiteral("mine")); }
    static QByteArray chunk(const QByteArray &text) { return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n"; }
    static QByteArray finish(const QByteArray &reason = "stop")
    {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}\n\ndata: [DONE]\n\n";
    }
    static QByteArray whole(const QByteArray &text) { return chunk(text) + finish(); }
    static QByteArray models()
    {
        return "{\"data\":[{\"id\":\"vendor/tide-7b\",\"title\":\"Tide 7B\",\"context_size\":131072,\"input_token_price_per_m\":700,\"output_token_price_per_m\":2500},"
               "{\"id\":\"vendor/small\",\"title\":\"Small\",\"context_size\":8192,\"input_token_price_per_m\":0,\"output_token_price_per_m\":0},{\"id\":\"vendor/bare\"}]}";
    }

    ChatBench() : fixture(std::make_unique<UiFixture>())
    {
        fixture->network().script(FakeAnswer::payload(models()));
        openTab();
    }
    ~ChatBench() { tab.reset(); }

    void openTab(const ProfileId &of = profile())
    {
        tab.reset();
        fixture->images().open(of, Reach::Local);
        tab = std::make_unique<ChatTab>(fixture->context());
        tab->resize(1100, 700);
        tab->show();
        tab->activate();
    }
    bool waitForModels(int count = 3)
    {
        return QTest::qWaitFor([this, count] { return tab->list()->model()->totalCount() == count; });
    }
    /// Before that nothing can be said.
    bool waitForChat()
    {
        return QTest::qWaitFor([this] { return chat().obstacle(QStringLiteral("?")) != ChatObstacle::Reading; });
    }
    LanguageChat &chat() { return fixture->images().chat(); }
    ConversationView &view() { return *tab->panel()->view(); }
    MessageEdit &message() { return *tab->panel()->message(); }
    QPushButton &sendButton() { return *tab->panel()->sendButton(); }
    QString banner() const { return tab->list()->banner()->isShowing() ? tab->list()->banner()->sentence() : QString(); }
    QAction *action(const char *text) const { return findAction(tab->pageActions(), QString::fromUtf8(text)); }
    void choose(const char *id) { chat().setModel(LanguageModelId(QString::fromLatin1(id))); }
    void type(const char *text) { message().setPlainText(QString::fromUtf8(text)); }
    /// Sends by the button, and waits for the end of the answer.
    void say(const char *text, const QByteArray &answer, int status = 200)
    {
        fixture->network().script(FakeAnswer::payload(answer, status));
        type(text);
        QTest::mouseClick(&sendButton(), Qt::LeftButton);
        QTRY_VERIFY(!chat().isBusy());
        view().flush();
    }
    /// What the labels of the panel say.
    QString words() const
    {
        QString all;
        for (const QLabel *label : tab->panel()->findChildren<QLabel *>())
            all += label->text() + QLatin1Char('|');
        return all;
    }
    static QString textOf(const TurnCard &card)
    {
        QString text;
        for (const QPlainTextEdit *one : card.findChildren<QPlainTextEdit *>()) {
            if (!one->accessibleName().startsWith(QStringLiteral("Reasoning")))
                text += one->toPlainText() + QLatin1Char('|');
        }
        return text;
    }
    static QString wordsOf(const TurnCard &card)
    {
        QStringList words;
        for (const QLabel *label : card.findChildren<QLabel *>()) {
            if (!label->isHidden())
                words.append(label->text());
        }
        return words.join(QLatin1Char('|'));
    }

    std::unique_ptr<UiFixture> fixture;
    std::unique_ptr<ChatTab> tab;
};

/// Of a test that has one for each of its functions, with models and conversation read.
class ChatWorld
{
protected:
    void begin()
    {
        m_bench = std::make_unique<ChatBench>();
        QVERIFY(m_bench->waitForModels());
        QVERIFY(m_bench->waitForChat());
    }
    void end() { m_bench.reset(); }

    std::unique_ptr<ChatBench> m_bench;
};

} // namespace novita
