// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "ui/maskeditor/maskfiles.h"
#include "ui/maskeditor/maskrequest.h"

#include <QDialog>

#include <functional>

class QLabel;
class QPushButton;

namespace novita {

class ErrorBanner;
class MaskPanel;
class MaskView;
class Prompts;
class Theme;

/// Paints a mask for a picture: open() it. Reads, decodes and writes in worker threads. A mask that goes beyond the limits of its field is not
/// handed out, but its problem said; one that was painted is not thrown away without asking. An image file dropped here becomes the mask.
class MaskDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MaskDialog)

public:
    MaskDialog(const Theme &theme, Prompts &prompts, MaskRequest request, QWidget *parent = nullptr);

    MaskView &view() const { return *m_view; }
    /// Something is being read, computed or written.
    bool isBusy() const { return m_busy; }
    /// Takes the mask from a picture; a step that can be undone.
    void importFrom(const QString &path);

    void reject() override;

signals:
    /// The mask as a PNG file in the size of the picture, white is painted. The dialog closes with it.
    void maskReady(const QByteArray &png);

protected:
    void changeEvent(QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    template<typename T>
    void run(std::function<Result<T>()> work, std::function<void(const Result<T> &)> done);
    void build();
    QPushButton *addZoomButton(const char *icon, void (MaskView::*slot)());
    void load();
    void onOpened(const Result<OpenedPicture> &result);
    void onImported(const QString &path, const Result<ImportedMask> &result);
    void feather(int radius);
    void askImport();
    void askExport();
    void exportTo(const QString &path);
    void use();
    void onEncoded(const Result<QByteArray> &result);
    void setBusy(bool busy);
    void follow();
    void updateTexts();

    const Theme &m_theme;
    Prompts &m_prompts;
    MaskRequest m_request;
    QLabel *m_title;
    QLabel *m_note;
    ErrorBanner *m_banner;
    MaskView *m_view;
    MaskPanel *m_panel;
    QLabel *m_state;
    QPushButton *m_zoomOut;
    QPushButton *m_fit;
    QPushButton *m_pixels;
    QPushButton *m_zoomIn;
    QLabel *m_hint;
    QPushButton *m_cancel;
    QPushButton *m_use;
    CallGuard m_call;
    QString m_sizeProblem;
    bool m_busy = false;
    bool m_asking = false;
};

} // namespace novita
