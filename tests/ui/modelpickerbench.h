// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/images/imageworkspace.h"
#include "core/images/modelcatalogue.h"
#include "core/images/modelpreviews.h"
#include "tests/images/fakecatalogue.h"
#include "tests/support/await.h"
#include "tests/support/uifixture.h"
#include "ui/images/modelpicker.h"

#include <QBuffer>
#include <QListView>
#include <QPainter>
#include <QTemporaryDir>

#include <memory>

namespace novita {

/// The picker before a made-up catalogue, with previews of its own.
class ModelPickerBench
{
public:
    explicit ModelPickerBench(int models = 250)
    {
        cloud.count = models;
        fixture.network().setResponder([this](const FakeRequest &request) { return request.path() == QLatin1String("/v3/model") ? cloud.answer(request) : FakeAnswer::payload("{}"); });
        links.setResponder([this](const FakeRequest &request) {
            asked.append(request.path());
            return FakeAnswer::payload(picture(request.path().section(QLatin1Char('/'), -1).section(QLatin1Char('.'), 0, 0).toInt()));
        });
        images.open(ProfileId(QStringLiteral("mine")), Reach::Internet);
        picker = std::make_unique<ModelPicker>(ModelPicker::Parts{fixture.theme(), fixture.settings(), catalogue, previews}, nullptr);
    }
    ~ModelPickerBench() { picker.reset(); }

    void open(ImageModelType type = ImageModelType::Checkpoint, ModelBase base = ModelBase::Unknown, const QString &current = {})
    {
        ModelFilter filter;
        filter.type = type;
        filter.base = base;
        picker->openFor(filter, current);
        QTRY_VERIFY(picker->isVisible());
    }
    QListView *view() const { return picker->findChild<QListView *>(QStringLiteral("modelView")); }
    QAbstractItemModel *rows() const { return view()->model(); }
    QString name(int row) const { return rows()->index(row, 0).data().toString(); }
    int current() const { return view()->currentIndex().row(); }

    UiFixture fixture;
    FakeCatalogue cloud;
    FakeNam links;
    QStringList asked; ///< paths of covers
    QTemporaryDir folder;
    ImageWorkspace &images = fixture.images();
    ModelCatalogue &catalogue = images.catalogue();
    ModelPreviews previews{links, folder.filePath(QStringLiteral("previews"))};
    std::unique_ptr<ModelPicker> picker;

private:
    /// A picture that tells the number.
    static QByteArray picture(int number)
    {
        QImage image(200, 260, QImage::Format_RGB32);
        QPainter painter(&image);
        QLinearGradient sky(0, 0, 60, 260);
        sky.setColorAt(0, QColor::fromHsv(number * 47 % 360, 150, 220));
        sky.setColorAt(1, QColor::fromHsv((number * 47 + 60) % 360, 180, 90));
        painter.fillRect(image.rect(), sky);
        painter.setBrush(QColor::fromHsv((number * 31 + 180) % 360, 90, 240));
        painter.setPen(Qt::NoPen);
        painter.drawEllipse(QPoint(60 + number % 80, 110), 40, 40);
        painter.end();
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, "PNG");
        return buffer.data();
    }
};

} // namespace novita
