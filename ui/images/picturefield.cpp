// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/picturefield.h"

#include "ui/format.h"
#include "ui/images/inputpictures.h"
#include "ui/prompts.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QClipboard>
#include <QDragEnterEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QLabel>
#include <QMimeData>
#include <QPixmap>
#include <QPushButton>
#include <QSignalBlocker>
#include <QUrl>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr int kPreview = 72;

} // namespace

PictureField::PictureField(const FieldSpec &spec, const FieldServices &services, QWidget *parent)
    : FieldEditor(spec, parent)
    , m_services(services)
    , m_preview(new QLabel(this))
    , m_words(makeWords("text2", this))
    , m_open(new QPushButton(this))
    , m_paste(new QPushButton(this))
    , m_draw(new QPushButton(this))
    , m_remove(new QPushButton(this))
{
    setAcceptDrops(true);
    buildLayout();
    m_draw->setVisible(spec.type == FieldType::Mask);
    connect(m_open, &QPushButton::clicked, this, &PictureField::open);
    connect(m_paste, &QPushButton::clicked, this, &PictureField::paste);
    connect(m_draw, &QPushButton::clicked, this, [this] {
        if (m_services.drawMask)
            m_services.drawMask(this);
    });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        ++m_taking;
        m_refusal.clear();
        choose({});
        m_open->setFocus();
    });
    const auto news = [this](const QString &key) {
        if (key == m_key)
            present();
    };
    connect(&services.pictures, &InputPictures::available, this, [this, news](const QString &key) {
        news(key);
        if (key == m_key)
            emit changed(); // its limits can be looked at only now
    });
    connect(&services.pictures, &InputPictures::missing, this, news);
    present();
}

void PictureField::buildLayout()
{
    for (QPushButton *button : {m_open, m_paste, m_draw, m_remove})
        button->setAutoDefault(false);
    for (QPushButton *button : {m_paste, m_remove})
        button->setProperty("flat", true);
    m_preview->setAlignment(Qt::AlignCenter);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(space::kInside);
    for (QPushButton *button : {m_open, m_draw, m_paste, m_remove})
        buttons->addWidget(button);
    buttons->addStretch();
    auto *right = new QVBoxLayout;
    right->setSpacing(space::kInside);
    right->addLayout(buttons);
    right->addWidget(m_words);
    right->addStretch();
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_preview, 0, Qt::AlignTop);
    layout->addLayout(right, 1);
}

QWidget *PictureField::input()
{
    return m_open;
}

QJsonValue PictureField::value() const
{
    return m_key.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(m_key);
}

void PictureField::setValue(const QJsonValue &value)
{
    const QSignalBlocker blocker(this);
    m_refusal.clear();
    choose(value.toString());
}

void PictureField::choose(const QString &key)
{
    m_key = key;
    m_services.pictures.want(key);
    present();
    emit changed();
}

void PictureField::open()
{
    m_services.prompts.openFile(this, tr("Open picture"), tr("Pictures (*.png *.jpg *.jpeg *.webp *.gif)"), [this](const QString &path) {
        if (!path.isEmpty())
            follow(m_services.pictures.addFile(path));
    });
}

void PictureField::paste()
{
    if (const QMimeData *mime = QGuiApplication::clipboard()->mimeData(); mime && takes(*mime))
        return takeMime(*mime);
    m_refusal = tr("There is no picture in the clipboard.");
    present();
}

QString PictureField::fileIn(const QMimeData &mime)
{
    const QList<QUrl> urls = mime.urls();
    return urls.isEmpty() || !urls.constFirst().isLocalFile() ? QString() : urls.constFirst().toLocalFile();
}

bool PictureField::takes(const QMimeData &mime)
{
    return mime.hasImage() || !fileIn(mime).isEmpty();
}

void PictureField::takeMime(const QMimeData &mime)
{
    // The file before the pixels: its bytes are the original.
    if (const QString path = fileIn(mime); !path.isEmpty())
        follow(m_services.pictures.addFile(path));
    else
        follow(m_services.pictures.addImage(mime.imageData().value<QImage>()));
}

void PictureField::follow(Call<QString> *call)
{
    // The form may be built anew meanwhile, and what somebody has chosen is not to be lost by that.
    call->onFinished(&m_services.pictures, [editor = QPointer(this), number = ++m_taking, spec = spec(), takeLate = m_services.takeLatePicture](const Result<QString> &key) {
        if (editor)
            editor->taken(number, key);
        else if (key && takeLate)
            takeLate(spec, *key);
    });
    m_refusal.clear();
    m_words->setText(tr("Reading…"));
}

void PictureField::taken(int number, const Result<QString> &key)
{
    if (number != m_taking)
        return; // another one was asked for since
    m_refusal = key ? QString() : key.error().message;
    if (key)
        choose(*key);
    else
        present();
}

void PictureField::dragEnterEvent(QDragEnterEvent *event)
{
    if (takes(*event->mimeData()))
        event->acceptProposedAction();
}

void PictureField::dropEvent(QDropEvent *event)
{
    if (!takes(*event->mimeData()))
        return;
    event->acceptProposedAction();
    takeMime(*event->mimeData());
}

void PictureField::present()
{
    const int side = m_services.theme.grown(kPreview);
    const InputImages &images = m_services.pictures.images();
    const QImage picture = m_services.pictures.preview(m_key);
    m_preview->setVisible(!picture.isNull());
    if (!picture.isNull()) {
        QPixmap pixmap = QPixmap::fromImage(picture.scaled(QSize(side, side) * devicePixelRatioF(), Qt::KeepAspectRatio, Qt::SmoothTransformation));
        pixmap.setDevicePixelRatio(devicePixelRatioF());
        m_preview->setPixmap(pixmap);
    }
    m_remove->setVisible(!m_key.isEmpty());
    QString words;
    if (images.contains(m_key)) {
        const InputImage image = images.value(m_key);
        words = tr("%1 × %2, %3", "width, height, size of the file").arg(image.width).arg(image.height).arg(format::bytes(image.bytes.size()));
    } else if (m_services.pictures.isMissing(m_key)) {
        words = tr("This picture is not there any more.");
    } else if (!m_key.isEmpty()) {
        words = tr("Reading…");
    } else {
        words = tr("Or drop a file here");
    }
    m_words->setText(m_refusal.isEmpty() ? words : m_refusal);
    setTone(m_words, m_refusal.isEmpty() ? "text3" : "bad");
    m_preview->setAccessibleName(tr("%1: preview", "name of a field").arg(m_name));
    m_preview->setAccessibleDescription(words);
}

void PictureField::setNames(const QString &name)
{
    m_name = name;
    m_open->setText(tr("Open…"));
    m_open->setAccessibleName(tr("Open %1", "name of a field").arg(name));
    m_paste->setText(tr("Paste"));
    m_paste->setAccessibleName(tr("Paste %1", "name of a field").arg(name));
    m_draw->setText(tr("Draw…"));
    m_draw->setAccessibleName(tr("Draw %1", "name of a field").arg(name));
    m_remove->setText(tr("Remove"));
    m_remove->setAccessibleName(tr("Remove %1", "name of a field").arg(name));
    present();
}

PicturesField::PicturesField(const FieldSpec &spec, const FieldServices &services, QWidget *parent) : FieldEditor(spec, parent), m_services(services), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(space::kRelated);
    arrange();
}

QWidget *PicturesField::input()
{
    return m_rows.constFirst()->input();
}

QJsonValue PicturesField::value() const
{
    QJsonArray keys;
    for (const PictureField *row : m_rows) {
        if (!row->key().isEmpty())
            keys.append(row->key());
    }
    return keys.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(keys);
}

void PicturesField::setValue(const QJsonValue &value)
{
    const QSignalBlocker blocker(this);
    for (PictureField *row : std::as_const(m_rows))
        row->deleteLater();
    m_rows.clear();
    const QJsonArray keys = value.toArray();
    for (const QJsonValue &key : keys)
        addRow(key.toString());
    arrange();
}

void PicturesField::addRow(const QString &key)
{
    auto *row = new PictureField(spec(), m_services, this);
    row->setValue(key);
    m_rows.append(row);
    m_layout->addWidget(row);
    connect(row, &FieldEditor::changed, this, [this] {
        arrange();
        emit changed();
    });
    setNames(m_name);
}

void PicturesField::arrange()
{
    // Emptied ones in the middle leave; later, since one of them may be telling right now.
    for (qsizetype i = m_rows.size() - 2; i >= 0; --i) {
        if (m_rows.at(i)->key().isEmpty())
            m_rows.takeAt(i)->deleteLater();
    }
    if (m_rows.isEmpty() || (!m_rows.constLast()->key().isEmpty() && m_rows.size() < spec().mostItems))
        addRow({});
}

void PicturesField::setNames(const QString &name)
{
    m_name = name;
    for (qsizetype i = 0; i < m_rows.size(); ++i)
        m_rows.at(i)->setNames(i == 0 ? name : tr("%1 number %2", "name of a field").arg(name).arg(i + 1));
}

} // namespace novita
