// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/redact.h"
#include "core/language/keptfiles.h"
#include "core/language/languagechat.h"
#include "core/language/languagemodels.h"
#include "core/net/apiclient.h"
#include "tests/support/await.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakenam.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <memory>

namespace novita {

/// Language models and the chat of one data folder, against a scripted cloud.
class LanguageBench
{
public:
    LanguageBench() { restart(); }
    ~LanguageBench()
    {
        stop();
        clearRegisteredSecrets();
    }

    /// As after an end of the program: all of it anew, on the same folder.
    void restart()
    {
        stop();
        nam = std::make_unique<FakeNam>();
        client = std::make_unique<ApiClient>(*nam, clock, [] { return 0.5; });
        client->setKey(QStringLiteral("sk_test_0123456789"));
        files = std::make_unique<KeptFiles>(folder.path() + QStringLiteral("/language"));
        models = std::make_unique<LanguageModels>(*client, *files, clock);
        chat = std::make_unique<LanguageChat>(LanguageChat::Parts{*client, *models, *files, clock});
    }
    void stop()
    {
        chat.reset();
        models.reset();
        files.reset();
        client.reset();
        nam.reset();
    }
    QString path(const char *name) const { return folder.path() + QStringLiteral("/language/") + QString::fromLatin1(name); }
    void putFile(const char *name, const QByteArray &content)
    {
        QDir().mkpath(folder.path() + QStringLiteral("/language"));
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("The temporary directory is not writable");
    }

    static QByteArray chunk(const QByteArray &text) { return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n"; }
    /// A whole streamed answer of the pieces given.
    static QByteArray answer(const QByteArrayList &pieces, const QByteArray &finish = "stop")
    {
        QByteArray out;
        for (const QByteArray &piece : pieces)
            out += chunk(piece);
        return out + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + finish + "\"}]}\n\n"
            + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":8,\"total_tokens\":17}}\n\ndata: [DONE]\n\n";
    }
    static QByteArray list()
    {
        return "{\"data\":[{\"id\":\"vendor/tide-7b\",\"title\":\"Tide 7B\",\"context_size\":131072,\"input_token_price_per_m\":700000,"
               "\"output_token_price_per_m\":2500000,\"features\":[\"serverless\",\"reasoning\"],\"input_modalities\":[\"text\",\"image\"]},"
               "{\"id\":\"vendor/bare\"},{\"id\":\"\"},{\"id\":\"vendor/bare\"}]}";
    }

    QTemporaryDir folder;
    FakeClock clock;
    std::unique_ptr<FakeNam> nam;
    std::unique_ptr<ApiClient> client;
    std::unique_ptr<KeptFiles> files;
    std::unique_ptr<LanguageModels> models;
    std::unique_ptr<LanguageChat> chat;
};

} // namespace novita
