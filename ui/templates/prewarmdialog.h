// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/resourcedrafts.h"
#include "ui/widgets/formdialog.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;

namespace novita {

/// An image to be pulled ahead of time: where, and for which kinds of GPU.
class PrewarmDialog final : public FormDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PrewarmDialog)

public:
    PrewarmDialog(const UiContext &context, QWidget *parent);

protected:
    QString heading() const override;
    QString verb() const override;
    QString busyVerb() const override;
    QList<DraftProblem> problems() const override;
    Call<ResourceOutcome> *submit() override;
    void retranslate() override;

private:
    PrewarmDraft draft() const;
    void fillChoicesAnew();
    void fillProducts();

    QLineEdit *m_image;
    QLabel *m_imageLabel;
    QComboBox *m_auth;
    QLabel *m_authLabel;
    QComboBox *m_region;
    QLabel *m_regionLabel;
    QCheckBox *m_all;
    QListWidget *m_products;
    QLabel *m_productsLabel;
    QLineEdit *m_note;
    QLabel *m_noteLabel;
    QLabel *m_sizeNote;
};

/// The note on a prewarm task: all that can be changed of one.
class PrewarmNoteDialog final : public FormDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PrewarmNoteDialog)

public:
    PrewarmNoteDialog(const UiContext &context, const PrewarmTask &task, QWidget *parent);

protected:
    QString heading() const override;
    QString verb() const override;
    QString busyVerb() const override;
    QList<DraftProblem> problems() const override;
    Call<ResourceOutcome> *submit() override;
    void retranslate() override;

private:
    PrewarmTask m_task;
    QLineEdit *m_note;
    QLabel *m_noteLabel;
};

} // namespace novita
