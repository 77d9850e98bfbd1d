// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/askserverbutton.h"

#include "core/images/imageservers.h"
#include "core/images/imageworkspace.h"
#include "core/workflows/background.h"

#include <QEvent>
#include <QMenu>

#include <memory>

namespace novita {

AskServerButton::AskServerButton(const UiContext &context, QWidget *parent) : QPushButton(parent), m_context(context), m_choice(new QMenu(this))
{
    setAutoDefault(false);
    connect(this, &QPushButton::clicked, this, [this] {
        const QList<ImageServer> servers = offered();
        if (servers.size() == 1)
            ask(servers.first());
    });
    if (ImageServers *servers = m_context.images.servers())
        connect(servers, &ImageServers::changed, this, &AskServerButton::present);
    present();
}

void AskServerButton::prefer(const QString &server)
{
    m_preferred = server;
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

/// Those that could be asked now; the preferred one alone, if it is among them.
QList<ImageServer> AskServerButton::offered() const
{
    ImageServers *servers = m_context.images.servers();
    QList<ImageServer> out;
    const QList<ImageServerView> all = servers ? servers->all() : QList<ImageServerView>();
    for (const ImageServerView &view : all) {
        if (view.state != ImageServerState::Ready)
            continue;
        if (view.server.id == m_preferred)
            return {view.server};
        out.append(view.server);
    }
    return out;
}

void AskServerButton::ask(const ImageServer &server)
{
    if (!m_found)
        return;
    using Text = std::shared_ptr<const Result<QByteArray>>;
    const auto work = [found = *m_found]() -> Text {
        const Result<QByteArray> bytes = pictureimport::bytesOf(found);
        return std::make_shared<const Result<QByteArray>>(bytes ? Result<QByteArray>(ImageServers::pictureQuestion(*bytes)) : Result<QByteArray>(bytes.error()));
    };
    m_asked = server.name;
    m_reading.reset(inBackground<Text>(work, this))->onFinished(this, [this, server](const Result<Text> &read) {
        if (!read)
            return;
        if (**read)
            send(server, ***read);
        else
            emit failed((*read)->error().message);
        present();
    });
    present();
}

void AskServerButton::send(const ImageServer &server, const QByteArray &body)
{
    ImageServers *servers = m_context.images.servers();
    m_asking.reset(servers->readPicture(server.id, body))->onFinished(this, [this, name = server.name](const Result<QString> &told) {
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
    const bool isBusy = m_reading.isBusy() || m_asking.isBusy();
    const QList<ImageServer> servers = offered();
    const auto shown = [this](const QString &name) { return fontMetrics().elidedText(name, Qt::ElideRight, fontMetrics().averageCharWidth() * 20); };
    if (!isBusy) // one of its actions may have led here
        m_choice->clear();
    for (const ImageServer &server : isBusy ? QList<ImageServer>() : servers) {
        QAction *action = m_choice->addAction(shown(server.name).replace(QLatin1Char('&'), QLatin1String("&&")));
        connect(action, &QAction::triggered, this, [this, server] { ask(server); });
    }
    const bool isChoice = servers.size() > 1;
    setMenu(isChoice ? m_choice : nullptr);
    setVisible(m_found && !m_found->saysHow() && (isBusy || !servers.isEmpty()));
    setEnabled(!isBusy);
    const QString name = isBusy ? m_asked : servers.isEmpty() || isChoice ? QString() : servers.first().name;
    const QString label = shown(name).replace(QLatin1Char('&'), QLatin1String("&&"));
    setText(isBusy ? tr("Asking “%1”…").arg(label) : isChoice ? tr("Ask an image server") : tr("Ask “%1”").arg(label));
    setAccessibleName(isChoice && !isBusy ? tr("Ask an image server for the settings") : tr("Ask %1 for the settings", "an image server").arg(name));
    setToolTip(isChoice && !isBusy ? tr("Sends the picture to one of your image servers, which may know forms of settings that are unknown here")
                                   : tr("Sends the picture to “%1”, which may know forms of settings that are unknown here").arg(name));
}

void AskServerButton::changeEvent(QEvent *event)
{
    QPushButton::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        present();
}

} // namespace novita
