// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "ui/images/fieldeditor.h"

class QDragEnterEvent;
class QDropEvent;
class QLabel;
class QMimeData;
class QPushButton;
class QVBoxLayout;

namespace novita {

/// A picture to start from, or a mask: opened, dropped, pasted; a mask can be drawn. Shows it small, and why one was not taken.
class PictureField final : public FieldEditor
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PictureField)

public:
    PictureField(const FieldSpec &spec, const FieldServices &services, QWidget *parent);
    QJsonValue value() const override;
    void setValue(const QJsonValue &value) override;
    QWidget *input() override;
    void setNames(const QString &name) override;

    QString key() const { return m_key; }
    /// Of a picture that InputPictures has.
    void choose(const QString &key);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void buildLayout();
    void open();
    void paste();
    static QString fileIn(const QMimeData &mime); ///< the first, if it lies on this computer
    static bool takes(const QMimeData &mime);
    void takeMime(const QMimeData &mime);
    void follow(Call<QString> *call);
    void taken(int number, const Result<QString> &key);
    void present();

    FieldServices m_services;
    QString m_key;
    QString m_refusal;
    QString m_name;
    int m_taking = 0; ///< the number of the picture that was asked for last
    QLabel *m_preview;
    QLabel *m_words;
    QPushButton *m_open;
    QPushButton *m_paste;
    QPushButton *m_draw;
    QPushButton *m_remove;
};

/// Several of them, in order.
class PicturesField final : public FieldEditor
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PicturesField)

public:
    PicturesField(const FieldSpec &spec, const FieldServices &services, QWidget *parent);
    QJsonValue value() const override;
    void setValue(const QJsonValue &value) override;
    QWidget *input() override;
    void setNames(const QString &name) override;

private:
    void addRow(const QString &key);
    /// One empty place to put the next into, while there is room.
    void arrange();

    FieldServices m_services;
    QString m_name;
    QVBoxLayout *m_layout;
    QList<PictureField *> m_rows;
};

} // namespace novita
