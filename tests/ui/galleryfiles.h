// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gallery/picture.h"
#include "core/gallery/picturefiles.h"
#include "tests/imagefile/samples.h"

#include <QBuffer>
#include <QImage>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>

namespace novita {

inline QByteArray fileOf(const QImage &image, const char *format = "PNG")
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format);
    return bytes;
}

/// A picture with a gradient and a mark, so that one is not like another.
inline QImage testPicture(QSize size, int hue, bool transparent = false)
{
    QImage image(size, transparent ? QImage::Format_ARGB32 : QImage::Format_RGB32);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x) {
            const int value = 80 + 150 * (x + y) / (size.width() + size.height());
            const bool mark = (x / 32 + y / 32) % 7 == 0;
            image.setPixelColor(
                x, y, QColor::fromHsv(hue, mark ? 60 : 160, value, transparent && x > size.width() / 2 ? 60 : 255));
        }
    }
    return image;
}

/// A gallery's folder with pictures in it.
class GalleryFiles final
{
public:
    const PictureFiles &files() const { return m_files; }

    Picture add(const QByteArray &bytes, const QString &suffix, QSize size = {})
    {
        Picture picture;
        picture.id = ++m_last;
        picture.createdAt = TimePoint(Seconds(1'795'000'000 + m_last * 60));
        picture.file = *m_files.saveOriginal(bytes, suffix, picture.createdAt);
        picture.kind = suffix == QLatin1String("mp4") ? MediaKind::Video : MediaKind::Image;
        picture.format = suffix;
        picture.size = size;
        picture.bytes = bytes.size();
        return picture;
    }
    Picture add(const QImage &image)
    {
        const Picture picture = add(fileOf(image), QStringLiteral("png"), image.size());
        (void)m_files.saveThumbnail(picture.file, image);
        return picture;
    }
    Picture addJob(const QImage &image, const QString &prompt, qint64 seed)
    {
        Picture picture = add(image);
        picture.endpoint = QStringLiteral("txt2img");
        picture.model = QStringLiteral("dreamshaper_8_93211.safetensors");
        picture.prompt = prompt;
        picture.negativePrompt = QStringLiteral("blurry, text");
        picture.seed = seed;
        picture.job = ImageJobId(QStringLiteral("6f1c2e0a-9b3d-4c55-8a70-1f2e3d4c5b6a"));
        picture.recipe = {
            {QStringLiteral("model"), picture.model},
            {QStringLiteral("prompt"), prompt},
            {QStringLiteral("negative_prompt"), picture.negativePrompt},
            {QStringLiteral("size"),
             QJsonObject{{QStringLiteral("width"), image.width()}, {QStringLiteral("height"), image.height()}}},
            {QStringLiteral("count"), 4},
            {QStringLiteral("steps"), 30},
            {QStringLiteral("guidance"), 7.5},
            {QStringLiteral("sampler"), QStringLiteral("DPM++ 2M Karras")},
            {QStringLiteral("seed"), -1},
            {QStringLiteral("loras"), QJsonArray{QJsonObject{{QStringLiteral("model"), QStringLiteral("film_grain_v2")},
                                                             {QStringLiteral("strength"), 0.8}}}}};
        return picture;
    }

private:
    QTemporaryDir m_folder;
    PictureFiles m_files{m_folder.path()};
    PictureId m_last = 0;
};

} // namespace novita
