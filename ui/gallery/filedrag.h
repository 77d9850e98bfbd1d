// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>

class QMimeData;
class QWidget;

namespace novita {

/// Drags a file of this computer out of `source`, with `image` under the pointer; the receiver gets a copy. Returns
/// when it has been dropped; all other events are handled meanwhile.
void dragFile(const QString &path, const QImage &image, QWidget *source);
/// The same for the files that `data`, which it takes, names.
void dragFiles(QMimeData *data, const QImage &image, QWidget *source);

} // namespace novita
