// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gallery/picturestore.h"
#include "core/images/imageworkspace.h"
#include "tests/gallery/imagesfile.h"
#include "tests/support/await.h"
#include "tests/support/uifixture.h"

#include <QBuffer>
#include <QImage>

#include <memory>

namespace novita {

/// The workspace of a fixture with pictures in it: real files, a real images.sqlite.
class GalleryRoom final
{
public:
    GalleryRoom()
        : m_fixture(std::make_unique<UiFixture>())
    {
        images().open(kMine, {});
    }

    UiFixture &fixture() { return *m_fixture; }
    ImageWorkspace &images() { return m_fixture->images(); }
    PictureStore &store() { return images().pictures(); }

    /// The bytes of a picture whose colour tells its number.
    static QByteArray png(int number, QSize size = {96, 64})
    {
        QImage image(size, QImage::Format_RGB32);
        image.fill(QColor::fromHsv(number * 37 % 360, 200, 200));
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, "PNG");
        return bytes;
    }

    /// As the gallery keeps picture `number`: the higher, the newer.
    Picture picture(int number, const QByteArray &bytes, const QString &suffix = QStringLiteral("png"))
    {
        Picture out;
        out.file = images().files().saveOriginal(bytes, suffix, secondsLater(number)).valueOr({});
        out.kind = suffix == QLatin1String("mp4") ? MediaKind::Video : MediaKind::Image;
        out.size = out.kind == MediaKind::Video ? QSize() : QSize(96, 64);
        out.createdAt = secondsLater(number);
        out.format = suffix;
        out.model = QStringLiteral("dream_%1").arg(number % 3);
        out.endpoint = QStringLiteral("txt2img");
        out.prompt = QStringLiteral("lighthouse number%1 in the fog").arg(number);
        out.seed = number;
        out.bytes = bytes.size();
        return out;
    }
    QList<PictureId> add(const QList<Picture> &pictures) { return await(store().add(kMine, pictures)).valueOr({}); }
    /// Pictures `first` to `first + count - 1`.
    QList<PictureId> fill(int count, int first = 0)
    {
        QList<Picture> pictures;
        for (int i = first; i < first + count; ++i)
            pictures.append(picture(i, png(i)));
        return add(pictures);
    }

private:
    std::unique_ptr<UiFixture> m_fixture;
};

} // namespace novita
