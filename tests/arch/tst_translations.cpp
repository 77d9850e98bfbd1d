// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

/// Every text with a number has its English singular and plural in translations/app_en.ts.
class TestTranslations : public QObject
{
    Q_OBJECT

    QMap<QString, QStringList> m_forms; ///< source text → plural forms

    /// "context: source", once for each message.
    static QStringList messagesOf(const QString &path)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return {};
        QXmlStreamReader xml(&file);
        QString context;
        QStringList messages;
        while (!xml.atEnd()) {
            if (!xml.readNextStartElement())
                continue;
            if (xml.name() == QLatin1String("name"))
                context = xml.readElementText();
            else if (xml.name() == QLatin1String("source"))
                messages.append(context + QStringLiteral(": ") + xml.readElementText());
            else if (xml.name() == QLatin1String("translation") && xml.attributes().hasAttribute(QLatin1String("type")))
                messages.append(xml.attributes().value(QLatin1String("type")).toString() + QStringLiteral(": ") + messages.constLast());
        }
        messages.sort();
        return messages;
    }

private slots:
    void initTestCase()
    {
        QFile file(QStringLiteral(NOVITA_SOURCE_DIR "/translations/app_en.ts"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QXmlStreamReader xml(&file);
        QString source;
        while (!xml.atEnd()) {
            if (!xml.readNextStartElement())
                continue;
            if (xml.name() == QLatin1String("source"))
                source = xml.readElementText();
            else if (xml.name() == QLatin1String("numerusform"))
                m_forms[source].append(xml.readElementText());
        }
        QVERIFY(m_forms.size() > 10);
    }

    void formsAreWrittenOut()
    {
        for (auto it = m_forms.constBegin(); it != m_forms.constEnd(); ++it) {
            QVERIFY2(it->size() % 2 == 0, qPrintable(it.key()));
            for (const QString &form : it.value())
                QVERIFY2(!form.isEmpty() && !form.contains(QLatin1String("(s)")) && (form.contains(QLatin1String("%n")) || form.contains(QLatin1String("%Ln"))), qPrintable(it.key()));
        }
    }

    /// As the target update_translations does: what lupdate does not find in the code goes, and so would its plural.
    void takingUpNewTextsChangesNothing()
    {
        const QString kept = QStringLiteral(NOVITA_SOURCE_DIR "/translations/app_en.ts");
        const QTemporaryDir folder;
        const QString updated = folder.filePath(QStringLiteral("app_en.ts"));
        QVERIFY(QFile::copy(kept, updated));
        QFile sources(folder.filePath(QStringLiteral("sources")));
        QVERIFY(sources.open(QIODevice::WriteOnly));
        for (const char *name : {"core", "ui", "app"}) {
            QDirIterator it(QStringLiteral(NOVITA_SOURCE_DIR "/") + QLatin1String(name), {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                            QDirIterator::Subdirectories);
            while (it.hasNext())
                sources.write(it.next().toUtf8() + '\n');
        }
        sources.close();
        QProcess lupdate;
        lupdate.start(QStringLiteral(NOVITA_LUPDATE), {QStringLiteral("-silent"), QStringLiteral("-no-obsolete"), QStringLiteral("-locations"), QStringLiteral("none"),
                                                       QStringLiteral("-pluralonly"), QStringLiteral("-I"), QStringLiteral(NOVITA_SOURCE_DIR), QLatin1Char('@') + sources.fileName(),
                                                       QStringLiteral("-ts"), updated});
        const bool finished = lupdate.waitForFinished(60'000) && lupdate.exitStatus() == QProcess::NormalExit && lupdate.exitCode() == 0;
        const QByteArray complaints = lupdate.readAllStandardError();
        QVERIFY2(finished, complaints.constData());
        // Said of a call of tr() outside of a class with a context: the program asks for the text elsewhere than translators find it.
        QVERIFY2(!complaints.contains("lacks Q_OBJECT"), complaints.constData());
        const QStringList before = messagesOf(kept), after = messagesOf(updated);
        QVERIFY(before.size() > 10);
        for (const QString &message : before)
            QVERIFY2(after.contains(message), qPrintable(QStringLiteral("not found in the code: ") + message));
        for (const QString &message : after)
            QVERIFY2(before.contains(message), qPrintable(QStringLiteral("not written out: ") + message));
    }

    void noTextWithANumberIsForgotten()
    {
        static const QRegularExpression text(QStringLiteral("(?:\\btr|::tr|translate)\\(\\s*(?:\"[^\"]*\",\\s*)?((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*)+)"));
        QStringList forgotten;
        for (const QString &folder : {QStringLiteral("core"), QStringLiteral("ui"), QStringLiteral("app")}) {
            QDirIterator it(QStringLiteral(NOVITA_SOURCE_DIR "/") + folder, {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                            QDirIterator::Subdirectories);
            while (it.hasNext()) {
                QFile file(it.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                const QString code = QString::fromUtf8(file.readAll());
                for (auto matches = text.globalMatch(code); matches.hasNext();) {
                    static const QRegularExpression seam(QStringLiteral("\"\\s*\""));
                    QString source = matches.next().captured(1).trimmed().replace(seam, QString());
                    source = source.mid(1, source.size() - 2);
                    if ((source.contains(QLatin1String("%n")) || source.contains(QLatin1String("%Ln"))) && !m_forms.contains(source))
                        forgotten.append(file.fileName() + QStringLiteral(": ") + source);
                }
            }
        }
        QVERIFY2(forgotten.isEmpty(), qPrintable(QStringLiteral("run the target update_translations and fill in:\n") + forgotten.join(QLatin1Char('\n'))));
    }
};

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
