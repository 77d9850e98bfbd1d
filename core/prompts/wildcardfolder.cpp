// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prompts/wildcardfolder.h"

#include "core/base/displaytext.h"
#include "core/base/plainfile.h"
#include "core/base/trash.h"
#include "core/prompts/prompttree.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QStringDecoder>

#include <algorithm>
#include <optional>
#include <utility>

namespace novita::wildcardfolder {

namespace {

struct WildcardFolderWords
{
    Q_DECLARE_TR_FUNCTIONS(WildcardFolder)
};

constexpr qsizetype kMostProblems = 50;

/// A name that `__name__` reads as a list, and as that one.
bool canBeWritten(const QString &name)
{
    const PromptReading<PromptSequence> read = prompttree::parse(QStringLiteral("__%1__").arg(name));
    return read.ok() && read.value.size() == 1 && read.value.front().kind == PromptPart::Kind::Wildcard && read.value.front().text == name;
}

class Reader
{
public:
    Reader(const QString &path, std::stop_token stop)
        : m_top(path)
        , m_stop(std::move(stop))
    {
    }

    Result<WildcardFolder> run()
    {
        const QFileInfo top(m_top.path());
        if (!top.isDir() || !top.isReadable())
            return Error::make(ErrorKind::Storage, WildcardFolderWords::tr("The folder of wildcard lists cannot be read."), m_top.path());
        readFolder(m_top.path(), QString(), 0);
        if (m_stop.stop_requested())
            return Error::make(ErrorKind::Canceled, QString());
        return m_out;
    }

private:
    void say(const QString &name, const QString &what)
    {
        if (m_out.problems.size() < kMostProblems)
            m_out.problems.append(QStringLiteral("%1: %2").arg(displayLine(name, 100), what));
    }

    void readFolder(const QString &path, const QString &prefix, int depth)
    {
        if (depth > kMostDepth) {
            say(prefix, WildcardFolderWords::tr("lies too deep and was not read."));
            return;
        }
        // One pass for names, so that nobody's folder of a million files is sorted.
        QStringList files;
        QStringList folders;
        for (QDirIterator it(path, QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks); it.hasNext() && !m_stop.stop_requested();) {
            it.next();
            if (++m_entries > kMostEntries) {
                if (m_entries == kMostEntries + 1)
                    say(prefix.isEmpty() ? m_top.dirName() : prefix, WildcardFolderWords::tr("there are too many files; the rest was not read."));
                break;
            }
            if (it.fileInfo().isDir())
                folders.append(it.fileName());
            else if (it.fileName().endsWith(QLatin1String(".txt"), Qt::CaseInsensitive))
                files.append(it.fileName());
        }
        files.sort();
        folders.sort();
        for (const QString &file : std::as_const(files))
            readFile(path + u'/' + file, prefix + file.chopped(4));
        for (const QString &folder : std::as_const(folders))
            readFolder(path + u'/' + folder, prefix + folder + u'/', depth + 1);
    }

    std::optional<QByteArray> bytesOf(const QString &path, const QString &name)
    {
        const Result<QByteArray> bytes = plainfile::read(path, kMostBytes, plainfile::Links::Refuse);
        if (!bytes) {
            say(name, bytes.error().kind == ErrorKind::Validation ? WildcardFolderWords::tr("is larger than 1 MiB and was not read.")
                                                                  : WildcardFolderWords::tr("cannot be read."));
            return {};
        }
        m_bytes += bytes->size();
        if (m_bytes > kMostBytesInAll) {
            say(name, WildcardFolderWords::tr("was not read: all lists together are larger than 16 MiB."));
            return {};
        }
        return *bytes;
    }

    void readFile(const QString &path, const QString &name)
    {
        if (m_stop.stop_requested() || m_bytes > kMostBytesInAll)
            return;
        if (!canBeWritten(name)) {
            say(name, WildcardFolderWords::tr("is no name that can be written between double underscores."));
            return;
        }
        if (m_out.lists.size() >= WildcardLists::kMostLists) {
            say(name, WildcardFolderWords::tr("was not read: there are too many lists."));
            return;
        }
        const std::optional<QByteArray> bytes = bytesOf(path, name);
        if (!bytes)
            return;
        QStringDecoder decode(QStringDecoder::Utf8);
        const QString text = decode(*bytes);
        if (decode.hasError() || text.contains(QChar(0))) {
            say(name, WildcardFolderWords::tr("is no UTF-8 text."));
            return;
        }
        const QStringList lines = WildcardLists::linesOf(text);
        if (lines.size() == WildcardLists::kMostLines)
            say(name, WildcardFolderWords::tr("only its first %1 lines are used.").arg(WildcardLists::kMostLines));
        m_out.lists.insert(name, lines);
    }

    QDir m_top;
    std::stop_token m_stop;
    WildcardFolder m_out;
    qsizetype m_entries = 0;
    qint64 m_bytes = 0;
};

/// The file of a list, if its name is one; nothing on the way to it is a link that could lead elsewhere.
Result<QString> fileOf(const QString &path, const QString &name)
{
    const QStringList parts = name.split(u'/');
    const bool isSound = canBeWritten(name) && parts.size() <= kMostDepth + 1 && std::none_of(parts.begin(), parts.end(), [](const QString &part) { return part.isEmpty() || part.startsWith(u'.'); });
    if (!isSound)
        return Error::make(ErrorKind::Validation, WildcardFolderWords::tr("“%1” cannot be the name of a list: use letters, digits, - and single _; / sets folders apart.").arg(displayLine(name, 100)));
    QString at = path;
    for (const QString &part : parts.mid(0, parts.size() - 1)) {
        at += u'/' + part;
        if (QFileInfo(at).isSymLink())
            return Error::make(ErrorKind::Validation, WildcardFolderWords::tr("The folder of this list is a link; it is not followed."));
    }
    const QString file = path + u'/' + name + QStringLiteral(".txt");
    if (QFileInfo(file).isSymLink())
        return Error::make(ErrorKind::Validation, WildcardFolderWords::tr("The file of this list is a link; it is not followed."));
    return file;
}

Error failed(const QString &why)
{
    return Error::make(ErrorKind::Storage, WildcardFolderWords::tr("The list could not be written: %1").arg(why));
}

} // namespace

Result<QString> textOf(const QString &path, const QString &name)
{
    const Result<QString> place = fileOf(path, name);
    if (!place)
        return place.error();
    const Result<QByteArray> bytes = plainfile::read(*place, kMostBytes, plainfile::Links::Refuse);
    if (!bytes && bytes.error().kind != ErrorKind::Validation)
        return Error::make(ErrorKind::Storage, WildcardFolderWords::tr("The list cannot be read."), *place);
    QStringDecoder decode(QStringDecoder::Utf8);
    const QString text = decode(bytes.valueOr({}));
    if (!bytes || decode.hasError() || text.contains(QChar(0)))
        return Error::make(ErrorKind::Validation, WildcardFolderWords::tr("The file is no UTF-8 text, or larger than 1 MiB."));
    return text;
}

Result<Done> save(const QString &path, const QString &name, const QString &text)
{
    const Result<QString> place = fileOf(path, name);
    if (!place)
        return place.error();
    const QByteArray bytes = text.toUtf8();
    if (bytes.size() > kMostBytes)
        return Error::make(ErrorKind::Validation, WildcardFolderWords::tr("A list may have up to 1 MiB."));
    QDir().mkpath(QFileInfo(*place).absolutePath());
    const Result<Done> written = plainfile::write(*place, bytes);
    return written ? written : Result<Done>(failed(written.error().message));
}

Result<Done> remove(const QString &path, const QString &name)
{
    const Result<QString> place = fileOf(path, name);
    if (!place)
        return place.error();
    if (moveToTrash(*place) || QFile::remove(*place))
        return Done{};
    return Error::make(ErrorKind::Storage, WildcardFolderWords::tr("The list could not be deleted."), *place);
}

Result<WildcardFolder> read(const QString &path, std::stop_token stop)
{
    return Reader(path, std::move(stop)).run();
}

} // namespace novita::wildcardfolder
