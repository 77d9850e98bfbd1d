// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/images/pictureimport.h"
#include "ui/uicontext.h"

#include <QDialog>
#include <QPointer>

#include <functional>
#include <memory>
#include <stop_token>

class QLabel;
class QListWidget;
class QListWidgetItem;
class QPushButton;

namespace novita {

class AskServerButton;
class FoundDetails;
class ImportRun;

/// What files or the clipboard bring: each picture with what it says of how it was made. It can be put into the
/// gallery, its settings back into the form, or a picture made from it. Looks at the files itself, and stops when it is
/// closed.
class ImportDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ImportDialog)

public:
    /// Carried out in a worker thread.
    using Find = std::function<PictureFinds(const KnownPictures &gallery, std::stop_token)>;

    ImportDialog(const UiContext &context, Find find, QWidget *parent = nullptr);
    ~ImportDialog() override;

    /// Who owns what puts the pictures into the gallery, so that it ends only when all are there; without one the
    /// dialog does.
    void setRunOwner(QObject *owner) { m_runOwner = owner; }
    /// Which image server is asked what is not known here; empty: see AskServerButton.
    void setServer(const QString &id);

signals:
    /// To be put into the form; the endpoint is empty when another program wrote it. `promptTemplate` is empty, or what
    /// the prompt was made of.
    void restoreRequested(const novita::Recipe &recipe, const QString &promptTemplate);
    /// `path` is empty for a picture of the clipboard, whose `bytes` are given instead.
    void sourceRequested(const QString &path, const QByteArray &bytes);
    /// Also after the dialog is gone: the owner of the run connects with its ImportRun::finished().
    void runStarted(novita::ImportRun *run);

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void look(const Find &find, const QList<PictureFile> &known);
    void take(const PictureFinds &finds);
    void fillList();
    static void describe(QListWidgetItem &item, const FoundPicture &found);
    const FoundPicture *current() const;
    QList<FoundPicture> chosen() const;
    void showCurrent();
    void restore();
    void useAsSource();
    void addChosen();
    void tookAnswer(const FoundPicture &found);
    void present();
    void retranslate();
    QString lead() const;

    const UiContext m_context;
    std::stop_source m_stop;
    QPointer<QObject> m_runOwner;
    PictureFinds m_finds;
    QLabel *m_lead;
    QListWidget *m_list;
    FoundDetails *m_details;
    QPushButton *m_restore;
    QPushButton *m_source;
    AskServerButton *m_ask;
    QLabel *m_problems;
    QPushButton *m_close;
    QPushButton *m_add;
    CallGuard m_listing;
    CallGuard m_finding;
    QString m_progress; ///< while pictures are added
    QString m_outcome;  ///< of that, when some of them could not be
    bool m_isFound = false;
    bool m_isFilling = false;
};

} // namespace novita
