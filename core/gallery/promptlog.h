// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/prompts/promptstyle.h"

#include <QList>

namespace novita {

class Database;

/// A prompt that was used, as it was typed.
struct PromptEntry
{
    qint64 id = 0;
    QString prompt;
    QString negativePrompt;
    TimePoint usedAt{};  ///< the last time
    int uses = 1;
    bool starred = false;
    bool operator==(const PromptEntry &) const = default;
};

/// Prompts of all profiles, what is being typed, and the styles, in images.sqlite. Statements only. Thread: the Database's.
class PromptLog final
{
    Q_DISABLE_COPY_MOVE(PromptLog)

public:
    static constexpr int kMostPrompts = 5000;       ///< of one profile; starred ones stay
    static constexpr qsizetype kMaxText = 64 * 1024; ///< characters; what is longer is ErrorKind::Validation

    explicit PromptLog(Database &database) : m_database(database) {}

    /// The same two texts again count up and become the newest.
    Call<Done> *remember(const ProfileId &profile, const QString &prompt, const QString &negativePrompt, TimePoint at);
    /// Newest first. `words`: as picturewords::question(). `limit` 1-1000.
    Call<QList<PromptEntry>> *find(const ProfileId &profile, const QString &words, int limit) const;
    Call<Done> *setStarred(qint64 id, bool starred);
    Call<Done> *forget(const QList<qint64> &ids);

    /// What is being typed into `field`; empty deletes it.
    Call<Done> *saveDraft(const ProfileId &profile, const QString &field, const QString &text);
    Call<QString> *draft(const ProfileId &profile, const QString &field) const; ///< empty when there is none

    /// Styles are everybody's: they belong to no profile. By folder and name.
    Call<QList<PromptStyle>> *styles() const;
    /// Replaces those of the same folder and name, all or none. ErrorKind::Quota beyond promptstyles::kMostStyles, ErrorKind::Validation as promptstyles::cleaned(),
    /// which each goes through.
    Call<Done> *saveStyles(const QList<PromptStyle> &styles);
    Call<Done> *removeStyle(const QString &folder, const QString &name);

private:
    Database &m_database;
};

} // namespace novita
