// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/inputpictures.h"

#include "core/base/plainfile.h"
#include "core/imagefile/imagedecoder.h"
#include "core/imagefile/imageheader.h"
#include "core/workflows/background.h"

#include <QBuffer>

namespace novita {

struct InputPictures::Loaded
{
    QString key;
    InputImage image;
    QImage preview;
    std::optional<Error> problem;
};

InputPictures::InputPictures(const PictureFiles &files, QObject *parent) : QObject(parent), m_files(files) {}

InputPictures::~InputPictures() = default;

namespace {

/// Any thread. `key` is empty for one that is new.
template<typename Loaded>
std::shared_ptr<const Loaded> look(const PictureFiles &files, const QString &key, const Result<QByteArray> &bytes)
{
    auto out = std::make_shared<Loaded>();
    out->key = key;
    if (!bytes) {
        out->problem = bytes.error();
        return out;
    }
    const Result<ImageHeader> header = readImageHeader(*bytes);
    if (!header) {
        out->problem = header.error();
        return out;
    }
    const Result<QImage> preview = decodeThumbnail(*bytes, {InputPictures::kPreviewSide, InputPictures::kPreviewSide});
    if (!preview) {
        out->problem = preview.error();
        return out;
    }
    out->image = {*bytes, imageFormatSuffix(header->format), header->size.width(), header->size.height(), {}};
    out->preview = *preview;
    if (!key.isEmpty())
        return out;
    const Result<QString> name = files.saveInput(*bytes, out->image.format);
    if (name)
        out->key = *name;
    else
        out->problem = name.error();
    return out;
}

Result<QByteArray> contentOf(const QString &path)
{
    Result<QByteArray> bytes = plainfile::read(path, InputPictures::kMostBytes);
    if (bytes)
        return bytes;
    if (bytes.error().kind == ErrorKind::Validation)
        return Error::make(ErrorKind::Validation, InputPictures::tr("The file is larger than a picture may be."));
    return Error::make(ErrorKind::Storage, InputPictures::tr("The file cannot be read: %1").arg(bytes.error().message));
}

} // namespace

Call<QString> *InputPictures::take(Work work)
{
    auto *call = Call<QString>::create(this);
    inBackground<std::shared_ptr<const Loaded>>(std::move(work), this)->onFinished(call, [this, call](const Result<std::shared_ptr<const Loaded>> &done) {
        if (!done)
            return call->resolve(done.error());
        const Loaded &loaded = **done;
        if (loaded.problem)
            return call->resolve(*loaded.problem);
        keep(loaded);
        call->resolve(loaded.key);
    });
    return call;
}

void InputPictures::keep(const Loaded &loaded)
{
    m_missing.remove(loaded.key);
    m_images.insert(loaded.key, loaded.image);
    m_previews.insert(loaded.key, loaded.preview);
    m_order.removeOne(loaded.key);
    m_order.append(loaded.key);
    while (m_order.size() > kMostHeld) {
        const QString oldest = m_order.takeFirst();
        m_images.remove(oldest);
        m_previews.remove(oldest);
    }
    emit available(loaded.key);
}

Call<QString> *InputPictures::addBytes(const QByteArray &bytes)
{
    return take([files = m_files, bytes] { return look<Loaded>(files, {}, bytes); });
}

Call<QString> *InputPictures::addFile(const QString &path)
{
    return take([files = m_files, path] { return look<Loaded>(files, {}, contentOf(path)); });
}

Call<QString> *InputPictures::addImage(const QImage &image)
{
    return take([files = m_files, image] {
        QByteArray png;
        QBuffer buffer(&png);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, "PNG");
        return look<Loaded>(files, {}, png);
    });
}

void InputPictures::want(const QString &key)
{
    if (key.isEmpty() || m_images.contains(key) || m_wanted.contains(key))
        return;
    m_wanted.insert(key);
    take([files = m_files, key] { return look<Loaded>(files, key, files.read(key, kMostBytes)); })->onFinished(this, [this, key](const Result<QString> &done) {
        m_wanted.remove(key);
        if (done)
            return;
        m_missing.insert(key);
        emit missing(key);
    });
}

} // namespace novita
