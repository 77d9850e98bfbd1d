// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/gallery/picturefiles.h"

namespace novita {

class Database;

/// The copies of pictures that jobs start from (PictureFiles::saveInput()), once nothing names them any more.
///
/// Thread: the Database's; the files are deleted in its own.
class InputFiles final
{
    Q_DISABLE_COPY_MOVE(InputFiles)

public:
    static constexpr Seconds kUnused{24 * 3600}; ///< somebody may have one in the form, where nobody else knows of it
    static constexpr int kMostSwept = 500;       ///< of one sweep(); the next one goes on

    InputFiles(Database &database, const PictureFiles &files)
        : m_database(database)
        , m_files(files)
    {
    }

    /// Deletes those that no job (which could be done again), no recipe of a picture and no draft of any profile names,
    /// and that nobody has saved for kUnused before `now`. One that is older than all that images.sqlite knows stays:
    /// it may belong to a file that was set aside. Result: how many.
    Call<int> *sweep(TimePoint now);

private:
    Database &m_database;
    const PictureFiles m_files;
};

} // namespace novita
