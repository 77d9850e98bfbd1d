// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzztarget.h"

#include <QByteArray>
#include <QDir>
#include <QFile>

#include <cstdio>

/// Gives every file of a folder to the fuzz target once. Fails when there is none: then the folder's name is wrong.
int main(int argc, char **argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "Usage: %s FOLDER\n", argv[0]);
        return 2;
    }
    const QDir folder(QFile::decodeName(argv[1]));
    int count = 0;
    for (const QString &name : folder.entryList(QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly)) {
            std::fprintf(stderr, "%s: %s\n", qPrintable(file.fileName()), qPrintable(file.errorString()));
            return 1;
        }
        const QByteArray bytes = file.readAll();
        std::printf("%s\n", qPrintable(name));
        std::fflush(stdout); // the name of what aborts must be out by then
        LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t *>(bytes.constData()), std::size_t(bytes.size()));
        ++count;
    }
    std::printf("%d replayed\n", count);
    return count > 0 ? 0 : 1;
}
