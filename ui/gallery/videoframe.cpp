// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/videoframe.h"

#include <QTransform>
#include <QVideoFrame>

#include <algorithm>

namespace novita {

namespace {

/// The weights of the colour differences, in 1/65536; of full range those of JPEG.
struct Weights
{
    int luma;
    int black; ///< the luma of it
    int redOfV;
    int greenOfU;
    int greenOfV;
    int blueOfU;
};

constexpr Weights kBt601{76309, 16, 104597, -25675, -53279, 132201};
constexpr Weights kBt709{76309, 16, 117489, -13975, -34925, 138438};
constexpr Weights kFull{65536, 0, 91881, -22554, -46802, 116130};
constexpr int kLeastHd = 720; ///< lines from which BT.709 is what is meant when nothing is said

const Weights &weightsOf(const QVideoFrame &frame)
{
    const QVideoFrameFormat format = frame.surfaceFormat();
    if (format.colorRange() == QVideoFrameFormat::ColorRange_Full)
        return kFull;
    const auto space = format.colorSpace();
    const bool isUnsaid = space == QVideoFrameFormat::ColorSpace_Undefined;
    return space == QVideoFrameFormat::ColorSpace_BT601 || (isUnsaid && frame.height() < kLeastHd) ? kBt601 : kBt709;
}

QRgb colorOf(int y, int u, int v, const Weights &weights)
{
    const auto byte = [](int value) { return std::clamp((value + 32768) >> 16, 0, 255); };
    const int luma = (y - weights.black) * weights.luma;
    return qRgb(byte(luma + weights.redOfV * v), byte(luma + weights.greenOfU * u + weights.greenOfV * v),
                byte(luma + weights.blueOfU * u));
}

/// Of a frame that is mapped: every two by two pixels share their colour differences.
QImage fromHalvedColors(const QVideoFrame &frame, bool areInterleaved)
{
    const QSize size = frame.size();
    const Weights &weights = weightsOf(frame);
    const int secondPlane = areInterleaved ? 1 : 2;
    const int step = areInterleaved ? 2 : 1;
    QImage out(size, QImage::Format_RGB32);
    if (out.isNull() || frame.planeCount() <= secondPlane)
        return {};
    for (int row = 0; row < size.height(); ++row) {
        const uchar *luma = frame.bits(0) + static_cast<qsizetype>(row) * frame.bytesPerLine(0);
        const uchar *u = frame.bits(1) + static_cast<qsizetype>(row / 2) * frame.bytesPerLine(1);
        const uchar *v =
            areInterleaved ? u + 1 : frame.bits(2) + static_cast<qsizetype>(row / 2) * frame.bytesPerLine(2);
        auto *line = reinterpret_cast<QRgb *>(out.scanLine(row));
        for (int column = 0; column < size.width(); ++column) {
            const int half = column / 2 * step;
            line[column] = colorOf(luma[column], u[half] - 128, v[half] - 128, weights);
        }
    }
    return out;
}

bool hasWholeLines(const QVideoFrame &frame)
{
    constexpr int kBytesPerPixel = 4;
    return frame.pixelFormat() != QVideoFrameFormat::Format_RGBA8888 ||
           frame.bytesPerLine(0) >= frame.width() * kBytesPerPixel;
}

QImage fromMapped(const QVideoFrame &frame)
{
    const auto layout = frame.pixelFormat();
    if (layout == QVideoFrameFormat::Format_YUV420P || layout == QVideoFrameFormat::Format_NV12)
        return fromHalvedColors(frame, layout == QVideoFrameFormat::Format_NV12);
    // Qt 6.4's own table does not know the one that its decoders turn everything else into.
    const QImage::Format format = layout == QVideoFrameFormat::Format_RGBA8888
                                      ? QImage::Format_RGBA8888
                                      : QVideoFrameFormat::imageFormatFromPixelFormat(layout);
    if (format == QImage::Format_Invalid || !hasWholeLines(frame))
        return {};
    return QImage(frame.bits(0), frame.width(), frame.height(), frame.bytesPerLine(0), format)
        .convertToFormat(QImage::Format_RGB32);
}

} // namespace

bool isMisread(QVideoFrame frame)
{
    if (frame.handleType() != QVideoFrame::NoHandle || !frame.map(QVideoFrame::ReadOnly))
        return false;
    const bool isWhole = hasWholeLines(frame);
    frame.unmap();
    return !isWhole;
}

QImage pictureOf(QVideoFrame frame)
{
    if (!frame.isValid() || !frame.map(QVideoFrame::ReadOnly))
        return {};
    // A copy: the bytes are the frame's until then.
    const QImage out = fromMapped(frame).copy();
    frame.unmap();
    return frame.rotationAngle() == QVideoFrame::Rotation0
               ? out
               : out.transformed(QTransform().rotate(frame.rotationAngle()));
}

} // namespace novita
