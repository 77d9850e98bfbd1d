// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/endpointtable.h"

#include "core/base/displaytext.h"
#include "core/base/plainfile.h"
#include "core/cloud/endpoints/endpointloader.h"
#include "core/cloud/endpoints/schemaform.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

/// Resources of a static library are dropped by the linker unless something asks for them; the macro wants no namespace.
static void initEndpointResources()
{
    Q_INIT_RESOURCE(endpoints);
}

namespace novita {

namespace {

struct EndpointTableWords
{
    Q_DECLARE_TR_FUNCTIONS(EndpointTable)
};

const QString &listsFile()
{
    static const QString name = QStringLiteral("lists.json");
    return name;
}

/// At most one byte more than is allowed: the loader then says that it is too much.
QByteArray contentOf(const QString &path)
{
    if (!path.startsWith(QLatin1Char(':')))
        return plainfile::startOf(path, EndpointTable::kMostFileBytes + 1).valueOr({});
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(EndpointTable::kMostFileBytes + 1) : QByteArray();
}

} // namespace

EndpointTable EndpointTable::builtIn(QStringList *problems)
{
    initEndpointResources();
    const QDir folder(QStringLiteral(":/endpoints"));
    EndpointTable table;
    QStringList found;
    const Result<ChoiceLists> lists = parseChoiceLists(contentOf(folder.filePath(listsFile())), listsFile());
    if (lists)
        table.m_lists = *lists;
    else
        found.append(lists.error().message);
    found += table.addFolder(folder.path());
    if (problems)
        *problems = found;
    return table;
}

QStringList EndpointTable::addFolder(const QString &folder)
{
    QStringList problems;
    const QFileInfoList files = QDir(folder).entryInfoList({QStringLiteral("*.json")}, QDir::Files | QDir::NoSymLinks | QDir::Readable, QDir::Name);
    for (const QFileInfo &info : files.first(std::min<qsizetype>(kMostFiles, files.size()))) {
        if (info.fileName() == listsFile())
            continue;
        const Result<EndpointSpec> spec = parseEndpoint(contentOf(info.filePath()), displayLine(info.fileName(), 128), m_lists);
        if (spec)
            add(*spec);
        else
            problems.append(spec.error().message);
    }
    if (files.size() > kMostFiles)
        problems.append(EndpointTableWords::tr("More than %1 endpoint files; the rest was not read.").arg(kMostFiles));
    return problems;
}

void EndpointTable::add(const EndpointSpec &spec)
{
    m_all.removeIf([&spec](const EndpointSpec &known) { return known.id == spec.id; });
    const auto place = std::upper_bound(m_all.cbegin(), m_all.cend(), spec, [](const EndpointSpec &a, const EndpointSpec &b) {
        return a.title.compare(b.title, Qt::CaseInsensitive) < 0;
    });
    m_all.insert(place, spec);
}

void EndpointTable::setVideoModels(const QList<EndpointSpec> &specs)
{
    m_all.removeIf(&isVideoModel);
    for (EndpointSpec spec : specs) {
        // Titles are made of names, and two names may read the same.
        if (std::any_of(m_all.cbegin(), m_all.cend(), [&spec](const EndpointSpec &known) { return known.title == spec.title; }))
            spec.title += QStringLiteral(" (%1)").arg(displayLine(videoModelName(spec), 80));
        add(spec);
    }
}

const EndpointSpec *EndpointTable::find(QAnyStringView id) const
{
    const auto found = std::find_if(m_all.cbegin(), m_all.cend(), [id](const EndpointSpec &spec) { return spec.id == id; });
    return found == m_all.cend() ? nullptr : &*found;
}

QList<const EndpointSpec *> EndpointTable::serving(ImageMode mode) const
{
    QList<const EndpointSpec *> found;
    for (const EndpointSpec &spec : m_all) {
        if (spec.serves(mode))
            found.append(&spec);
    }
    return found;
}

} // namespace novita
