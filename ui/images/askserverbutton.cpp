// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/askserverbutton.h"

#include "core/images/imageservers.h"
#include "core/images/imageworkspace.h"
#include "core/workflows/background.h"

#include <QEvent>

#include <memory>

namespace novita {

AskServerButton::AskServerButton(const UiContext &context, QWidget *parent) : QPushButton(parent), m_context(context)
{
    setAutoDefault(false);
    connect(this, &QPushButton::clicked, this, &AskServerButton::ask);
    if (ImageServers *servers = m_context.images.servers())
        connect(servers, &ImageServers::changed, this, &AskServerButton::present);
    present();
}

void AskServerButton::offer(const FoundPicture *found)
{
    const bool isSame = found && m_found && found->hash == m_found->hash && found->saysHow() == m_found->saysHow();
    if (!isSame) {
        m_reading.reset();
        m_asking.reset();
        m_found = found ? std::optional(*found) : std::nullopt;
    }
    present();
}

void AskServerButton::ask()
{
    using Text = std::shared_ptr<const Result<QByteArray>>;
    const auto work = [found = *m_found]() -> Text {
        const Result<QByteArray> bytes = pictureimport::bytesOf(found);
        return std::make_shared<const Result<QByteArray>>(bytes ? Result<QByteArray>(ImageServers::pictureQuestion(*bytes)) : Result<QByteArray>(bytes.error()));
    };
    m_reading.reset(inBackground<Text>(work, this))->onFinished(this, [this](const Result<Text> &read) {
        if (!read)
            return;
        if (**read)
            send(***read);
        else
            emit failed((*read)->error().message);
        present();
    });
    present();
}

void AskServerButton::send(const QByteArray &body)
{
    ImageServers *servers = m_context.images.servers();
    m_asking.reset(servers->readPicture(m_server, body))->onFinished(this, [this, name = m_name](const Result<QString> &told) {
        FoundPicture found = *m_found;
        if (!told)
            emit failed(tr("“%1” could not be asked: %2", "an image server and why").arg(name, told.error().message));
        else if (pictureimport::takeText(found, *told, name))
            emit answered(found);
        else
            emit failed(tr("“%1” finds no settings in it either.", "an image server").arg(name));
        present();
    });
}

void AskServerButton::present()
{
    ImageServers *servers = m_context.images.servers();
    const bool isBusy = m_reading.isBusy() || m_asking.isBusy();
    if (!isBusy) {
        m_server.clear();
        const QList<ImageServerView> all = servers ? servers->all() : QList<ImageServerView>();
        for (const ImageServerView &view : all) {
            if (view.state == ImageServerState::Ready && m_server.isEmpty()) {
                m_server = view.server.id;
                m_name = view.server.name;
            }
        }
    }
    setVisible(m_found && !m_found->saysHow() && !m_server.isEmpty());
    setEnabled(!isBusy);
    const QString shown = fontMetrics().elidedText(m_name, Qt::ElideRight, fontMetrics().averageCharWidth() * 20);
    setText(isBusy ? tr("Asking “%1”…").arg(shown) : tr("Ask “%1”").arg(shown));
    setAccessibleName(tr("Ask %1 for the settings", "an image server").arg(m_name));
    setToolTip(tr("Sends the picture to “%1”, which may know forms of settings that are unknown here").arg(m_name));
}

void AskServerButton::changeEvent(QEvent *event)
{
    QPushButton::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        present();
}

} // namespace novita
