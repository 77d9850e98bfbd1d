// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <QXmlStreamReader>

/// Every text with a number has its English singular and plural in translations/app_en.ts.
class TestTranslations : public QObject
{
    Q_OBJECT

    QMap<QString, QStringList> m_forms; ///< source text → plural forms

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
