// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/images/imageserverview.h"
#include "ui/uicontext.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;

namespace novita {

class RecipeForm;

/// Who makes the pictures: Novita, or one of the person's image servers, and how that stands. Its last entry opens the dialog of the servers.
class BackendPicker final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BackendPicker)

public:
    explicit BackendPicker(const UiContext &context, QWidget *parent = nullptr);

    static QString novitaId() { return QStringLiteral("novita"); } ///< ImageJob::backend of Novita's own jobs

    QString backend() const; ///< ImageJob::backend
    bool isServer() const;   ///< not Novita
    QString serverId() const; ///< empty for Novita
    /// False for one that is not there; nothing changes then.
    bool choose(const QString &backend);
    QLabel *label() const { return m_label; }
    /// What the chosen server has, once it has told; nullopt for Novita. Asked for when the server is chosen.
    std::optional<WebUiLists> lists() const;

    /// How far that question has come; Loaded for Novita.
    ServerListsState listsState() const;

signals:
    /// Another one is chosen: by the person, by choose(), or since the chosen one was removed.
    void chosen(const QString &backend);
    /// Of the chosen one.
    void listsChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    void fill();
    void pick();
    void adopt(const QString &backend);
    void present();
    void askForLists();
    void retranslate();

    const UiContext m_context;
    QString m_backend;
    QLabel *m_label;
    QComboBox *m_box;
    QLabel *m_note;
};

/// Offers in `form` what a server has: its checkpoints, VAEs, samplers, schedulers and upscalers; nothing of Novita's while they are not known
/// (nullopt). Not `onServer`: what the endpoints name themselves, and the catalogue of models.
void offerServerLists(RecipeForm &form, bool onServer, const std::optional<WebUiLists> &lists);

/// What requests call its models of this type; empty while it has not said.
QStringList serverNames(const std::optional<WebUiLists> &lists, ImageModelType type);

} // namespace novita
