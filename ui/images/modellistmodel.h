// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/images/modelcatalogue.h"

#include <QAbstractListModel>

namespace novita {

/// What is to be seen of the catalogue.
struct ModelQuestion
{
    ImageModelQuery query;                     ///< what the server is asked
    ModelBase base = ModelBase::Unknown;       ///< only these; Unknown = all
    bool hidesNsfw = false;                    ///< those that the catalogue calls so
    ModelFilter filter;                        ///< what the field takes: others are shown as not fitting
    QString current;                           ///< what the field has: comes first

    bool shows(const ImageModel &model) const; ///< by what is not asked of the server
    bool matches(const ImageModel &model) const; ///< by all of it, as far as one can tell here
};

/// The models of one question: what is chosen, favourites, used ones, then the list of the server. Until that has answered: what is known and matches. Rows
/// keep their place while the list is read again; a star that is given moves nothing.
class ModelListModel final : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ModelListModel)

public:
    enum Role { MisfitRole = Qt::UserRole + 32, FavouriteRole };

    ModelListModel(ModelCatalogue &catalogue, QObject *parent = nullptr);

    void setQuestion(const ModelQuestion &question);
    const ModelQuestion &question() const { return m_question; }
    /// Takes what the catalogue has now.
    void reload();
    /// The stars and notes of all rows.
    void retell();

    const ImageModel *at(int row) const;   ///< nullptr when there is no such row
    int rowOf(const QString &requestName) const;
    /// Rows are what was known before the server was asked.
    bool isProvisional() const { return m_provisional; }
    /// Rows of the list that the question does not show.
    int hiddenCount() const { return m_hidden; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    QList<ImageModel> wanted();
    void readFront();
    void merge(const QList<ImageModel> &models);
    void removeMissing(const QHash<ImageModelId, int> &places);
    void reorder(const QHash<ImageModelId, int> &places);
    void insertNew(const QList<ImageModel> &models);
    QString note(const ImageModel &model) const;
    QString spoken(const ImageModel &model) const;

    ModelCatalogue &m_catalogue;
    ModelQuestion m_question;
    QList<ImageModel> m_front; ///< stays as it was when the question was asked
    bool m_frontIsWhole = false;
    bool m_provisional = false;
    int m_hidden = 0;
    QList<ImageModel> m_rows;
};

} // namespace novita
