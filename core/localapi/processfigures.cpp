// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/localapi/processfigures.h"

#include <QDir>
#include <QFile>

#ifdef Q_OS_UNIX
#include <cstdlib>

#include <sys/resource.h>
#include <unistd.h>
#endif

namespace novita {

namespace {

#ifdef Q_OS_UNIX
double secondsOf(const timeval &time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

void readMemory(ProcessFigures &figures)
{
    const qint64 page = sysconf(_SC_PAGESIZE);
    if (QFile file(QStringLiteral("/proc/self/statm")); page > 0 && file.open(QIODevice::ReadOnly)) {
        const QList<QByteArray> words = file.readAll().split(' ');
        if (words.size() >= 2) {
            figures.virtualBytes = words.at(0).toLongLong() * page;
            figures.residentBytes = words.at(1).toLongLong() * page;
        }
    }
    if (const qint64 pages = sysconf(_SC_PHYS_PAGES); pages > 0 && page > 0)
        figures.machineBytes = pages * page;
}
#endif

} // namespace

ProcessFigures readProcessFigures()
{
    ProcessFigures figures;
#ifdef Q_OS_UNIX
    readMemory(figures);
    const QDir open(QStringLiteral("/proc/self/fd"));
    if (const qsizetype files = open.entryList(QDir::Files | QDir::System | QDir::Hidden).size(); files > 0)
        figures.openFiles = files;
    if (rusage usage{}; getrusage(RUSAGE_SELF, &usage) == 0)
        figures.cpuSeconds = secondsOf(usage.ru_utime) + secondsOf(usage.ru_stime);
    if (std::array<double, 3> load{}; getloadavg(load.data(), 3) == 3)
        figures.load = load;
#endif
    return figures;
}

} // namespace novita
