// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QTest>

/// Reads the sources as text and holds them to the architecture map of README.md: which folder may include which, what may
/// be used where.
class TestLayering : public QObject
{
    Q_OBJECT

    struct Source
    {
        QString path; ///< below the top folder: "core/net/apiclient.h"
        QStringList lines;
    };

    QList<Source> m_sources;

    /// Folder → folders it may include, itself included. The longest matching prefix decides.
    static const QMap<QString, QStringList> &table()
    {
        static const auto list = [](const char *text) { return QString::fromLatin1(text).split(QLatin1Char(' ')); };
        static const QMap<QString, QStringList> arrows{
            {QStringLiteral("core/base"), list("core/base")},
            {QStringLiteral("core/net"), list("core/net core/base")},
            {QStringLiteral("core/http"), list("core/http core/base")},
            {QStringLiteral("core/prompts"), list("core/prompts core/base")},
            {QStringLiteral("core/cloud/types"), list("core/cloud/types core/base")},
            {QStringLiteral("core/cloud/endpoints"), list("core/cloud/endpoints core/cloud/types core/base")},
            {QStringLiteral("core/cloud/services"), list("core/cloud/services core/cloud/endpoints core/cloud/types core/net core/base")},
            {QStringLiteral("core/cloud/stores"), list("core/cloud/stores core/cloud/types core/base")},
            {QStringLiteral("core/settings"), list("core/settings core/base")},
            {QStringLiteral("core/secrets"), list("core/secrets core/base")},
            {QStringLiteral("core/database"), list("core/database core/cloud/types core/base")},
            {QStringLiteral("core/gallery"), list("core/gallery core/prompts core/database core/base")},
            {QStringLiteral("core/imagefile"), list("core/imagefile core/base")},
            {QStringLiteral("core/cloud/backends"),
             list("core/cloud/backends core/cloud/services core/cloud/endpoints core/cloud/types core/net core/base")},
            {QStringLiteral("core/images"),
             list("core/images core/gallery core/imagefile core/prompts core/cloud/backends core/cloud/endpoints core/cloud/services core/cloud/stores core/cloud/types core/database core/language core/net core/secrets core/settings core/base")},
            {QStringLiteral("core/language"), list("core/language core/cloud/services core/cloud/stores core/cloud/types core/net core/base")},
            {QStringLiteral("core/webhooks"), list("core/webhooks core/http core/database core/cloud/types core/net core/settings core/secrets core/base")},
            {QStringLiteral("core/workflows"),
             list("core/workflows core/database core/cloud/types core/cloud/services core/cloud/stores core/net core/settings core/secrets core/base")},
            {QStringLiteral("core/guards"), list("core/guards core/workflows core/database core/cloud/types core/cloud/services core/cloud/stores core/base")},
            {QStringLiteral("core/localapi"),
             list("core/localapi core/http core/webhooks core/workflows core/cloud/types core/cloud/stores core/net core/settings core/secrets core/base")},
            {QStringLiteral("core/incoming"), list("core/incoming core/webhooks core/workflows core/cloud/stores core/cloud/types core/base")},
            {QStringLiteral("core/outgoing"), list("core/outgoing core/webhooks core/workflows core/net core/cloud/stores core/cloud/types core/database core/base")},
            {QStringLiteral("core/sandbox"), list("core/sandbox core/http core/imagefile core/cloud/endpoints core/cloud/types core/base")},
            {QStringLiteral("ui"), list("ui core/language core/images core/gallery core/prompts core/imagefile core/cloud/endpoints core/guards core/localapi core/webhooks core/workflows core/cloud/types core/cloud/stores core/database core/settings core/base")},
            {QStringLiteral("app"), list("app ui core")},
        };
        return arrows;
    }

    static QString folderOf(const QString &path)
    {
        QString best;
        for (auto it = table().begin(); it != table().end(); ++it) {
            if (path.startsWith(it.key() + QLatin1Char('/')) && it.key().size() > best.size())
                best = it.key();
        }
        return best;
    }

    /// Lines that match, as "path:line: text". Comments do not count.
    QStringList offenders(const QStringList &folders, const QRegularExpression &pattern, const QStringList &exempt = {}) const
    {
        QStringList found;
        for (const Source &source : m_sources) {
            const auto inFolder = [&](const QString &folder) { return source.path.startsWith(folder + QLatin1Char('/')); };
            if (std::none_of(folders.begin(), folders.end(), inFolder)
                || std::any_of(exempt.begin(), exempt.end(), [&](const QString &prefix) { return source.path.startsWith(prefix); }))
                continue;
            for (qsizetype i = 0; i < source.lines.size(); ++i) {
                const QString code = source.lines.at(i).section(QStringLiteral("//"), 0, 0);
                if (pattern.match(code).hasMatch())
                    found.append(QStringLiteral("%1:%2: %3").arg(source.path).arg(i + 1).arg(code.trimmed()));
            }
        }
        return found;
    }

    static void expectNone(const QStringList &found)
    {
        QVERIFY2(found.isEmpty(), qPrintable(QLatin1Char('\n') + found.join(QLatin1Char('\n'))));
    }

private slots:
    void initTestCase()
    {
        const QDir top(QStringLiteral(NOVITA_SOURCE_DIR));
        for (const QString &folder : {QStringLiteral("core"), QStringLiteral("ui"), QStringLiteral("app")}) {
            QDirIterator it(top.filePath(folder), {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files, QDirIterator::Subdirectories);
            while (it.hasNext()) {
                QFile file(it.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                m_sources.append({top.relativeFilePath(file.fileName()), QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'))});
            }
        }
        QVERIFY(m_sources.size() > 50);
    }

    void everyFolderHasItsPlace()
    {
        QStringList lost;
        for (const Source &source : std::as_const(m_sources)) {
            if (folderOf(source.path).isEmpty())
                lost.append(source.path);
        }
        expectNone(lost);
    }

    void includesFollowTheTable()
    {
        static const QRegularExpression include(QStringLiteral("^\\s*#\\s*include\\s*\"([^\"]+)\""));
        QStringList found;
        for (const Source &source : std::as_const(m_sources)) {
            const QStringList allowed = table().value(folderOf(source.path));
            for (qsizetype i = 0; i < source.lines.size(); ++i) {
                const QRegularExpressionMatch match = include.match(source.lines.at(i));
                const QString target = match.captured(1);
                if (!match.hasMatch() || target.endsWith(QLatin1String(".moc")) || target.startsWith(QLatin1String("moc_")))
                    continue;
                if (std::none_of(allowed.begin(), allowed.end(), [&](const QString &folder) { return target.startsWith(folder + QLatin1Char('/')); }))
                    found.append(QStringLiteral("%1:%2 includes %3").arg(source.path).arg(i + 1).arg(target));
            }
        }
        expectNone(found);
    }

    void pagesDoNotIncludeOneAnother()
    {
        // What two pages share lives in models, widgets, delegates, in dialogs that any page may open, or at the top of ui/.
        static const QRegularExpression include(QStringLiteral("^\\s*#\\s*include\\s*\"ui/([a-z]+)/[^\"]+\""));
        static const QStringList shared{QStringLiteral("models"), QStringLiteral("widgets"), QStringLiteral("delegates"),
                                        QStringLiteral("instanceforms"), QStringLiteral("maskeditor"),
                                        QStringLiteral("gallery"), QStringLiteral("chat"), QStringLiteral("imageservers")};
        QStringList found;
        for (const Source &source : std::as_const(m_sources)) {
            const QString own = source.path.section(QLatin1Char('/'), 1, 1);
            if (!source.path.startsWith(QLatin1String("ui/")) || own.contains(QLatin1Char('.')))
                continue;
            for (const QString &line : source.lines) {
                const QString other = include.match(line).captured(1);
                if (!other.isEmpty() && other != own && !shared.contains(other))
                    found.append(source.path + QStringLiteral(" includes ui/") + other);
            }
        }
        expectNone(found);
    }

    void logsGoThroughCategories()
    {
        static const QRegularExpression plain(QStringLiteral("\\bq(Debug|Info|Warning|Critical)\\s*\\("));
        expectNone(offenders({QStringLiteral("core"), QStringLiteral("ui"), QStringLiteral("app")}, plain));
    }

    void nothingBlocksTheEventLoop()
    {
        static const QRegularExpression blocking(
            QStringLiteral("\\bQEventLoop\\b|\\bprocessEvents\\s*\\(|\\bwaitFor(Finished|ReadyRead|BytesWritten|Connected|Disconnected|Started)\\s*\\("
                           "|\\b(msleep|usleep|sleep_for)\\s*\\("));
        expectNone(offenders({QStringLiteral("core"), QStringLiteral("ui"), QStringLiteral("app")}, blocking));
        static const QRegularExpression modal(QStringLiteral("(\\.|->)exec\\s*\\("));
        // QDrag knows no other way.
        expectNone(offenders({QStringLiteral("ui"), QStringLiteral("app")}, modal,
                             {QStringLiteral("app/main.cpp"), QStringLiteral("app/sandboxmain.cpp"), QStringLiteral("ui/gallery/filedrag.cpp")}));
    }

    void networkAndChartsStayBehindTheirSeams()
    {
        static const QRegularExpression manager(QStringLiteral("#\\s*include\\s*<QNetwork(Reply|Request)>"));
        expectNone(offenders({QStringLiteral("core"), QStringLiteral("ui"), QStringLiteral("app")}, manager, {QStringLiteral("core/net/")}));
        static const QRegularExpression charts(QStringLiteral("#\\s*include\\s*<Q(tCharts|Chart|[A-Z][a-z]*Series|[A-Z][A-Za-z]*Axis)"));
        expectNone(offenders({QStringLiteral("ui"), QStringLiteral("app"), QStringLiteral("core")}, charts, {QStringLiteral("ui/widgets/chartplot")}));
        static const QRegularExpression widgets(QStringLiteral("#\\s*include\\s*<Q(Widget|Application|Dialog|Label|TableView)>"));
        expectNone(offenders({QStringLiteral("core")}, widgets));
        static const QRegularExpression beast(QStringLiteral("#\\s*include\\s*<boost/"));
        const QStringList users = offenders({QStringLiteral("core"), QStringLiteral("ui"), QStringLiteral("app")}, beast);
        QSet<QString> files;
        for (const QString &user : users)
            files.insert(user.section(QLatin1Char(':'), 0, 0));
        QVERIFY2(files.size() <= 1, qPrintable(users.join(QLatin1Char('\n'))));
    }

    void coloursComeFromTheTheme()
    {
        static const QRegularExpression colour(QStringLiteral("\"#[0-9A-Fa-f]{6}\\b|\\bQColor\\s*\\(\\s*(0x|[0-9]+\\s*,)|\\bqRgba?\\s*\\(\\s*[0-9]"));
        expectNone(offenders({QStringLiteral("ui"), QStringLiteral("app")}, colour, {QStringLiteral("ui/theme")}));
    }

    void everySourceNamesItsLicence()
    {
        QStringList found;
        for (const Source &source : std::as_const(m_sources)) {
            if (!source.lines.value(0).contains(QLatin1String("SPDX-License-Identifier: GPL-3.0-or-later")))
                found.append(source.path);
        }
        expectNone(found);
    }

    void filesStayReadable()
    {
        QStringList found;
        for (const Source &source : std::as_const(m_sources)) {
            if (source.lines.size() > 600)
                found.append(QStringLiteral("%1: %2 lines").arg(source.path).arg(source.lines.size()));
        }
        expectNone(found);
    }
};

QTEST_GUILESS_MAIN(TestLayering)
#include "tst_layering.moc"
