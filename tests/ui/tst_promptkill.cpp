// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/promptbox.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace novita;

/// The program is killed while somebody types a prompt.
class TestPromptKill final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    /// What it found when it started. Kills it in the middle of a word, when it has typed for `typing`; `typed`: how
    /// far it was `before` that.
    QByteArray run(Milliseconds typing, Milliseconds before, int &typed)
    {
        QProcess typist;
        typist.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        typist.start(QStringLiteral(NOVITA_BIN_DIR "/prompttypist"),
                     {m_folder.filePath(QStringLiteral("images.sqlite"))});
        QByteArray found;
        QList<std::pair<qint64, int>> course;
        QElapsedTimer clock;
        while (!clock.isValid() || clock.elapsed() < typing.count()) {
            if (!typist.canReadLine() && !typist.waitForReadyRead(20000))
                break;
            while (typist.canReadLine()) {
                const QByteArray line = typist.readLine().trimmed();
                if (line.startsWith("found")) {
                    found = line.mid(6);
                    clock.start();
                } else if (line.startsWith("typed ")) {
                    course.append({clock.elapsed(), line.mid(6).toInt()});
                }
            }
        }
        typist.kill();
        typist.waitForFinished();
        typed = 0;
        const qint64 end = course.isEmpty() ? 0 : course.last().first;
        for (const auto &[at, letters] : course)
            typed = at <= end - before.count() ? letters : typed;
        return found;
    }

private slots:
    void whatWasTypedIsThere()
    {
        // The latest write may still have been on its way to the disk.
        const Milliseconds before = PromptBox::kDraftDelay + Milliseconds(200);
        int typed = 0, further = 0;
        QCOMPARE(run(Milliseconds(1500), before, typed), QByteArray());
        QVERIFY2(typed > 20, qPrintable(QString::number(typed)));
        const QByteArray kept = run(Milliseconds(1500), before, further);
        QVERIFY2(kept.size() >= typed, qPrintable(QStringLiteral("%1 of %2").arg(kept.size()).arg(typed)));
        for (qsizetype i = 0; i < kept.size(); ++i)
            QCOMPARE(kept.at(i), char('a' + i % 26));
        // It goes on behind that, and is killed once more.
        QVERIFY(further > kept.size());
        QVERIFY(run(Milliseconds(10), before, typed).size() >= further);
    }
};

QTEST_GUILESS_MAIN(TestPromptKill)
#include "tst_promptkill.moc"
