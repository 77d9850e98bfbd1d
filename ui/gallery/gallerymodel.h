// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/gallery/picturequery.h"

#include <QAbstractListModel>
#include <QCache>
#include <QHash>
#include <QList>
#include <QSet>
#include <QTimer>

#include <optional>

namespace novita {

class ImageWorkspace;

/// The pictures that answer a query, up to PictureStore::kMostListed of them. Follows the workspace: what was read anew
/// is brought in as differences, so that selection and current row stay with their pictures. The rows of before stay
/// until the answer is here. While it is not active nothing is read but by reload(): what changed is read once it is
/// active again.
///
/// What it says of pictures in words (accessible texts, tooltips) has their prompts once describe() was asked for them.
class GalleryModel final : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GalleryModel)

public:
    enum Role { IdRole = Qt::UserRole };
    enum class State {
        Loading, ///< nothing has been read yet of this profile
        Ready,
        Failed, ///< error(); rows that were there stay
    };

    /// The workspace must outlive the model.
    explicit GalleryModel(ImageWorkspace &images, QObject *parent = nullptr, bool isActive = true);

    /// Whether somebody looks at it.
    void setActive(bool isActive);

    /// Cheap when it is the one in use.
    void setQuery(const PictureQuery &query);
    const PictureQuery &query() const { return m_query; }
    void reload();

    State state() const { return m_state; }
    bool isReading() const { return m_reading.isBusy(); }
    const std::optional<Error> &error() const { return m_error; }

    const PictureEntry *at(int row) const;        ///< nullptr when there is no such row
    const PictureEntry *find(PictureId id) const; ///< nullptr when it is not among the rows
    int rowOf(PictureId id) const;                ///< -1 likewise
    /// Reads the prompts of these rows for their words; at most kMostDescribed at once.
    void describe(int first, int last);
    static constexpr int kMostDescribed = 200;
    /// Whether the file of a picture is there, as somebody has seen; until then it is taken to be.
    void noteFile(const QString &file, bool isThere);
    /// What is said of a row: the beginning of its prompt, when it was made, what it is marked as.
    QString words(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

signals:
    /// Rows, state or error are other ones; once for each answer.
    void updated();

private:
    void restart();
    void reloadIfActive();
    void take(const QList<PictureEntry> &entries);
    void bringIn(const QList<PictureEntry> &entries);
    void order(const QList<PictureEntry> &entries);
    void replaceRows(const QList<PictureEntry> &entries);
    void removeMissing(const QSet<PictureId> &kept);
    void insertNew(const QList<PictureEntry> &entries, const QSet<PictureId> &known);
    void reindex();

    ImageWorkspace &m_images;
    PictureQuery m_query;
    QList<PictureEntry> m_rows;
    QHash<PictureId, int> m_rowOf;
    QCache<PictureId, QString> m_prompts;
    QSet<QString> m_missing; ///< files
    State m_state = State::Loading;
    std::optional<Error> m_error;
    bool m_isActive;
    bool m_isStale = true; ///< something changed since the last reload()
    QTimer m_soon;
    CallGuard m_reading;
    CallGuard m_describing;
};

} // namespace novita
