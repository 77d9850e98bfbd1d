// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/database/database.h"
#include "core/gallery/imageskind.h"
#include "tests/support/await.h"
#include "tests/support/fakeclock.h"

#include <QTemporaryDir>

#include <memory>

namespace novita {

/// A fresh images.sqlite for a test.
class ImagesFile final
{
public:
    ImagesFile() { reopen(); }

    Database &database() { return *m_database; }
    QString path() const { return m_folder.filePath(QStringLiteral("images.sqlite")); }
    bool isOpen() const { return m_database->status().isOpen(); }
    /// As after a restart.
    void reopen()
    {
        m_database.reset();
        m_database = std::make_unique<Database>(m_clock, nullptr, imagesKind());
        (void)await(m_database->open(path()));
    }

    /// From here on no image job can be read or written.
    void breakJobs() { run(QStringLiteral("ALTER TABLE job RENAME TO gone")); }
    void mendJobs() { run(QStringLiteral("ALTER TABLE gone RENAME TO job")); }
    /// From here on no style can be read or written.
    void breakStyles() { run(QStringLiteral("ALTER TABLE style RENAME TO gone_style")); }
    /// From here on nothing of the catalogue of models can be read or written.
    void breakModels()
    {
        run(QStringLiteral("ALTER TABLE kept_model RENAME TO gone_kept"));
        run(QStringLiteral("ALTER TABLE model_page RENAME TO gone_page"));
    }
    void mendModels()
    {
        run(QStringLiteral("ALTER TABLE gone_kept RENAME TO kept_model"));
        run(QStringLiteral("ALTER TABLE gone_page RENAME TO model_page"));
    }

private:
    void run(const QString &statement)
    {
        (void)await(m_database->run<Done>([statement](SqlSession &session) -> Result<Done> {
            const std::optional<Error> error = session.exec(statement);
            return error ? Result<Done>(*error) : Result<Done>(Done());
        }));
    }

    FakeClock m_clock;
    QTemporaryDir m_folder;
    std::unique_ptr<Database> m_database;
};

inline const ProfileId kMine{QStringLiteral("mine")};
inline const ProfileId kOther{QStringLiteral("other")};

inline TimePoint secondsLater(qint64 seconds)
{
    return TimePoint(Seconds(1'800'000'000 + seconds));
}

} // namespace novita
