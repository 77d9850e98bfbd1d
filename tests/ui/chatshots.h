// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/chatbench.h"
#include "ui/chat/schemadialog.h"
#include "ui/theme.h"

namespace novita {

/// The language models: an empty chat, answers with code, long words and reasoning, one that arrives, failures, parameters, a schema, the built-in list, narrow.
inline void shootChat(ColorScheme scheme, int percent, const QString &prefix)
{
    ChatBench bench;
    bench.fixture->theme().apply(scheme, percent);
    bench.tab->setAutoFillBackground(true);
    bench.tab->resize(1180, 720);
    if (!bench.waitForModels())
        return;
    const auto shot = [&bench, &prefix](const char *name) {
        QTest::qWait(120); // layouts and queued updates
        bench.tab->grab().save(prefix + QStringLiteral("chat-%1.png").arg(QLatin1String(name)));
    };
    shot("empty");
    bench.choose("vendor/tide-7b");
    const QByteArray usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1204,\"completion_tokens\":380,\"total_tokens\":1584}}\n\n";
    bench.say("How do I list the tides of a harbour in C++?",
              ChatBench::chunk("<think>They want a loop. Keep it short.</think>Like this:\\n\\n```cpp\\nfor (const Tide &tide : harbour.tides(QDateTime::currentDateTime(), "
                               "std::chrono::hours(24), TideKind::Spring | TideKind::Neap))\\n    std::cout << tide.name << '\\\\n';\\n```\\n\\nA long word: "
                               + QByteArray(160, 'w') + " and an address: https://example.net/" + QByteArray(120, 'a'))
                  + usage + ChatBench::finish());
    shot("code");
    for (QPushButton *button : bench.view().cards().constLast()->findChildren<QPushButton *>()) {
        if (button->isCheckable())
            button->click();
    }
    shot("reasoning");
    bench.say("And the next?", ChatBench::chunk("A few words, and then"));
    bench.say("Once more", "{\"code\":403,\"reason\":\"NOT_ENOUGH_BALANCE\",\"message\":\"no\"}", 403);
    shot("failures");
    bench.fixture->network().script(FakeAnswer::hanging());
    bench.type("A question that waits for its answer");
    bench.sendButton().click();
    shot("waiting");
    bench.chat().stop();
    bench.action("Parameters")->setChecked(true);
    ChatParameters parameters;
    parameters.temperature = 0.7;
    parameters.stop = QStringList{QStringLiteral("\n\n")};
    parameters.form.kind = AnswerForm::Kind::Schema;
    bench.chat().setSystem(QStringLiteral("Be brief."));
    bench.chat().setParameters(parameters);
    shot("parameters");
    parameters.form.schema = QStringLiteral("{\n    \"type\": \"object\",\n    \"properties\": {\n        \"title\": { \"type\": \"string\" },\n    }\n}");
    SchemaDialog dialog(bench.fixture->theme(), parameters.form, bench.tab.get());
    dialog.show();
    QTest::qWait(120);
    dialog.grab().save(prefix + QStringLiteral("chat-schema.png"));
    dialog.hide();
    bench.tab->resize(760, 560);
    shot("narrow");
}

} // namespace novita
