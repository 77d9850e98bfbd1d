// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/draftpresets.h"

#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "tests/support/tempsettings.h"

#include <QTest>

using namespace novita;

namespace {

InstanceDraft draft()
{
    InstanceDraft out;
    out.name = u"trainer"_qs;
    out.productId = ProductId(u"4090"_qs);
    out.imageUrl = u"ubuntu:22.04"_qs;
    out.gpuNum = 2;
    out.ports = {{8080, u"http"_qs}};
    out.envs = {{u"MODE"_qs, u"train"_qs}};
    return out;
}

} // namespace

class TestDraftPresets final : public QObject
{
    Q_OBJECT

private slots:
    void whatIsSavedComesBack()
    {
        TempSettings settings;
        DraftPresets presets(settings.get());
        QVERIFY(presets.names().isEmpty());
        const Result<QStringList> saved = presets.save(u"b"_qs, draft());
        QVERIFY(saved.ok() && saved->isEmpty());
        QVERIFY(presets.save(u"a"_qs, InstanceDraft()).ok());
        QCOMPARE(presets.names(), QStringList({u"a"_qs, u"b"_qs}));
        QCOMPARE(presets.load(u"b"_qs), draft());
        QCOMPARE(presets.load(u"none"_qs), InstanceDraft());
        QVERIFY(presets.remove(u"b"_qs).ok());
        QCOMPARE(presets.names(), QStringList{u"a"_qs});
    }

    void secretsAreNotKept()
    {
        TempSettings settings;
        DraftPresets presets(settings.get());
        InstanceDraft secret = draft();
        secret.envs.append({u"HF_TOKEN"_qs, u"hf_planted_value"_qs});
        secret.envs.append({u"PLAIN"_qs, u"sk_planted0123456789abcdef"_qs});
        secret.command = u"serve --api-key sk_planted0123456789abcdef"_qs;
        const Result<QStringList> saved = presets.save(u"x"_qs, secret);
        QVERIFY(saved.ok());
        QCOMPARE(*saved, QStringList({u"HF_TOKEN"_qs, u"PLAIN"_qs, u"command"_qs}));
        QVERIFY(!settings.get().value(keys::kCreatePresets).contains(u"planted"_qs));
        QCOMPARE(presets.load(u"x"_qs).envs.size(), 3); // their names stay
        QCOMPARE(presets.load(u"x"_qs).envs.first().value, u"train"_qs);
    }

    void thereIsABound()
    {
        TempSettings settings;
        DraftPresets presets(settings.get());
        QVERIFY(!presets.save({}, draft()).ok());
        for (int i = 0; i < DraftPresets::kMost; ++i)
            QVERIFY(presets.save(QString::number(i), draft()).ok());
        QVERIFY(!presets.save(u"one more"_qs, draft()).ok());
        QVERIFY(presets.save(u"7"_qs, draft()).ok()); // replaces
    }

    void damagedSettingsAreNoPresets()
    {
        TempSettings settings;
        QVERIFY(settings.get().setValue(keys::kCreatePresets, u"[broken"_qs).ok());
        DraftPresets presets(settings.get());
        QVERIFY(presets.names().isEmpty());
        QVERIFY(presets.save(u"a"_qs, draft()).ok());
        QCOMPARE(presets.load(u"a"_qs), draft());
    }
};

QTEST_GUILESS_MAIN(TestDraftPresets)
#include "tst_draftpresets.moc"
