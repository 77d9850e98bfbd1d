// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/gallery/picturefiles.h"

#include <QStringList>

namespace novita {

class Database;

/// Files in the gallery's folder that belong to no picture: on their way in, before PictureStore::add() takes them, and
/// on their way out, after PictureStore::remove(). Their names are in images.sqlite before anything happens to the
/// files, so that what a kill leaves behind is found at the next start. A file that nobody has written down is never
/// touched: after the loss of images.sqlite all of them are that.
///
/// Thread: the Database's; the files are deleted in its own.
class LooseFiles final
{
    Q_DISABLE_COPY_MOVE(LooseFiles)

public:
    static constexpr int kMostSwept = 500; ///< of one sweep(); the next one goes on

    LooseFiles(Database &database, const PictureFiles &files)
        : m_database(database)
        , m_files(files)
    {
    }

    /// Before files of these names are written. Result: those of them that must not be: they are on their way out.
    Call<QStringList> *announce(const QStringList &names);
    /// Those of them that a picture of any profile has, or that are on their way in or out. The others belong to nobody.
    Call<QStringList> *claimed(const QStringList &names) const;
    /// Those that were announced, and are not taken after all: they are deleted, unless a picture has them.
    Call<Done> *withdraw(const QStringList &names);
    /// Once a start, before anything else is asked for: what the last run has left. Result: how many files went.
    Call<int> *sweep();

private:
    Database &m_database;
    const PictureFiles m_files;
};

} // namespace novita
